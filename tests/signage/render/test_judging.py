"""One call draws a slide and says all that there is to say about it; it never raises."""

import pytest

from signage.render.judging import findings_of, judge
from tests.signage.pleiku import HOUSE_SCREEN, SMALL_BOARD
from tests.signage.render.samples import NOTICE, slide

LONG = slide("notice", title="Thông báo", body="rất nhiều chữ " * 60, source="")


def test_a_slide_that_can_be_read_has_its_frame() -> None:
    judged = judge(NOTICE, HOUSE_SCREEN)
    assert judged.frame is not None
    assert (judged.frame.width, judged.frame.height) == HOUSE_SCREEN.size
    assert judged.findings == []


def test_a_slide_that_cannot_be_drawn_is_refused_and_the_rest_is_told_too() -> None:
    judged = judge(LONG, SMALL_BOARD)
    assert judged.frame is None
    told = [(one.code, one.severity, one.profile) for one in judged.findings]
    assert told == [("not_drawn", "refuse", "led-192x96"), ("reading_time", "warn", None)]


@pytest.mark.parametrize(
    "broken",
    [slide("no-such-layout"), slide("notice", body="x"), slide("photo", caption="Ảnh", source="")],
    ids=["layout", "title", "picture"],
)
def test_a_broken_slide_is_a_finding_and_no_error(broken) -> None:
    assert findings_of(broken, HOUSE_SCREEN)[0].severity == "refuse"
