"""The lunar calendar of Viet Nam, against days that are known."""

from datetime import date, timedelta

import pytest

from signage.domain.lunar import day_of, lunar_of, months_from, tet_of, weekday_name
from signage.domain.sentences import Refused


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(1985, 1, 21), "Ất Sửu"),  # a month before Tết in Beijing
        (date(2007, 2, 17), "Đinh Hợi"),  # a day before
        (date(2026, 2, 17), "Bính Ngọ"),
        (date(2027, 2, 6), "Đinh Mùi"),
    ],
)
def test_tet_falls_on_the_day_that_viet_nam_keeps(day: date, year: str) -> None:
    lunar = lunar_of(day)
    assert (lunar.day, lunar.month, lunar.year_name) == (1, 1, year)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("17/2/2026", "mùng 1 tháng Giêng"),
        ("25/9/2026", "Rằm tháng Tám"),
        ("24/11/2026", "16 tháng Mười"),
        ("30/7/2025", "mùng 6 tháng Sáu (nhuận)"),
    ],
)
def test_days_are_told_as_people_say_them(day: str, words: str) -> None:
    assert lunar_of(day_of(day)).in_words == words


def test_a_day_may_be_typed_in_several_ways() -> None:
    typed = ("24/11/2026", "2026-11-24", "24-11-2026", "24.11.2026", " 24/11/2026 ")
    assert {day_of(one) for one in typed} == {date(2026, 11, 24)}
    assert weekday_name(date(2026, 11, 24)) == "Thứ Ba"


@pytest.mark.parametrize("typed", ["", "31/2/2026", "24/11", "11/24/2026", "24/11/1850", "mai"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="ví dụ 24/11/2026"):
        day_of(typed)


def test_the_months_of_years_to_come_tell_every_day_that_the_calendar_tells() -> None:
    months = months_from(date(2026, 11, 28), 2)
    for days in range(700):
        day = date(2026, 11, 28) + timedelta(days=days)
        number = (day - date(1970, 1, 1)).days
        month = [one for one in months if one.begins <= number][-1]
        lunar = lunar_of(day)
        assert (number - month.begins + 1, month.month, month.leap) == (
            lunar.day,
            lunar.month,
            lunar.leap,
        )


@pytest.mark.parametrize(
    ("year", "tet"), [(2027, date(2027, 2, 6)), (2030, date(2030, 2, 2)), (2053, date(2053, 2, 18))]
)
def test_tet_falls_where_viet_nam_keeps_it(year: int, tet: date) -> None:
    assert tet_of(year) == tet
