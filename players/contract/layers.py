"""Layers over the schedule: the entries of a verified set, and when each is on the glass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from players.contract.alerts import AllClear, Laid
from players.contract.limits import MAX_AHEAD

E = TypeVar("E", bound=Laid)


@dataclass(frozen=True)
class Layer(Generic[E]):
    """The newest revision of each entry of a set.

    `sealed_at` is when the set was sealed, by the controller's clock.
    """

    entries: tuple[E, ...] = ()
    sealed_at: int = 0

    @classmethod
    def of(cls, entries: Iterable[E], sealed_at: int) -> Layer[E]:
        return cls(_newest_revisions(entries), sealed_at)

    def over(self, display: str, groups: Iterable[str]) -> Layer[E]:
        """The entries that mean this display."""
        named = list(groups)
        mine = (entry for entry in self.entries if entry.covers.covers(display, named))
        return replace(self, entries=tuple(mine))

    def comes_on(self, entry: E) -> int:
        """When `entry` goes on the glass.

        One that was running when its set was sealed is shown at once, also where the clock is slow
        by less than rule T allows: otherwise the schedule would flash up between two revisions.
        """
        if entry.begins_at <= self.sealed_at < entry.expires_at:
            return min(entry.begins_at, self.sealed_at - MAX_AHEAD)
        return entry.begins_at

    def begun(self, moment: int) -> list[E]:
        """The entries that have come on by `moment`, also those that have ended since."""
        return [entry for entry in self.entries if self.comes_on(entry) <= moment]

    def edges(self, moment: int) -> list[int]:
        """When after `moment` an entry comes on or ends."""
        edges = (
            edge for entry in self.entries for edge in (self.comes_on(entry), entry.expires_at)
        )
        return [edge for edge in edges if edge > moment]


def _newest_revisions(entries: Iterable[E]) -> tuple[E, ...]:
    """The newest of each id in an order of its own; of two equal numbers the alert, not its end."""
    in_order = sorted(
        entries, key=lambda e: (e.id, e.revision, not isinstance(e, AllClear), repr(e))
    )
    return tuple({entry.id: entry for entry in in_order}.values())
