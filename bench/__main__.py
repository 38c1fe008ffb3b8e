"""Runs the benches and prints their numbers: `python -m bench [--only NAME] [--json FILE]`."""

import importlib
import json
import pkgutil
import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

import bench

Result = dict[str, Any]
KEYS = ("bench", "metric", "value", "unit", "peer")


def names() -> list[str]:
    """Every module beside this one that has a `run()`."""
    found = (module.name for module in pkgutil.iter_modules(bench.__path__))
    return sorted(name for name in found if not name.startswith("_"))


@click.command()
@click.option("--only", type=click.Choice(names()), help="Run this bench alone.")
@click.option("--json", "report", type=click.Path(dir_okay=False, path_type=Path))
def main(only: str | None, report: Path | None) -> None:
    """Measure on this machine; other work on it shows in the numbers."""
    console = Console(stderr=True)
    results: list[Result] = []
    failed = []
    for name in [only] if only else names():
        began = time.monotonic()
        console.print(f"{name} …", style="dim")
        try:
            results += [
                checked(result) for result in importlib.import_module(f"bench.{name}").run()
            ]
        except Exception as error:  # noqa: BLE001 - the other benches still have something to tell
            failed.append(name)
            console.print(f"{name} gave up: {error}", style="red", markup=False)
        console.print(f"{name} took {time.monotonic() - began:.0f} s", style="dim")
    Console().print(table_of(results))
    if report:
        report.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    sys.exit(1 if failed else 0)


def checked(result: Result) -> Result:
    """The result with its keys in order; raises ValueError when one is missing or too many."""
    if set(result) != set(KEYS):
        raise ValueError(f"a result has the keys {KEYS}, not {tuple(result)}")
    return {key: result[key] for key in KEYS}


def table_of(results: list[Result]) -> Table:
    """A row for each number; a peer's numbers stand beside ours."""
    table = Table(title="Numbers of this machine", title_justify="left")
    for heading in ("bench", "metric"):
        table.add_column(heading)
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("peer")
    before = ""
    for result in results:
        name = result["bench"] if result["bench"] != before else ""
        before = result["bench"]
        peer = result["peer"] or ""
        table.add_row(name, result["metric"], told(result["value"]), result["unit"], peer)
    return table


def told(value: float) -> str:
    """A number with as many places as tell something."""
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    main()
