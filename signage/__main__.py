"""The command line of the controller: `signage <command>`. It puts the parts together, no more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from signage.clock import now_ms
from signage.commands.alert import alert
from signage.commands.bundle import bundle
from signage.commands.cap import cap
from signage.commands.factor import factor
from signage.commands.sets import drill, hold
from signage.commands.standing import standing
from signage.settings import BadSettings, Settings, check_home, descriptions, settings_of

if TYPE_CHECKING:  # a command that needs no database starts without it
    from signage.domain.display import Profile
    from signage.domain.people import User
    from signage.store import Store


class Surroundings(click.Group):
    """A group whose commands end with a sentence, not a traceback, when settings are wrong."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; bad settings end it with status 2."""
        try:
            return super().invoke(context)
        except BadSettings as bad:
            for sentence in bad.sentences:
                click.echo(sentence, err=True)
            sys.exit(2)


@click.group(cls=Surroundings)
def main() -> None:
    """Digital signage for a city: controller commands. Players have `signage-player`."""


def _with_settings(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(**options: Any) -> None:
        settings = settings_of()
        check_home(settings)
        command(settings, **options)

    return run


@main.command("check-settings")
def check_settings() -> None:
    """Say every setting with its value, or what is wrong with it."""
    settings = settings_of()
    check_home(settings)
    given = settings.as_environment()
    for variable, default, unit, words in descriptions():
        mark = "" if given[variable] == default else f" (default {default or 'empty'})"
        click.echo(f"{variable}={given[variable]}{mark}\n    {words} [{unit}]")


@main.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@_with_settings
def db_upgrade(settings: Settings) -> None:
    """Bring the tables to the newest shape; running it twice changes nothing."""
    _store(settings)
    click.echo("The database is up to date.")


@main.command()
@click.option("--unit", required=True, help="Id of the topmost unit, such as pleiku-city.")
@click.option("--unit-name", required=True, help="Its name, as people read it.")
@click.option("--login", default="quan-tri", show_default=True)
@click.option("--name", default="Quản trị hệ thống", show_default=True)
@click.password_option(help="Asked for when it is not given.")
@_with_settings
def begin(
    settings: Settings, unit: str, unit_name: str, login: str, name: str, password: str
) -> None:
    """Begin a new installation: its topmost unit and the first administrator."""
    from signage.domain.sentences import Refused
    from signage.domain.units import Unit
    from signage.workflows import people, provisioning

    store, at = _store(settings), now_ms()
    today = datetime.fromtimestamp(at / 1000, settings.zone).date().isoformat()
    root = Unit(id=unit, name=unit_name, parent=None, kind="city", valid_from=today)
    try:
        if not store.units.all():
            provisioning.add_root_unit(store, root, at=at)
        people.create_first_administrator(
            store, login=login, name=name, unit=unit, password=password, at=at
        )
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{login} may sign in now, at {settings.controller_url}.")


@main.group()
def playlists() -> None:
    """Playlists as files."""


@playlists.command("apply")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as", "login", required=True, help="Login of the person who brings the files in.")
@_with_settings
def playlists_apply(settings: Settings, folder: Path, login: str) -> None:
    """Bring <unit>/*.yaml below FOLDER in as drafts; people still review them."""
    from signage.domain.sentences import Refused
    from signage.workflows import playlist_files

    store = _store(settings)
    user = _person(store, login)
    try:
        for applied in playlist_files.apply_folder(store, folder, by=user, at=now_ms()):
            word = "changed" if applied.changed else "unchanged"
            click.echo(f"{applied.path}: {word} ({applied.playlist.title})")
    except (Refused, playlist_files.BadFile) as refusal:
        raise click.ClickException(str(refusal)) from refusal


@main.group()
def media() -> None:
    """The media library."""


@media.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--as", "login", required=True, help="Login of the person who brings the files in.")
@click.option("--unit", required=True, help="Id of the unit whose library takes them.")
@click.option("--no-state-secret", is_flag=True, help="Declare it without being asked.")
@_with_settings
def media_add(
    settings: Settings, paths: tuple[Path, ...], login: str, unit: str, no_state_secret: bool
) -> None:
    """Take in files, and all files of folders; ends with 1 when any was refused."""
    from signage.commands import media_lines

    if not no_state_secret:
        click.confirm("Do you declare that none of the files holds a state secret?", abort=True)
    store = _store(settings)
    user = _person(store, login)
    refused = media_lines.add(store, paths, unit=unit, by=user)
    _wake_worker(settings)
    sys.exit(1 if refused else 0)


@main.command()
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


@main.command()
@click.argument("display")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--as", "login", required=True, help="Login of the administrator who does this.")
@click.option(
    "--output",
    type=click.Choice(["window", "png_folder", "ddp", "sacn", "artnet", "colorlight"]),
    default="window",
    show_default=True,
    help="Its surface; the last four are LED walls.",
)
@click.option("--target", help="LED walls: address of the receiver.")
@_with_settings
def provision(
    settings: Settings, display: str, folder: Path, login: str, output: str, target: str | None
) -> None:
    """Make FOLDER with player.yaml and a key of its own for the player of DISPLAY."""
    from signage.domain.sentences import Refused
    from signage.keys import KeyFiles
    from signage.workflows import player_folders

    if output in {"window", "png_folder"}:
        surface = player_folders.Output(kind="window" if output == "window" else "png_folder")
    elif target:
        surface = player_folders.Output(kind="led_wall", protocol=output, target=target)
    else:
        raise click.UsageError("An LED wall needs --target, the address of its receiver.")
    keys = KeyFiles(settings.keys_folder, settings.fleet)
    keys.make(at=now_ms())
    store = _store(settings)
    user = _person(store, login)
    player = player_folders.PlayerSettings(
        fleet=settings.fleet,
        broker_host=settings.broker_host,
        broker_port=settings.broker_port,
        controller=settings.controller_url,
        root_keys=keys.pinned_roots(),
        output=surface,
    )
    try:
        written = player_folders.make_player(store, display, folder, player, by=user, at=now_ms())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{written}: start it with `signage-player run --config {written}`")


@main.group()
def keys() -> None:
    """The keys with which the controller seals."""


@keys.command("renew")
@click.option(
    "--root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The root key where you keep it, such as on a stick; else keys/root/root.pem.",
)
@_with_settings
def keys_renew(settings: Settings, root: Path | None) -> None:
    """Make keys that are lacking or end soon, signed by the root key that players have pinned."""
    from signage.keys import KeyFiles, KeysUnusable

    files, at = KeyFiles(settings.keys_folder, settings.fleet, root=root), now_ms()
    try:
        renewed = files.make(at=at)
        waits = files.waits(at=at)
    except KeysUnusable as wrong:
        raise click.ClickException(str(wrong)) from wrong
    if waits:
        raise click.ClickException(waits)
    _wake_worker(settings)
    click.echo("New keys are on the list." if renewed else "All keys are good for a month or more.")


@keys.command("revoke")
@click.argument("role", type=click.Choice(["content", "beat", "alert", "drill", "hold"]))
@click.option(
    "--root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The root key where you keep it, such as on a stick; else keys/root/root.pem.",
)
@_with_settings
def keys_revoke(settings: Settings, role: str, root: Path | None) -> None:
    """Make the key of ROLE worthless at once and put a new one in its place.

    For a key that somebody else may have. Everything is sealed anew; emergency kits are made anew
    after the alert key was revoked.
    """
    from players.contract.keys import Role
    from signage.keys import KeyFiles, KeysUnusable

    files = KeyFiles(settings.keys_folder, settings.fleet, root=root)
    try:
        files.revoke(Role(role), at=now_ms())
    except KeysUnusable as wrong:
        raise click.ClickException(str(wrong)) from wrong
    _wake_worker(settings)
    click.echo(f"The {role} key is revoked; a new one is on the list.")


@main.command()
@_with_settings
def web(settings: Settings) -> None:
    """Serve the pages and the REST interface."""
    from signage import app

    app.serve(settings)


@main.command()
@_with_settings
def worker(settings: Settings) -> None:
    """Publish what displays should show, and take in what players report."""
    from signage import worker as process

    process.run(settings)


@main.command()
@_with_settings
def sealer(settings: Settings) -> None:
    """Seal alerts with the alert key; the only process that may read it."""
    from signage import sealer as process

    process.run(settings)


@main.command()
@_with_settings
def intake(settings: Settings) -> None:
    """Ask feeds for CAP messages, and look into the folder, as `cap.yaml` says; it holds no key."""
    from signage import intake as process

    process.run(settings)


@main.command()
@click.option("--check", is_flag=True, help="Drive the whole journey by itself, then end.")
@click.option("--code", is_flag=True, help="Tell the codes that confirm alerts now, then end.")
@click.option("--json", "report", type=click.Path(dir_okay=False, path_type=Path))
def demo(check: bool, code: bool, report: Path | None) -> None:
    """Start a controller, a broker and three players on this machine with the Pleiku sample."""
    if check:
        from signage.demo import check as journey

        sys.exit(journey.run(report))
    from signage.demo import supervisor

    sys.exit(supervisor.tell_codes() if code else supervisor.run())


@main.group()
def displays() -> None:
    """Sites and displays as a list."""


@displays.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", required=True, help="Login of the administrator who does this.")
@_with_settings
def displays_import(settings: Settings, file: Path, login: str) -> None:
    """Register every row of FILE (CSV), or none; coordinates put the sites on the map.

    Columns: display, name, unit, site, site_name, latitude, longitude, profile; and if wanted
    tags and loudspeaker.
    """
    from signage.domain.sentences import Refused
    from signage.workflows import display_lists

    store = _store(settings)
    user = _person(store, login)
    try:
        registered = display_lists.import_displays(store, file, by=user, at=now_ms())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    _wake_worker(settings)
    click.echo(f"{len(registered)} displays are registered.")


main.add_command(factor)
main.add_command(standing)


def _store(settings: Settings) -> Store:
    from signage.store import Store

    store = Store.open(settings.database_url, settings.media_root)
    store.upgrade()
    return store


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


def _wake_worker(settings: Settings) -> None:
    from signage.wake import wake

    wake(settings.home_path, "worker")


def _person(store: Store, login: str) -> User:
    user = store.users.by_login(login)
    if user is None:
        logins = ", ".join(one.login for one in store.users.all()) or "nobody yet"
        raise click.ClickException(f"Nobody signs in as {login!r}; there are: {logins}.")
    return user


main.add_command(alert)
main.add_command(cap)
main.add_command(bundle)
main.add_command(hold)
main.add_command(drill)


if __name__ == "__main__":
    main()
