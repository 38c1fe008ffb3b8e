"""Widgets: figures and words copied from a sheet of glyphs; what stands where at a moment.

The controller draws the sheet, in the right face, size and colours; preview and player copy the
same rectangles out of it, so neither needs a font and both have the same pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Final

from msgspec import Meta, Struct

from players.contract.daypart import local_ms, utc_ms
from players.contract.limits import DAY, HOUR, MINUTE, SECOND
from players.contract.manifest import UtcOffset
from players.contract.types import BlobRef, LocalMinute, Pixels

_EPOCH = date(1970, 1, 1)

Token = Annotated[str, Meta(min_length=1, max_length=24)]
"""A field such as `hour`, which stands for figures, or else the name of a glyph."""
Place = Annotated[int, Meta(ge=0, le=32768)]


class Glyph(Struct, frozen=True, array_like=True):
    """A stretch of the sheet over its whole height: a figure, a mark, or a word in one piece."""

    name: Token
    left: Place
    width: Pixels


class Widget(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Glyphs in a row, `x`, `y` pixels from the top left of their picture, `width` pixels wide.

    `says` is what stands there; `to` the end of a countdown, after which it says `then`.
    """

    sheet: BlobRef
    glyphs: Annotated[list[Glyph], Meta(min_length=1, max_length=64)]
    x: Place
    y: Place
    width: Pixels
    says: Annotated[list[Token], Meta(max_length=24)]
    align: Annotated[str, Meta(max_length=8)] = "left"
    to: LocalMinute | None = None
    then: Annotated[list[Token], Meta(max_length=24)] = []

    def __post_init__(self) -> None:
        if any(glyph.left + glyph.width > self.sheet.width for glyph in self.glyphs):
            raise ValueError("a glyph reaches out of its sheet")


class LunarMonth(Struct, frozen=True, array_like=True):
    """A month of the lunar calendar, by the local day since 1970-01-01 on which it begins."""

    begins: Annotated[int, Meta(ge=0, le=2**20)]
    month: Annotated[int, Meta(ge=1, le=12)]
    leap: bool = False


@dataclass(frozen=True)
class Almanac:
    """What tells the wall clock and the lunar day where a display stands."""

    utc_offsets: Sequence[UtcOffset]
    lunar: Sequence[LunarMonth] = ()


@dataclass(frozen=True)
class Copy:
    """Copy `width` pixels of the sheet from `left` on, over its whole height, to `x`, `y`."""

    left: int
    width: int
    x: int
    y: int


def copies_at(widget: Widget, moment: int, almanac: Almanac) -> tuple[Copy, ...]:
    """What stands where at `moment` (UTC ms): nothing when it can't be told or has no room."""
    glyphs = {glyph.name: glyph for glyph in widget.glyphs}
    named = said_at(widget, moment, almanac)
    row = [glyphs[name] for name in named if name in glyphs]
    free = widget.width - sum(glyph.width for glyph in row)
    if len(row) < len(named) or free < 0:
        return ()
    x = widget.x + {"right": free, "centre": free // 2}.get(widget.align, 0)
    copies = []
    for glyph in row:
        copies.append(Copy(glyph.left, glyph.width, x, widget.y))
        x += glyph.width
    return tuple(copies)


def said_at(widget: Widget, moment: int, almanac: Almanac) -> tuple[str, ...]:
    """The names of the glyphs that stand there at `moment`; none when a field can't be told."""
    now = _Now(moment, almanac, widget.to)
    tokens: Sequence[str] = widget.then if now.is_over else widget.says
    names: list[str] = []
    for token in tokens:
        said = _FIELDS[token](now) if token in _FIELDS else [token]
        if said is None:
            return ()
        names += said
    return tuple(names)


def changes_at(widgets: Iterable[Widget], moment: int) -> int | None:
    """The next moment at which one of them may say something else; None without widgets."""
    steps = [SECOND if _SECONDS.intersection(widget.says) else MINUTE for widget in widgets]
    return (moment // min(steps) + 1) * min(steps) if steps else None


class _Now:
    """A moment as the wall clock and the calendars tell it."""

    def __init__(self, moment: int, almanac: Almanac, to: int | None) -> None:
        self._almanac = almanac
        self.local = local_ms(moment, almanac.utc_offsets)
        ends = utc_ms(to * MINUTE, almanac.utc_offsets) if to is not None else None
        self.left = ends - moment if ends is not None else None
        self.is_over = self.left is not None and self.left <= 0

    @cached_property
    def day(self) -> date:
        return _EPOCH + timedelta(days=self.local // DAY)

    @cached_property
    def lunar(self) -> tuple[int, LunarMonth] | None:
        """Day and month; None outside the table, which ends where its last month begins."""
        today, table = self.local // DAY, self._almanac.lunar
        begun = [month for month in table if month.begins <= today]
        if not 0 < len(begun) < len(table):
            return None
        return today - begun[-1].begins + 1, begun[-1]


def _two(number: int) -> list[str]:
    return list(f"{number:02}")


def _lunar(now: _Now, tell: Callable[[int, LunarMonth], list[str]]) -> list[str] | None:
    return tell(*now.lunar) if now.lunar else None


def _left(now: _Now, unit: int, most: int | None) -> list[str] | None:
    """The whole `unit`s that are left, two figures of them where more of them make a larger unit.

    What has begun counts: a second before the end one second is left.
    """
    if now.left is None:
        return None
    seconds = -(-now.left // SECOND)
    units = seconds * SECOND // unit
    return list(str(units)) if most is None else _two(units % most)


_FIELDS: Final[dict[str, Callable[[_Now], list[str] | None]]] = {
    "hour": lambda now: _two(now.local // HOUR % 24),
    "minute": lambda now: _two(now.local // MINUTE % 60),
    "second": lambda now: _two(now.local // SECOND % 60),
    "weekday": lambda now: [f"weekday{now.day.weekday()}"],
    "day": lambda now: _two(now.day.day),
    "month": lambda now: _two(now.day.month),
    "year": lambda now: list(str(now.day.year)),
    "lunar_day": lambda now: _lunar(now, lambda day, _: list(str(day))),
    "lunar_month": lambda now: _lunar(now, lambda _, month: list(str(month.month))),
    "lunar_leap": lambda now: _lunar(now, lambda _, month: ["leap"] if month.leap else []),
    "days_left": lambda now: _left(now, DAY, None),
    "hours_left": lambda now: _left(now, HOUR, 24),
    "minutes_left": lambda now: _left(now, MINUTE, 60),
    "seconds_left": lambda now: _left(now, SECOND, 60),
}
"""What stands for figures; `weekday0` is Monday, `leap` follows the number of a leap month."""
_SECONDS: Final = frozenset({"second", "seconds_left"})
LUNAR_FIELDS: Final = frozenset({"lunar_day", "lunar_month", "lunar_leap"})
"""What needs the calendar of the document."""
