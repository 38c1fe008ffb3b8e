"""The timeline of a journey: the milliseconds of each step, for each display where it matters."""

from collections.abc import Mapping, Sequence

import msgspec
from rich.table import Table


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """How long one step took; `display` is empty when the step is not about one display."""

    step: str
    display: str = ""
    ms: int


class Timeline:
    """Collects the steps in the order in which they took place."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def note(self, step: str, ms: int) -> None:
        """Note how long a step took."""
        self.moments.append(Moment(step=step, ms=ms))

    def note_each(self, step: str, came: Mapping[str, int], *, since: int) -> None:
        """Note for each display when it came (ms), counted from `since`."""
        for display, at in came.items():
            self.moments.append(Moment(step=step, display=display, ms=at - since))


def table_of(moments: Sequence[Moment], displays: Mapping[str, str]) -> Table:
    """Return the timeline as a table: a row for each step, a column for each of `displays`."""
    table = Table(title="Timeline in milliseconds", title_justify="left")
    table.add_column("step")
    table.add_column("controller", justify="right")
    for name in displays.values():
        table.add_column(name, justify="right")
    steps = list(dict.fromkeys(moment.step for moment in moments))
    for step in steps:
        found = {moment.display: moment.ms for moment in moments if moment.step == step}
        cells = [f"{found[name]:,}" if name in found else "" for name in ("", *displays)]
        table.add_row(step, *cells)
    return table
