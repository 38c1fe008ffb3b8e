"""The player's command line: `signage-player run`, `signage-player check-settings`."""

from __future__ import annotations

import logging
import signal
from pathlib import Path

import click

from players.outputs import OUTPUTS
from players.settings import Settings, WrongSettings, read_settings

_config = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("player.yaml"),
    show_default=True,
    help="The settings of this player.",
)


@click.group()
def main() -> None:
    """Keeps one display showing the right picture."""


@main.command()
@_config
def run(config: Path) -> None:
    """Play until stopped by Ctrl-C or SIGTERM."""
    settings = _read(config)
    lines = logging.StreamHandler()
    lines.setFormatter(_PlainLines())
    logging.basicConfig(level=logging.INFO, handlers=[lines])
    from players.assembly import assemble  # late: `check-settings` needs no output

    try:
        assembled = assemble(settings)
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: assembled.player.stop())
    assembled.start()
    try:
        assembled.player.run()
    finally:
        assembled.stop()


@main.command("check-settings")
@_config
def check_settings(config: Path) -> None:
    """Say whether the settings can work, and what is wrong when they can't."""
    settings = _read(config)
    click.echo(
        f"{config} is fine: {settings.display} of fleet {settings.fleet}, "
        f"{settings.width}x{settings.height} pixels by {settings.output.kind}."
    )


def _read(config: Path) -> Settings:
    try:
        return read_settings(config, OUTPUTS)
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong


class _PlainLines(logging.Formatter):
    """`11:20:05 hoa-lu: showing "..." until 11:30`, with the level only when something is wrong."""

    def format(self, record: logging.LogRecord) -> str:
        mark = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{self.formatTime(record, '%H:%M:%S')} {mark}{record.getMessage()}{trace}"


if __name__ == "__main__":
    main()
