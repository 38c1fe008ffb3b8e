"""Setting up: settings, database, the first administrator, displays and their players."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from signage.clock import now_ms
from signage.commands.here import (
    as_person,
    open_store,
    person,
    refusals_told,
    wake_worker,
    with_settings,
)
from signage.settings import Settings, check_home, descriptions, settings_of


@click.command("check-settings")
def check_settings() -> None:
    """Say every setting with its value, or what is wrong with it."""
    settings = settings_of()
    check_home(settings)
    given = settings.as_environment()
    for variable, default, unit, words in descriptions():
        mark = "" if given[variable] == default else f" (default {default or 'empty'})"
        click.echo(f"{variable}={given[variable]}{mark}\n    {words} [{unit}]")


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@with_settings
def db_upgrade(settings: Settings) -> None:
    """Bring the tables to the newest shape; running it twice changes nothing."""
    open_store(settings)
    click.echo("The database is up to date.")


@click.command()
@click.option("--unit", required=True, help="Id of the topmost unit, such as pleiku-city.")
@click.option("--unit-name", required=True, help="Its name, as people read it.")
@click.option("--login", default="quan-tri", show_default=True)
@click.option("--name", default="Quản trị hệ thống", show_default=True)
@click.password_option(help="Asked for when it is not given.")
@with_settings
def begin(
    settings: Settings, unit: str, unit_name: str, login: str, name: str, password: str
) -> None:
    """Begin a new installation: its topmost unit and the first administrator."""
    from signage.domain.units import Unit
    from signage.workflows.accounts import people
    from signage.workflows.displays import provisioning

    store, at = open_store(settings), now_ms()
    today = datetime.fromtimestamp(at / 1000, settings.zone).date().isoformat()
    root = Unit(id=unit, name=unit_name, parent=None, kind="city", valid_from=today)
    with refusals_told():
        if not store.units.all():
            provisioning.add_root_unit(store, root, at=at)
        people.create_first_administrator(
            store, login=login, name=name, unit=unit, password=password, at=at
        )
    click.echo(f"{login} may sign in now, at {settings.controller_url}.")


@click.command()
@click.argument("display")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@as_person
@click.option(
    "--output",
    type=click.Choice(["window", "png_folder", "ddp", "sacn", "artnet", "colorlight"]),
    default="window",
    show_default=True,
    help="Its surface; the last four are LED walls.",
)
@click.option("--target", help="LED walls: address of the receiver.")
@with_settings
def provision(
    settings: Settings, display: str, folder: Path, login: str, output: str, target: str | None
) -> None:
    """Make FOLDER with player.yaml and a key of its own for the player of DISPLAY."""
    from signage.broker_users import users_of
    from signage.keys import KeyFiles
    from signage.workflows.displays import player_folders

    if output in {"window", "png_folder"}:
        surface = player_folders.Output(kind="window" if output == "window" else "png_folder")
    elif target:
        surface = player_folders.Output(kind="led_wall", protocol=output, target=target)
    else:
        raise click.UsageError("An LED wall needs --target, the address of its receiver.")
    keys = KeyFiles(settings.keys_folder, settings.fleet)
    keys.make(at=now_ms())
    store = open_store(settings)
    user = person(store, login)
    player = player_folders.PlayerSettings(
        fleet=settings.fleet,
        broker_host=settings.broker_host,
        broker_port=settings.broker_port,
        broker_users=users_of(settings),
        controller=settings.controller_url,
        root_keys=keys.pinned_roots(),
        output=surface,
    )
    with refusals_told(OSError):
        written = player_folders.make_player(store, display, folder, player, by=user, at=now_ms())
    click.echo(f"{written}: start it with `signage-player run --config {written}`")
    if player.broker_users:
        click.echo("The broker lets it in after `signage broker files` and a reload of Mosquitto.")


@click.group()
def displays() -> None:
    """Sites and displays as a list."""


@displays.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_person
@with_settings
def displays_import(settings: Settings, file: Path, login: str) -> None:
    """Register every row of FILE (CSV), or none; coordinates put the sites on the map.

    Columns: display, name, unit, site, site_name, latitude, longitude, profile; and if wanted
    tags and loudspeaker.
    """
    from signage.workflows.displays import display_lists

    store = open_store(settings)
    user = person(store, login)
    with refusals_told():
        registered = display_lists.import_displays(store, file, by=user, at=now_ms())
    wake_worker(settings)
    click.echo(f"{len(registered)} displays are registered.")
