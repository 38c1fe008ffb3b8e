"""The words of slides and ticker lines are looked at on their own, before anything is drawn."""

from signage.domain.slide import Slide, TickerLine
from signage.domain.wording import findings_of_lines, findings_of_words


def codes(**fields: str) -> list[tuple[str, str | None]]:
    slide = Slide(id="s", layout="notice", fields=fields, seconds=60)
    return [(one.code, one.field) for one in findings_of_words(slide)]


def test_a_persons_numbers_are_told_with_their_field_and_not_repeated() -> None:
    body = "Ông A, CCCD 064090001234, điện thoại 0912 345 678, gọi 0912 345 678."
    assert codes(title="Nhận quà", body=body) == [("citizen_id", "body"), ("phone", "body")]


def test_the_number_itself_is_not_kept() -> None:
    slide = Slide(id="s", layout="notice", fields={"body": "CCCD 064090001234"}, seconds=60)
    [told] = findings_of_words(slide)
    assert "064090001" not in told.text()
    assert "234" in told.text()


def test_plain_words_have_no_finding() -> None:
    assert codes(title="Cắt điện", body="7–11 giờ ngày 25/11, đường Hùng Vương.") == []


def test_ticker_lines_are_looked_at_together() -> None:
    lines = [
        TickerLine(id="a", text="Xem pleiku.gialai.gov.vn"),
        TickerLine(id="b", text="Gọi 0912 345 678"),
    ]
    assert [one.code for one in findings_of_lines(lines[:1])] == ["contact"]
    assert [(one.code, one.field) for one in findings_of_lines(lines)] == [("phone", "text")]
