"""`signage keys …`: renewing and revoking the keys with which the controller seals."""

from __future__ import annotations

from pathlib import Path

import click

from signage.clock import now_ms
from signage.commands.here import refusals_told, wake_worker, with_settings
from signage.settings import Settings


@click.group()
def keys() -> None:
    """The keys with which the controller seals."""


@keys.command("renew")
@click.option(
    "--root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The root key where you keep it, such as on a stick; else keys/root/root.pem.",
)
@with_settings
def keys_renew(settings: Settings, root: Path | None) -> None:
    """Make keys that are lacking or end soon, signed by the root key that players have pinned."""
    from signage.keys import KeyFiles, KeysUnusable

    files, at = KeyFiles(settings.keys_folder, settings.fleet, root=root), now_ms()
    with refusals_told(KeysUnusable):
        renewed = files.make(at=at)
        waits = files.waits(at=at)
    if waits:
        raise click.ClickException(waits)
    wake_worker(settings)
    click.echo("New keys are on the list." if renewed else "All keys are good for a month or more.")


@keys.command("revoke")
@click.argument("role", type=click.Choice(["content", "beat", "alert", "drill", "hold"]))
@click.option(
    "--root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The root key where you keep it, such as on a stick; else keys/root/root.pem.",
)
@with_settings
def keys_revoke(settings: Settings, role: str, root: Path | None) -> None:
    """Make the key of ROLE worthless at once and put a new one in its place.

    For a key that somebody else may have. Everything is sealed anew; emergency kits are made anew
    after the alert key was revoked.
    """
    from players.contract.keys import Role
    from signage.keys import KeyFiles, KeysUnusable

    files = KeyFiles(settings.keys_folder, settings.fleet, root=root)
    with refusals_told(KeysUnusable):
        files.revoke(Role(role), at=now_ms())
    wake_worker(settings)
    click.echo(f"The {role} key is revoked; a new one is on the list.")
