"""What `signage media add` writes: a line for each file, and a bar while it works."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from signage.domain.media import Asset
from signage.domain.people import User
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.media import bulk_adding, formats
from signage.workflows.media.bulk_adding import Answer


def add(store: Store, paths: Iterable[Path], *, unit: str, by: User) -> int:
    """Take the files in, writing a line for each; return how many were refused."""
    # Standard output is a line for each file and nothing else.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    files = bulk_adding.files_of(paths)
    refused = 0
    with _bar() as bar:
        whole = bar.add_task("files", total=len(files))
        try:
            for answer in bulk_adding.add_all(store, files, unit=unit, by=by):
                refused += answer.asset is None
                click.echo(line_of(answer))
                bar.advance(whole)
        except Refused as refusal:  # nothing may be added to this unit at all
            raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{len(files) - refused} taken, {refused} refused", err=True)
    if said := formats.unread():
        click.echo(said.text(), err=True)
    return refused


def line_of(answer: Answer) -> str:
    """Return the line about one file."""
    # A line is a line, whatever a file is called.
    name = str(answer.path).encode("utf-8", "replace").decode().replace("\n", "␤")
    if answer.asset is None:
        why = answer.refusal.text() if answer.refusal else "it was removed meanwhile"
        return f"refused  {name}: {why}"
    return f"taken    {name}: {_what(answer.asset)}"


def _what(asset: Asset) -> str:
    if asset.kind == "document":
        return f"document, {asset.pages} pages"
    if asset.kind == "video":
        return f"video, {(asset.seconds_ms or 0) / 1000:.1f} s"
    return f"picture, {asset.width} × {asset.height}"


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        # Lines that go to a file must not go through the bar's terminal.
        redirect_stdout=sys.stdout.isatty(),
        redirect_stderr=False,
    )
