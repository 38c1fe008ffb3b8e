"""The controller's processes, and the demo that starts all of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from signage.commands.here import with_settings
from signage.settings import Settings


@click.command()
@with_settings
def web(settings: Settings) -> None:
    """Serve the pages and the REST interface."""
    from signage import app

    app.serve(settings)


@click.command()
@with_settings
def worker(settings: Settings) -> None:
    """Publish what displays should show, and take in what players report."""
    from signage import worker as process

    process.run(settings)


@click.command()
@with_settings
def sealer(settings: Settings) -> None:
    """Seal alerts with the alert key; the only process that may read it."""
    from signage import sealer as process

    process.run(settings)


@click.command()
@with_settings
def intake(settings: Settings) -> None:
    """Ask feeds for CAP messages, and look into the folder, as `cap.yaml` says; it holds no key."""
    from signage import intake as process

    process.run(settings)


@click.command()
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
