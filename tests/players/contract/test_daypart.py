"""Stretches of local time: whose evening a late show is, and what a clock change does to it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.contract.daypart import (
    Daypart,
    last_end,
    local_date,
    local_ms,
    occurrences,
    utc_ms,
)
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.manifest import UtcOffset
from tests.players.contract.builders import ALL_DAY, EVERY_DAY, HANOI, hanoi
from tests.players.contract.strategies import (
    SUMMER_TIME,
    dayparts,
    first_dates,
    last_dates,
    modest,
    moments,
    offset_tables,
)

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
FIRST, LAST = "2025-11-01", "2025-12-31"
LATE_SHOW = Daypart(weekdays=[FRIDAY], starts=22 * 60, ends=2 * 60)
MORNING = Daypart(weekdays=EVERY_DAY, starts=6 * 60, ends=11 * 60)


def is_on(part: Daypart, moment: int, first: str = FIRST, last: str = LAST) -> bool:
    return any(
        starts <= moment < ends for starts, ends in occurrences(part, first, last, moment, HANOI)
    )


def test_a_late_show_belongs_to_the_evening_it_began() -> None:
    assert is_on(LATE_SHOW, hanoi(22, day=FRIDAY))
    assert is_on(LATE_SHOW, hanoi(1, 59, day=SATURDAY))
    assert not is_on(LATE_SHOW, hanoi(1, day=FRIDAY))
    assert not is_on(LATE_SHOW, hanoi(2, day=SATURDAY))
    assert not is_on(LATE_SHOW, hanoi(23, day=SATURDAY))


def test_the_last_evening_runs_past_midnight_of_the_last_date() -> None:
    assert is_on(LATE_SHOW, hanoi(1, day=SATURDAY), last="2025-11-28")
    assert not is_on(LATE_SHOW, hanoi(1, day=SATURDAY), last="2025-11-27")


def test_the_night_before_the_first_date_is_not_shown() -> None:
    assert not is_on(LATE_SHOW, hanoi(1, day=SATURDAY), first="2025-11-29")


def test_a_daypart_begins_and_ends_to_the_millisecond() -> None:
    assert not is_on(MORNING, hanoi(6) - 1)
    assert is_on(MORNING, hanoi(6))
    assert is_on(MORNING, hanoi(11) - 1)
    assert not is_on(MORNING, hanoi(11))


@pytest.mark.parametrize("ends", [0, 1440])
def test_from_midnight_to_midnight_is_the_whole_day(ends: int) -> None:
    whole = Daypart(weekdays=[SUNDAY], starts=0, ends=ends)
    assert is_on(whole, hanoi(0, day=SUNDAY))
    assert is_on(whole, hanoi(24, day=SUNDAY) - 1)
    assert not is_on(whole, hanoi(0, day=SUNDAY) - 1)
    assert not is_on(whole, hanoi(24, day=SUNDAY))


def test_from_ten_to_ten_lasts_until_ten_the_next_day() -> None:
    shift = Daypart(weekdays=[FRIDAY], starts=600, ends=600)
    assert is_on(shift, hanoi(9, 59, day=SATURDAY))
    assert not is_on(shift, hanoi(10, day=SATURDAY))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (FIRST, "2025-02-30"),
        ("2025-02-30", LAST),
        (FIRST, "2025-13-01"),
        (FIRST, "0000-00-00"),
        (LAST, FIRST),
    ],
)
def test_dates_that_make_no_sense_cover_no_day(first: str, last: str) -> None:
    assert not is_on(ALL_DAY, hanoi(12), first, last)
    assert last_end(ALL_DAY, first, last, hanoi(12), HANOI) is None


def test_both_dates_are_included() -> None:
    assert is_on(ALL_DAY, hanoi(0), first="2025-11-24", last="2025-11-24")
    assert is_on(ALL_DAY, hanoi(24) - 1, first="2025-11-24", last="2025-11-24")
    assert not is_on(ALL_DAY, hanoi(24), first="2025-11-24", last="2025-11-24")
    assert not is_on(ALL_DAY, hanoi(0) - 1, first="2025-11-24", last="2025-11-24")


@modest
@given(moments, st.sampled_from([-840, -480, 0, 330, 420, 840]))
def test_local_time_is_utc_plus_the_offset(moment: int, minutes: int) -> None:
    table = [UtcOffset(begins_at=0, minutes=minutes)]
    wall = datetime.fromtimestamp(moment / 1000, UTC) + timedelta(minutes=minutes)
    assert local_date(moment, table) == wall.date().isoformat()
    assert local_ms(moment, table) // MINUTE % 60 == wall.minute
    assert utc_ms(local_ms(moment, table), table) == moment


@modest
@given(moments, offset_tables)
def test_the_wall_clock_tells_the_moment_or_its_twin_an_hour_before(
    moment: int, table: list[UtcOffset]
) -> None:
    told = utc_ms(local_ms(moment, table), table)
    assert told <= moment
    assert local_ms(told, table) == local_ms(moment, table)


@modest
@given(moments, st.integers(0, 3 * HOUR), offset_tables)
def test_what_is_later_on_the_wall_is_never_earlier_in_truth(
    local: int, later: int, table: list[UtcOffset]
) -> None:
    assert utc_ms(local, table) <= utc_ms(local + later, table)


def test_a_time_that_the_clock_skips_is_the_moment_of_the_change() -> None:
    change = SUMMER_TIME[1].begins_at
    at_two = local_ms(change - 1, SUMMER_TIME) + 1
    assert utc_ms(at_two, SUMMER_TIME) == change
    assert utc_ms(at_two + 30 * MINUTE, SUMMER_TIME) == change
    assert utc_ms(at_two + HOUR, SUMMER_TIME) == change


def test_a_time_that_the_clock_tells_twice_is_the_first() -> None:
    change = SUMMER_TIME[2].begins_at
    half_past_two = local_ms(change, SUMMER_TIME) + 30 * MINUTE
    assert utc_ms(half_past_two, SUMMER_TIME) == change - 30 * MINUTE


def test_the_hour_after_a_repeated_one_is_told_once() -> None:
    change = SUMMER_TIME[2].begins_at
    at_three = local_ms(change - 1, SUMMER_TIME) + 1
    assert utc_ms(at_three, SUMMER_TIME) == change + HOUR


def test_a_day_on_which_the_clock_changes_has_23_or_25_hours() -> None:
    lengths = {
        ends - starts
        for day in range(6)
        for starts, ends in occurrences(ALL_DAY, FIRST, LAST, hanoi(12, day=day), SUMMER_TIME)
    }
    assert lengths == {23 * HOUR, 24 * HOUR, 25 * HOUR}


@modest
@given(dayparts, first_dates, last_dates, moments, offset_tables)
def test_occurrences_come_in_order_and_end_no_earlier_than_they_begin(
    part: Daypart, first: str, last: str, moment: int, table: list[UtcOffset]
) -> None:
    found = list(occurrences(part, first, last, moment, table))
    assert found == sorted(found)
    assert all(starts <= ends for starts, ends in found)


@modest
@given(dayparts, first_dates, last_dates, moments)
def test_a_daypart_is_on_exactly_on_its_days_and_hours(
    part: Daypart, first: str, last: str, moment: int
) -> None:
    wall = datetime.fromtimestamp(moment / 1000, UTC) + timedelta(hours=7)
    minute = wall.hour * 60 + wall.minute
    overnight = part.ends <= part.starts

    def begun_on(day: date) -> bool:
        return first <= day.isoformat() <= last and day.weekday() in part.weekdays

    today = begun_on(wall.date()) and part.starts <= minute and (overnight or minute < part.ends)
    evening = begun_on(wall.date() - timedelta(days=1)) and overnight and minute < part.ends
    assert is_on(part, moment, first, last) == (today or evening)


def test_while_a_weekly_show_is_on_its_last_end_was_a_week_ago() -> None:
    second_saturday = hanoi(1, day=SATURDAY + 7)
    assert last_end(LATE_SHOW, FIRST, LAST, second_saturday, HANOI) == hanoi(2, day=SATURDAY)


@modest
@given(dayparts, first_dates, last_dates, moments, offset_tables)
def test_the_last_end_is_the_newest_of_all_days_before(
    part: Daypart, first: str, last: str, moment: int, table: list[UtcOffset]
) -> None:
    ends = [
        end
        for back in range(0, 12 * DAY, DAY)
        for _, end in occurrences(part, first, last, moment - back, table)
        if end <= moment
    ]
    found = last_end(part, first, last, moment, table)
    assert found == max(ends, default=None) or (not ends and found is not None)
