"""Stretches of local time on chosen weekdays; local time is told from a table of UTC offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from players.contract.limits import DAY, MINUTE

_EPOCH = date(1970, 1, 1)
_NO_DATE = date.max.toordinal()


class Offset(Protocol):
    """A row of the offset table; see `manifest.UtcOffset`."""

    @property
    def begins_at(self) -> int: ...
    @property
    def minutes(self) -> int: ...


class Daypart(Struct, frozen=True, kw_only=True):
    """A stretch of local time on chosen weekdays; Monday is 0; minutes count from midnight.

    When it ends at or before its start it runs over midnight and belongs to the day it began;
    0 to 0 (or 0 to 1440) is the whole day.
    """

    weekdays: Annotated[list[Annotated[int, Meta(ge=0, le=6)]], Meta(min_length=1, max_length=7)]
    starts: Annotated[int, Meta(ge=0, le=1439)]
    ends: Annotated[int, Meta(ge=0, le=1440)]

    @property
    def minutes(self) -> int:
        length = self.ends - self.starts
        return length if length > 0 else length + 1440


def local_ms(moment: int, offsets: Sequence[Offset]) -> int:
    """`moment` (UTC) as milliseconds of local wall-clock time since 1970-01-01 00:00 local."""
    return moment + _offset_at(moment, offsets) * MINUTE


def utc_ms(local: int, offsets: Sequence[Offset]) -> int:
    """The moment at which the wall clock reads `local`; the earlier when it does so twice."""
    for row, following in zip(offsets, [*offsets[1:], None], strict=True):
        moment = local - row.minutes * MINUTE
        if following is None or moment < following.begins_at:
            return moment
    return local


def occurrences(
    daypart: Daypart, first_date: str, last_date: str, moment: int, offsets: Sequence[Offset]
) -> Iterator[tuple[int, int]]:
    """Starts and ends (UTC ms) of the daypart on the local days around `moment`, in order of time.

    From the day before to the day after: enough to know what is on, what came before and what is
    next within a day.
    """
    first, last = _ordinal(first_date), _ordinal(last_date)
    today = local_ms(moment, offsets) // DAY
    for day in (today - 2, today - 1, today, today + 1):
        ordinal = day + _EPOCH.toordinal()
        if first <= ordinal <= last and (ordinal - 1) % 7 in daypart.weekdays:
            began = day * DAY + daypart.starts * MINUTE
            yield utc_ms(began, offsets), utc_ms(began + daypart.minutes * MINUTE, offsets)


def local_date(moment: int, offsets: Sequence[Offset]) -> str:
    """The local date at `moment` as YYYY-MM-DD."""
    return (_EPOCH + timedelta(days=local_ms(moment, offsets) // DAY)).isoformat()


def _ordinal(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return _NO_DATE  # a date such as 2026-02-30 covers no day


def _offset_at(moment: int, offsets: Sequence[Offset]) -> int:
    minutes = offsets[0].minutes
    for row in offsets:
        if row.begins_at <= moment:
            minutes = row.minutes
    return minutes
