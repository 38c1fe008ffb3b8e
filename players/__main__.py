"""The player's command line: `signage-player run`, `install`, `doctor`, `show` and others."""

from __future__ import annotations

import importlib
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

if TYPE_CHECKING:
    from players.outputs import Output
    from players.settings import Settings
    from players.upkeep.pulse import Pulse

log = logging.getLogger(__name__)

_config = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("player.yaml"),
    show_default=True,
    help="The settings of this player.",
)


class _Commands(click.Group):
    """What is tried by hand is loaded when it is asked for: the watchdog's process stays small."""

    by_hand: ClassVar = {
        "show": "players.by_hand.show:show",
        "find-boards": "players.by_hand.find:find_boards",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.by_hand])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.by_hand:
            module, _, name = self.by_hand[cmd_name].partition(":")
            command: click.Command = getattr(importlib.import_module(module), name)
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands)
def main() -> None:
    """Keeps one display showing the right picture."""


@main.command()
@_config
def run(config: Path) -> None:
    """Play until stopped by Ctrl-C or SIGTERM; a player that dies or hangs is started again."""
    from players.upkeep.watchdog import Watchdog  # late: nothing else is loaded into this process

    _log_plainly()
    watchdog = Watchdog(config)
    _stop_on_signals(watchdog.stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: watchdog.renew())
    sys.exit(watchdog.run())


@main.command()
@_config
@click.option("--watched", is_flag=True, hidden=True)
@click.option("--restarts", default=0, hidden=True)
@click.option("--because", default="", hidden=True)
def play(config: Path, watched: bool, restarts: int, because: str) -> None:
    """Play without a watchdog, for trying things by hand."""
    from players.assembly import Past, assemble  # late: the watchdog needs none of it
    from players.settings import WrongSettings
    from players.upkeep.pulse import WRONG_SETTINGS, Pulse

    _log_plainly()
    pulse = Pulse() if watched else None
    try:
        settings = _read(config)
        past = Past(restarts=restarts, because=because)
        assembled = assemble(settings, past=past, beat=pulse.beat if pulse else None)
    except (WrongSettings, click.ClickException) as wrong:
        click.echo(f"Error: {wrong}", err=True)
        sys.exit(WRONG_SETTINGS if watched else 1)
    _stop_on_signals(assembled.player.stop)
    if pulse:
        pulse.listen(assembled.player.stop)
        _outlive(assembled.output, pulse)
    assembled.start()
    try:
        assembled.player.run()
    finally:
        assembled.stop()
    if pulse:
        pulse.leave()


@main.command("check-settings")
@_config
def check_settings(config: Path) -> None:
    """Say whether the settings can work, and what is wrong when they can't."""
    settings = _read(config)
    click.echo(
        f"{config} is fine: {settings.display} of fleet {settings.fleet}, "
        f"{settings.width}x{settings.height} pixels by {settings.output.kind}."
    )
    if receivers := settings.output.receivers():
        from players.outputs.led.checking import told

        click.echo("\n".join(told(receivers, settings.width, settings.height)))


@main.command()
@_config
def doctor(config: Path) -> None:
    """Say in sentences what is wrong with this PC; ends with 1 when something is."""
    from players.upkeep.doctor import findings

    settings = _read(config)
    ill = 0
    for found in findings(settings):
        ill += not found.well
        click.echo(f"{'ok  ' if found.well else 'TODO'}  {found.subject}: {found.sentence}")
    click.echo("Nothing stands in the way." if not ill else f"{ill} to see to.")
    sys.exit(1 if ill else 0)


@main.command()
@_config
@click.option(
    "--kiosk",
    type=click.Choice(["x", "cage", "none"]),
    help="Screen without a desktop: X keeps the last picture up; none for other outputs.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
def install(config: Path, kiosk: str | None, dry_run: bool) -> None:
    """Set this PC up as a player (Debian, Ubuntu): user, folder, screen, services, time source."""
    from players.upkeep import installation

    settings = _read(config)
    command = str(Path(sys.argv[0]).resolve())
    chosen = kiosk or installation.kiosk_for(settings)
    steps = installation.steps(settings, config, kiosk=chosen, command=command)
    if dry_run:
        click.echo("\n".join(step.told() for step in steps))
        return
    try:
        installation.carry_out(steps, click.echo)
    except (installation.NotInstalled, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo("Look after it with: signage-player doctor, journalctl -u 'signage-*'")


def _read(config: Path) -> Settings:
    from players.outputs import OUTPUTS
    from players.settings import WrongSettings, read_settings

    try:
        return read_settings(config, OUTPUTS)
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _outlive(output: Output, pulse: Pulse) -> None:
    from players.outputs import Outlives

    if isinstance(output, Outlives):
        try:
            output.outlive()
            pulse.ask_for_keeper()
        except OSError as error:
            log.warning("nobody will keep the wall lit without a player: %s", error)


def _stop_on_signals(stop: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop())


def _log_plainly() -> None:
    lines = logging.StreamHandler()
    lines.setFormatter(_PlainLines())
    logging.basicConfig(level=logging.INFO, handlers=[lines])


class _PlainLines(logging.Formatter):
    """`11:20:05 hoa-lu: showing "..." until 11:30`, with the level only when something is wrong."""

    def format(self, record: logging.LogRecord) -> str:
        mark = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{self.formatTime(record, '%H:%M:%S')} {mark}{record.getMessage()}{trace}"


if __name__ == "__main__":
    main()
