"""`signage bundle make`: what displays without a line play, on a stick."""

from __future__ import annotations

from pathlib import Path

import click

from signage.clock import now_ms
from signage.commands.here import as_person, open_store, person, refusals_told, settings_here


@click.group()
def bundle() -> None:
    """Bundles that are carried to displays by hand."""


@bundle.command("make")
@click.argument("displays", nargs=-1, required=True)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_person
def make(displays: tuple[str, ...], folder: Path, login: str) -> None:
    """Write programme and pictures of DISPLAYS into FOLDER, such as the root of a USB stick.

    A player takes them in by itself when the stick is plugged in, as it would over the line.
    """
    from players.contract.keys import Role
    from signage.keys import KeyFiles, KeysUnusable
    from signage.workflows.publication.bundling import make_bundle
    from signage.workflows.publication.sealing import ClockWrong, SealingDesk

    settings, at = settings_here(), now_ms()
    store = open_store(settings)
    user = person(store, login)
    files = KeyFiles(settings.keys_folder, settings.fleet)
    with refusals_told(KeysUnusable, ClockWrong, OSError):
        epoch = files.key_list().epoch
        desk = SealingDesk(files.signer(Role.CONTENT), fleet=settings.fleet, epoch=epoch)
        made = make_bundle(
            store, desk, displays, folder, sealed_keys=files.sealed_list(), by=user, at=at
        )
    click.echo(
        f"{made.folder}: {made.displays} displays, {made.files} files,"
        f" {made.size / 1_000_000:.1f} MB. Take the stick out only after it was ejected."
    )
