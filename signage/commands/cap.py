"""`signage cap …`: what messages from other authorities would do here."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
import msgspec

from signage.clock import now_ms
from signage.commands.here import open_store, refusals_told, settings_here


@click.group()
def cap() -> None:
    """Messages in the Common Alerting Protocol (CAP 1.2)."""


@cap.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--at", "moment", help="Judge as at this time, such as 2026-11-28T07:30:00+07:00.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each message.")
def check(files: tuple[Path, ...], moment: str | None, as_json: bool) -> None:
    """Say what each message would do on which displays and why, or why nothing; it acts not.

    Messages are judged in the order given, each knowing those before it.
    """
    from signage.cap.table_file import BadTable, read_table
    from signage.commands import cap_lines
    from signage.workflows.cap.cap_judging import places_of

    settings = settings_here()
    store = open_store(settings)
    with refusals_told(BadTable):
        table = read_table(settings.home_path)
    at = now_ms() if moment is None else _moment(moment)
    places, zone = places_of(store), settings.zone
    for line in cap_lines.check(files, table=table, places=places, at=at, zone=zone):
        text = msgspec.json.encode(line).decode() if as_json else cap_lines.in_words(line)
        sys.stdout.write(text + "\n")


def _moment(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no time such as 2026-11-28T07:30:00+07:00"
        ) from error
    return int(moment.astimezone().timestamp() * 1000)
