"""The report of an alert: what was said when and by whom, and when it stood on each display.

Everything in it was kept when it happened: revisions by the sealer's log, showings by the players'
own sealed word. It can be made again at any time and says the same.
"""

import csv
import io
from collections.abc import Mapping, Sequence

import msgspec

from players.contract.reports import Presented
from signage.domain.alert import Alert, AlertState, displays_covered
from signage.domain.display import Display
from signage.domain.people import Action, User, require
from signage.domain.units import chain_of
from signage.store import Store
from signage.workflows.alerts.alert_proposing import get

SHOWN, RECEIVED, UNREACHED = "shown", "received", "unreached"


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """One display in one revision: moments in ms UTC, None for what the player never told."""

    display: Display
    site_has_loudspeaker: bool
    received_at: int | None
    presented_at: int | None
    took_ms: int | None

    @property
    def state(self) -> str:
        """What is proven: shown on the glass, received, or neither."""
        if self.presented_at is not None:
            return SHOWN
        return RECEIVED if self.received_at is not None else UNREACHED


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """One revision: what it said, who made it when, and how far it came."""

    alert: Alert
    by: str
    at: int
    reached: list[Reach]

    def count(self, state: str) -> int:
        """How many displays are in `state`."""
        return sum(one.state == state for one in self.reached)

    @property
    def slowest_ms(self) -> int | None:
        """The longest time from the act to the glass."""
        return max((one.took_ms for one in self.reached if one.took_ms is not None), default=None)


def chapters(store: Store, alert_id: str, *, by: User) -> list[Chapter]:
    """Return every revision of an alert, oldest first; raises NotFound or NotAllowed."""
    require(by, Action.ALERT, store.units.chain(by.unit))
    get(store, alert_id)
    with store.snapshot():
        units = store.units.by_id()
        chains = {unit: chain_of(unit, units) for unit in units}
        displays = store.displays.all(retired=True)
        loud = {site.id for site in store.sites.all() if site.has_loudspeaker}
        told = []
        for alert, who, at in store.alerts.history(alert_id):
            if alert.state in (AlertState.RAISED, AlertState.CLEARED):
                there = [_as_of(alert.begins_at, display) for display in displays]
                meant = displays_covered(alert.targets, there, chains)
                presented = store.reports.presented(alert.id, alert.revision)
                reached = [_reach(one, alert, presented, loud) for one in meant]
                told.append(Chapter(alert=alert, by=who, at=at, reached=_trouble_first(reached)))
    return told


def _as_of(moment: int, display: Display) -> Display:
    """The display as it was then: one that was retired later was in use."""
    later = display.retired_at is not None and display.retired_at > moment
    return msgspec.structs.replace(display, retired_at=None) if later else display


def _reach(
    display: Display, alert: Alert, presented: Mapping[str, Presented], loud: set[str]
) -> Reach:
    one = presented.get(display.id)
    shown_at = one.presented_at if one else None
    return Reach(
        display=display,
        site_has_loudspeaker=display.site in loud,
        received_at=one.received_at if one else None,
        presented_at=shown_at,
        took_ms=None if shown_at is None else max(0, shown_at - alert.begins_at),
    )


def _trouble_first(reached: Sequence[Reach]) -> list[Reach]:
    """Not reached first, and of those the places that have no loudspeaker either."""
    order = {UNREACHED: 0, RECEIVED: 1, SHOWN: 2}
    return sorted(
        reached,
        key=lambda one: (order[one.state], one.site_has_loudspeaker, one.display.name),
    )


def as_csv(told: Sequence[Chapter]) -> str:
    """Return the report as a table: a line for each display in each revision; times in ms UTC."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for chapter in told:
        for one in chapter.reached:
            writer.writerow([_plain(cell) for cell in _cells(chapter, one)])
    return table.getvalue()


_COLUMNS = (
    *("alert", "revision", "act", "by", "at", "headline", "display", "name", "unit"),
    *("loudspeaker", "state", "received_at", "presented_at", "seconds"),
)


def _cells(chapter: Chapter, one: Reach) -> list[object]:
    alert, display = chapter.alert, one.display
    return [
        alert.id,
        alert.revision,
        "cleared" if alert.state is AlertState.CLEARED else "shown",
        chapter.by,
        chapter.at,
        alert.words.headline,
        display.id,
        display.name,
        display.unit,
        "yes" if one.site_has_loudspeaker else "no",
        one.state,
        one.received_at or "",
        one.presented_at or "",
        "" if one.took_ms is None else f"{one.took_ms / 1000:.3f}",
    ]


def _plain(cell: object) -> object:
    """What a spreadsheet would take for a formula stays text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell
