"""The player's command line: `signage-player run`, `signage-player check-settings`."""

from __future__ import annotations

import signal
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import click
import structlog

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
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            structlog.processors.format_exc_info,
            _plain_line,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    from players.assembly import assemble  # late: `check-settings` needs no output

    assembled = assemble(settings)
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


def _plain_line(_logger: object, level: str, event: MutableMapping[str, Any]) -> str:
    mark = "" if level == "info" else f"{level}: "
    trace = f"\n{event['exception']}" if "exception" in event else ""
    return f"{event['timestamp']} {mark}{event['event']}{trace}"


if __name__ == "__main__":
    main()
