"""What widgets say at a moment, and which rectangles of their sheet are copied where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.manifest import UtcOffset
from players.contract.widgets import (
    Almanac,
    Copy,
    Glyph,
    LunarMonth,
    Widget,
    changes_at,
    copies_at,
    said_at,
)
from tests.players.contract.builders import (
    HANOI,
    MONDAY,
    blob,
    clock,
    countdown,
    hanoi,
    widget,
)
from tests.players.contract.strategies import modest

TENTH, ELEVENTH, ELEVENTH_AGAIN = 20412, 20442, 20472
"""2025-11-20, 2025-12-20 and 2026-01-19, in days since 1970."""
CALENDAR = Almanac(
    HANOI,
    [LunarMonth(TENTH, 10), LunarMonth(ELEVENTH, 11), LunarMonth(ELEVENTH_AGAIN, 11, True)],
)


def said(one: Widget, moment: int) -> str:
    return " ".join(said_at(one, moment, CALENDAR))


def test_a_clock_tells_the_wall_clock_of_the_place() -> None:
    assert said(clock(), hanoi(7, 5)) == "0 7 : 0 5"


def test_a_clock_follows_the_table_of_offsets() -> None:
    table = [UtcOffset(begins_at=0, minutes=60), UtcOffset(begins_at=hanoi(9), minutes=120)]
    before, after = (said_at(clock(), at, Almanac(table)) for at in (hanoi(9) - 1, hanoi(9)))
    assert ("".join(before), "".join(after)) == ("02:59", "04:00")


def test_a_date_has_its_weekday_in_one_piece() -> None:
    date = widget("weekday", "day", "/", "month", "/", "year")
    assert said(date, hanoi(23, 59)) == "weekday0 2 4 / 1 1 / 2 0 2 5"


def test_the_lunar_day_is_counted_from_the_month_that_began_last() -> None:
    date = widget("lunar_day", "/", "lunar_month", "lunar_leap")
    assert said(date, hanoi(0)) == "5 / 1 0"
    assert said(date, hanoi(12, day=ELEVENTH - TENTH - 4)) == "1 / 1 1"


def test_a_leap_month_says_so() -> None:
    longer = Almanac(HANOI, [*CALENDAR.lunar, LunarMonth(ELEVENTH_AGAIN + 30, 12)])
    in_it = MONDAY + (ELEVENTH_AGAIN - TENTH) * DAY
    assert said_at(widget("lunar_month", "lunar_leap"), in_it, longer) == ("1", "1", "leap")


@pytest.mark.parametrize("days", [-5, ELEVENTH_AGAIN - TENTH - 4])
def test_outside_the_lunar_table_nothing_is_said(days: int) -> None:
    assert said_at(widget("lunar_day"), hanoi(12, day=days), CALENDAR) == ()


def test_a_countdown_counts_what_has_begun_and_then_says_that_it_is_over() -> None:
    assert said(countdown(), hanoi(9, 0, 0, day=-3)) == "3 / 1 2 : 0 0 : 0 0"
    assert said(countdown(), hanoi(21) - 1) == "0 / 0 0 : 0 0 : 0 1"
    assert said(countdown(), hanoi(21)) == "over"


def test_glyphs_stand_in_a_row_from_where_the_widget_is() -> None:
    copies = copies_at(clock(x=50, y=7), hanoi(12, 34), CALENDAR)
    assert [(copy.left // 8, copy.x, copy.y) for copy in copies] == [
        (1, 50, 7),
        (2, 58, 7),
        (10, 66, 7),
        (3, 74, 7),
        (4, 82, 7),
    ]


@pytest.mark.parametrize(("align", "left"), [("left", 4), ("centre", 34), ("right", 64)])
def test_a_row_is_aligned_in_the_width_of_its_widget(align: str, left: int) -> None:
    assert copies_at(clock(align=align), hanoi(12), CALENDAR)[0] == Copy(8, 8, left, 6)


def test_what_has_no_room_is_not_cut_but_left_out() -> None:
    assert copies_at(clock(width=39), hanoi(12), CALENDAR) == ()


def test_a_field_of_the_future_leaves_the_widget_out() -> None:
    assert copies_at(widget("moon_phase", ":", "minute"), hanoi(12), CALENDAR) == ()


def test_a_glyph_outside_its_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="out of its sheet"):
        widget("hour", sheet=blob("sheet", width=20), glyphs=[Glyph("0", 0, 21)])


@modest
@given(st.sampled_from([clock(), countdown()]), st.integers(MONDAY - DAY, MONDAY + DAY))
def test_nothing_changes_before_the_moment_that_is_told(one: Widget, moment: int) -> None:
    changes = changes_at([one], moment)
    assert changes is not None
    assert moment < changes <= moment + MINUTE
    assert said(one, changes - 1) == said(one, moment)


def test_the_fastest_of_several_widgets_says_when_to_look_again() -> None:
    moment = hanoi(8) + HOUR + 300
    assert changes_at([clock(), countdown()], moment) == hanoi(9, 0, 1)
    assert changes_at([clock()], moment) == hanoi(9, 1)
    assert changes_at([], moment) is None
