"""Points in time as people write them, and slides that may be shown until then."""

from datetime import datetime

import pytest

from signage.domain.expiry import expiry_of, is_over, minutes_of, moment_of
from signage.domain.sentences import Refused
from signage.domain.slide import Slide
from tests.signage.pleiku import NOON

WRITTEN = {
    "18:00 28/11/2026": datetime.fromisoformat("2026-11-28 18:00"),
    "28/11/2026 18:05": datetime.fromisoformat("2026-11-28 18:05"),
    "6 giờ 30, ngày 28/11/2026": datetime.fromisoformat("2026-11-28 06:30"),
    "7h 1/1/2027": datetime.fromisoformat("2027-01-01 07:00"),
    "2026-11-28 06:05": datetime.fromisoformat("2026-11-28 06:05"),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_point_in_time_is_read_as_people_write_it(text: str) -> None:
    assert moment_of(text) == WRITTEN[text]


def test_a_day_alone_means_its_end_or_its_beginning() -> None:
    assert moment_of("28/11/2026") == datetime.fromisoformat("2026-11-29 00:00")
    assert moment_of("28/11/2026", end=False) == datetime.fromisoformat("2026-11-28 00:00")


@pytest.mark.parametrize("text", ["mai", "25:00 28/11/2026", "18:00", "18:00 31/2/2026", ""])
def test_what_is_no_point_in_time_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="không phải là một thời điểm"):
        moment_of(text)


def bulletin(expires: str) -> Slide:
    return Slide(id="s", layout="bulletin", fields={"expires": expires})


def test_a_slide_is_over_when_the_clock_in_viet_nam_says_so() -> None:
    assert not is_over(bulletin("12:01 23/11/2026"), NOON)
    assert is_over(bulletin("12:00 23/11/2026"), NOON)


def test_a_slide_without_that_field_is_shown_for_ever() -> None:
    assert expiry_of(Slide(id="s", layout="slogan", fields={"text": "Một"})) is None
    assert expiry_of(bulletin("18:00 28/11/2026")) == minutes_of(
        datetime.fromisoformat("2026-11-28 18:00")
    )
