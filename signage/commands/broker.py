"""The broker's own files: `signage broker files FOLDER` tells Mosquitto who may do what."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from signage.commands.here import open_store, with_settings
from signage.settings import Settings

if TYPE_CHECKING:
    from signage.broker_users import BrokerUsers

MODE = 0o640
"""Mosquitto reads its files as a user of its own, in the group of the folder."""


@click.group()
def broker() -> None:
    """The MQTT broker."""


@broker.command("files")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--at", help="Where FOLDER will lie, when the broker is on another machine.")
@with_settings
def files(settings: Settings, folder: Path, at: str | None) -> None:
    """Write mosquitto.conf, passwd and acl into FOLDER; again when displays have changed."""
    from signage import broker_files
    from signage.broker_users import display_user
    from signage.keys import write_atomically

    displays = open_store(settings).displays.all()
    users = _users(settings)
    kits = users.kits()
    names = [*_own(settings, users), *kits, *(display_user(one.id) for one in displays)]
    hashes = {user: known for user in names if (known := users.hash_of(user))}
    place = PurePosixPath(at) if at else folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("mosquitto.conf", broker_files.config(place, settings.broker_port)),
        ("passwd", broker_files.passwords(hashes)),
        ("acl", broker_files.rights(settings.fleet, displays, kits)),
    ):
        write_atomically(folder / name, text.encode(), mode=MODE)
    strangers = [one.id for one in displays if display_user(one.id) not in hashes]
    click.echo(f"{len(displays) - len(strangers)} displays may connect once Mosquitto has read it.")
    if strangers:
        click.echo(f"Without a password (`signage provision`): {', '.join(strangers)}")


def _users(settings: Settings) -> BrokerUsers:
    from signage.broker_users import users_of

    users = users_of(settings)
    if users is None:
        raise click.ClickException(
            "SIGNAGE_BROKER_CA is empty. Set it to the certificate of the authority that signed"
            " the broker's: without it no password is sent. docs/broker.md says how to make one."
        )
    return users


def _own(settings: Settings, users: BrokerUsers) -> list[str]:
    """The controller's own users; whoever has no password yet is given one."""
    from signage.broker_users import CONTROLLER, own_password_file

    try:
        for user in CONTROLLER:
            users.admit(user, own_password_file(settings, user))
    except OSError as error:
        raise click.ClickException(
            f"{error.filename}: {error.strerror}. Run this as root: it reads the passwords of"
            " worker and sealer."
        ) from error
    return list(CONTROLLER)
