"""Loops: the items of a playlist document as they run, less what has expired or can't be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from players.contract import documents
from players.contract.daypart import utc_ms
from players.contract.limits import MINUTE
from players.contract.manifest import UtcOffset
from players.contract.playlist import Item, PlaylistDocument, Ticker
from players.contract.types import Area
from players.contract.widgets import LunarMonth


@dataclass(frozen=True)
class Loop:
    """Items in order, where they stand (None: all that the ticker leaves), and the zones beside."""

    items: tuple[Item, ...] = ()
    area: Area | None = None
    ticker: Ticker | None = None
    zones: tuple[tuple[Area, tuple[Item, ...]], ...] = ()
    lunar: tuple[LunarMonth, ...] = ()

    @classmethod
    def of(cls, playlist: PlaylistDocument) -> tuple[Loop, list[str]]:
        """Read a document; gives the names of the kinds of item skipped too (rule V)."""
        items, unknown = documents.slide_items(playlist.items)
        zones = []
        for zone in playlist.zones:
            beside, unknown_beside = documents.slide_items(zone.items)
            zones.append((zone.area, tuple(beside)))
            unknown += unknown_beside
        lunar = tuple(playlist.lunar)
        return cls(tuple(items), playlist.area, playlist.ticker, tuple(zones), lunar), unknown

    def without(self, unplayable: frozenset[str]) -> Loop:
        """The loop less the items of which a picture or a sheet can't be shown."""
        return self._kept(lambda item: unplayable.isdisjoint(item.needs()))

    def at(self, moment: int, offsets: Sequence[UtcOffset]) -> Loop:
        """The loop less the items that have expired at `moment`."""
        return self._kept(
            lambda item: item.expires is None or moment < utc_ms(item.expires * MINUTE, offsets)
        )

    def ends(self, offsets: Sequence[UtcOffset]) -> list[int]:
        """The moments at which an item of it, or of a zone beside it, expires."""
        return [utc_ms(minute * MINUTE, offsets) for minute in self._expiries]

    @cached_property
    def _expiries(self) -> frozenset[int]:
        items: list[Item] = [*self.items, *(item for _, items in self.zones for item in items)]
        return frozenset(item.expires for item in items if item.expires is not None)

    def _kept(self, keeps: Callable[[Item], bool]) -> Loop:
        zones = tuple((area, tuple(filter(keeps, items))) for area, items in self.zones)
        return replace(self, items=tuple(filter(keeps, self.items)), zones=zones)
