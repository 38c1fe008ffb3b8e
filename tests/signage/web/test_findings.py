"""What many slides have in common is said once, so that what is wrong with one stands out."""

from signage.domain.finding import Finding, Severity
from signage.web.findings import said_of_many


def finding(severity: Severity, msgid: str) -> Finding:
    return Finding(code="light", severity=severity, msgid=msgid, profile="led")


def test_what_three_slides_share_is_said_once_with_their_number() -> None:
    shared, own = finding("note", "Chữ trong ảnh."), finding("warn", "Trang quá sáng.")
    assert said_of_many([[shared], [shared, own], [shared]]) == [(shared, 3)]


def test_what_keeps_a_slide_off_a_board_stands_beside_each() -> None:
    refusal = finding("refuse", "Quá nhiều chữ.")
    assert said_of_many([[refusal]] * 5) == []
