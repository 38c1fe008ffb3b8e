"""`signage demo --check`: drives the whole journey by itself, reads the glass, tells the times."""

import shutil
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
from rich.console import Console

from signage.demo.journey.browser import Unexpected
from signage.demo.journey.city import City
from signage.demo.journey.claims import NotSo
from signage.demo.journey.hands import Hands
from signage.demo.journey.people import People
from signage.demo.journey.story import tell
from signage.demo.journey.timeline import Moment, table_of
from signage.demo.journey.watch import NotOnGlass
from signage.demo.readiness import NotReady

INTERRUPTED = 130
NAMES = {"hoa-lu": "Hoa Lư", "ubnd": "UBND", "nvh-hoi-phu": "Hội Phú"}

SENTENCES = (NotOnGlass, NotSo, NotReady, Unexpected)
"""What fails with a sentence of its own; anything else is a surprise."""

Choose = Callable[[People], Hands]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How the journey went: `failure` is empty when every display showed the right pictures."""

    passed: bool
    failure: str
    seconds: float
    timeline: list[Moment]


def run(report: Path | None = None) -> int:
    """Run the check; returns the exit status. `report` gets the numbers as JSON."""
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="signage-check-"))
    try:
        went = travel(
            folder, lambda people: people.at_pages, say=lambda words: _say(console, words)
        )
    except KeyboardInterrupt:
        console.print("Ended before the end of the journey.")
        shutil.rmtree(folder, ignore_errors=True)
        return INTERRUPTED
    console.print(table_of(went.timeline, NAMES))
    if report:
        report.write_bytes(msgspec.json.format(msgspec.json.encode(went), indent=1) + b"\n")
    if went.passed:
        words = f"Every display showed the right pictures at every step ({went.seconds:.0f} s)."
        console.print(f"[green]✓[/green] {words}", highlight=False)
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    console.print(f"✗ {went.failure}", style="red", markup=False, soft_wrap=True)
    console.print(f"Everything is kept for a look: {folder}", markup=False, soft_wrap=True)
    return 1


def travel(folder: Path, hands: Choose, *, say: Callable[[str], None]) -> Report:
    """Set an installation up in `folder` and take the whole journey through it by `hands`."""
    began = time.monotonic()
    city, failure = None, ""
    try:
        say("set up an installation")
        city = City(folder, say)
        say("start broker, controller and players")
        city.start()
        tell(city, hands, folder)
    except SENTENCES as error:
        failure = str(error)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the report says so
        (folder / "check.log").write_text(traceback.format_exc())
        failure = f"{type(error).__name__}: {error} (more in {folder / 'check.log'})"
    finally:
        if city:
            city.end()
    return Report(
        passed=not failure,
        failure=failure,
        seconds=round(time.monotonic() - began, 1),
        timeline=city.timeline.moments if city else [],
    )


def _say(console: Console, words: str) -> None:
    console.print(f"[dim]{time.strftime('%H:%M:%S')}[/dim] {words}", highlight=False)
