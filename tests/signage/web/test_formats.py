import pytest
from flask import Flask

from signage.domain.sentences import Refused
from signage.web import formats
from tests.signage.pleiku import NOON


def test_a_moment_is_told_in_the_time_of_pleiku() -> None:
    assert formats.day_time(NOON) == "23/11/2026 12:00"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("7:30", 450), ("07h30", 450), ("7 giờ 30", 450), ("7h", 420), ("24:00", 1440), ("0:00", 0)],
)
def test_an_hour_may_be_typed_as_people_say_it(typed: str, minutes: int) -> None:
    assert formats.parse_hour(typed, field="starts") == minutes


@pytest.mark.parametrize("typed", ["", "25:00", "7:60", "sáng", "24:01", "7:30 PM"])
def test_an_hour_that_is_none_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        formats.parse_hour(typed, field="starts")
    assert refusal.value.field == "starts"


@pytest.mark.parametrize(
    ("typed", "day"), [("1/2/2026", "2026-02-01"), ("2026-02-01", "2026-02-01")]
)
def test_the_day_comes_before_the_month(typed: str, day: str) -> None:
    assert formats.parse_day(typed, field="first_date") == day


@pytest.mark.parametrize("typed", ["31/2/2026", "", "mai", "2026/11/23x"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        formats.parse_day(typed, field="first_date")


def test_midnight_of_the_next_day_is_2400(app: Flask) -> None:
    assert formats.day_time(formats.moment_of("2026-11-23", 1440)) == "24/11/2026 00:00"


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", ("1.234,5", "0,42", "2,4 MB")), ("en", ("1,234.5", "0.42", "2.4 MB"))],
)
def test_numbers_have_the_marks_of_the_language(
    app: Flask, language: str, said: tuple[str, str, str]
) -> None:
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        assert (
            formats.number(1234.5, 1),
            formats.seconds(420),
            formats.size(2_400_000),
        ) == said
