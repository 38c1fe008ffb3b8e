"""What is shown, from the command line: playlists as files, the media library, a slide drawn."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

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
from signage.settings import Settings, settings_of

if TYPE_CHECKING:
    from signage.domain.display import Profile


@click.group()
def playlists() -> None:
    """Playlists as files."""


@playlists.command("apply")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_person
@with_settings
def playlists_apply(settings: Settings, folder: Path, login: str) -> None:
    """Bring <unit>/*.yaml below FOLDER in as drafts; people still review them."""
    from signage.workflows.content import playlist_files

    store = open_store(settings)
    user = person(store, login)
    with refusals_told(playlist_files.BadFile):
        try:
            for applied in playlist_files.apply_folder(store, folder, by=user, at=now_ms()):
                word = "changed" if applied.changed else "unchanged"
                click.echo(f"{applied.path}: {word} ({applied.playlist.title})")
        finally:
            wake_worker(settings)  # a film that was taken in waits for it


@click.group()
def media() -> None:
    """The media library."""


@media.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@as_person
@click.option("--unit", required=True, help="Id of the unit whose library takes them.")
@click.option("--no-state-secret", is_flag=True, help="Declare it without being asked.")
@with_settings
def media_add(
    settings: Settings, paths: tuple[Path, ...], login: str, unit: str, no_state_secret: bool
) -> None:
    """Take in files, and all files of folders; ends with 1 when any was refused."""
    from signage.commands import media_lines

    if not no_state_secret:
        click.confirm("Do you declare that none of the files holds a state secret?", abort=True)
    store = open_store(settings)
    user = person(store, login)
    refused = media_lines.add(store, paths, unit=unit, by=user)
    wake_worker(settings)
    sys.exit(1 if refused else 0)


@click.command()
@click.argument("slide", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", "name", required=True, help="A display profile, or pixels: 640x360.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def render(slide: Path, name: str, out: Path | None, as_json: bool) -> None:
    """Draw SLIDE (YAML: layout, fields, picture, seconds) as the player would show it.

    Ends with 1 when the slide may not be shown on such a display.
    """
    from signage.commands import slide_lines
    from signage.render.typefaces import require_raqm

    require_raqm()
    profile = _profile(name)
    sys.exit(0 if slide_lines.render(slide, profile, out, as_json=as_json) else 1)


def _profile(name: str) -> Profile:
    """Return the profile of that name: this installation's own, or a usual one."""
    from signage.domain.sentences import Refused
    from signage.render.usual_profiles import PROFILES, usual_profile
    from signage.store import Store

    settings = settings_of()
    own: list[Profile] = []
    # Drawing a file makes no installation: nothing is created where none has begun.
    if settings.database or (settings.home_path / "signage.sqlite3").exists():
        store = Store.open(settings.database_url, settings.media_root)
        own = store.profiles.all() if store.is_current() else []
        store.close()
    try:
        found = next((one for one in own if one.id == name), None) or usual_profile(name)
    except Refused as refusal:
        raise click.BadParameter(str(refusal), param_hint="--profile") from refusal
    if found is None:
        known = ", ".join(dict.fromkeys(one.id for one in (*own, *PROFILES)))
        raise click.BadParameter(f"no {name!r}; there are {known}, or pixels such as 640x360",
                                 param_hint="--profile")  # fmt: skip
    return found
