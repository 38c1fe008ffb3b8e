"""Stretches of local time on chosen weekdays; local time is told from a table of UTC offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from players.contract.limits import DAY, MINUTE

_EPOCH = date(1970, 1, 1)
_EPOCH_WEEKDAY = _EPOCH.weekday()
_NO_DAY = range(0)


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
    """The moment at which the wall clock reads `local`.

    The earlier one when a clock change makes it twice; the change itself when it is skipped, so
    that what is later on the wall is never earlier in truth.
    """
    moment = local - offsets[0].minutes * MINUTE
    for row in offsets[1:]:
        if moment < row.begins_at:
            break
        moment = max(local - row.minutes * MINUTE, row.begins_at)
    return moment


def occurrences(
    daypart: Daypart, first_date: str, last_date: str, moment: int, offsets: Sequence[Offset]
) -> Iterator[tuple[int, int]]:
    """Starts and ends (UTC ms) of the daypart on the local days around `moment`, in order of time.

    Two days back and two ahead: enough to know what is on, what came just before and what begins
    or ends within the next 24 hours, also when a day has 23 or 25 of them.
    """
    days = _days(first_date, last_date)
    today = local_ms(moment, offsets) // DAY
    for day in range(today - 2, today + 3):
        if day in days and _weekday(day) in daypart.weekdays:
            yield _spell(daypart, day, offsets)


def last_end(
    daypart: Daypart, first_date: str, last_date: str, moment: int, offsets: Sequence[Offset]
) -> int | None:
    """When the daypart last ended at or before `moment`, however long ago; None if it never did."""
    days = _days(first_date, last_date)
    if not days:
        return None
    newest = min(local_ms(moment, offsets) // DAY, days[-1])
    # A week and the evening before it: one of these is the right weekday and has ended.
    for day in range(newest, newest - 9, -1):
        if day in days and _weekday(day) in daypart.weekdays:
            _, ends = _spell(daypart, day, offsets)
            if ends <= moment:
                return ends
    return None


def local_date(moment: int, offsets: Sequence[Offset]) -> str:
    """The local date at `moment` as YYYY-MM-DD."""
    return (_EPOCH + timedelta(days=local_ms(moment, offsets) // DAY)).isoformat()


def _spell(daypart: Daypart, day: int, offsets: Sequence[Offset]) -> tuple[int, int]:
    began = day * DAY + daypart.starts * MINUTE
    return utc_ms(began, offsets), utc_ms(began + daypart.minutes * MINUTE, offsets)


def _weekday(day: int) -> int:
    return (day + _EPOCH_WEEKDAY) % 7


@lru_cache(maxsize=1024)
def _days(first_date: str, last_date: str) -> range:
    """Local days since 1970-01-01 between two dates, both included."""
    try:
        first, last = date.fromisoformat(first_date), date.fromisoformat(last_date)
    except ValueError:
        return _NO_DAY  # with a date such as 2026-02-30 at either end, an entry covers no day
    return range((first - _EPOCH).days, (last - _EPOCH).days + 1)


def _offset_at(moment: int, offsets: Sequence[Offset]) -> int:
    minutes = offsets[0].minutes
    for row in offsets[1:]:
        if row.begins_at <= moment:
            minutes = row.minutes
    return minutes
