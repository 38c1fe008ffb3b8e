"""What is due on the glass, as a value: one picture, what stands beside it, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from players.contract.playlist import CUT, Item, Ticker, VideoItem
from players.contract.types import Area, BlobRef
from players.contract.widgets import Almanac, Widget

MAX_ITEM_LETTERS = 80
"""As long as the name of an item may be in a play or a status."""
BLANK: Final = "blank"
"""The item on a display that is kept dark."""


@dataclass(frozen=True)
class Part:
    """What a zone beside the slides shows: an item of its own loop, on since `since`."""

    area: Area
    item: Item
    since: int


@dataclass(frozen=True)
class Signal:
    """A sound by the name of its kind, and since when (UTC ms) it asks for attention."""

    name: str
    since: int


@dataclass(frozen=True)
class Showing:
    """One picture on the glass: from `since` (when this stretch began) until `until` at the latest.

    `since` is the alert's own beginning when the clock here is slow and has not got there yet.
    `source` is hold, alert, drill, off, schedule or fallback; `reason` the id of hold, alert, drill
    or entry, or why a fallback slide is up. `blob` is None only when nothing at all is held, and
    for a display that is kept dark; of a film it is the poster, and its place is
    `film.round_at(moment - since)`. `text` is what an alert or drill says when its page is missing.
    `area` is where a slide stands (None: all that the ticker leaves), `parts` are the zones beside
    it; `almanac` tells the time to all widgets. `signal` is what an alert lets be heard.
    """

    source: str
    reason: str
    item: str
    blob: BlobRef | None
    since: int
    until: int
    ticker: Ticker | None = None
    text: str = ""
    revision: int = 0
    film: VideoItem | None = None
    transition: str = CUT
    area: Area | None = None
    widgets: tuple[Widget, ...] = ()
    parts: tuple[Part, ...] = ()
    almanac: Almanac | None = None
    signal: Signal | None = None
