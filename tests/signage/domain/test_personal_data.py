"""Numbers of persons are found in a text; other numbers are not."""

import pytest

from signage.domain.personal_data import findings_of_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CCCD 064090001234", "citizen_id"),
        ("CCCD: 064 090 001 234.", "citizen_id"),
        ("Số 064.090.001.234, cấp 2021", "citizen_id"),
        ("Gọi 0905123456", "phone"),
        ("Gọi 0905 123 456 trước 17 giờ", "phone"),
        ("ĐT: 0905.123.456", "phone"),
        ("+84 905 123 456", "phone"),
        ("84905123456", "phone"),
        ("Văn phòng: 0269 3824 123", "phone"),
        ("Văn phòng: 02693 824 123", "phone"),
    ],
)
def test_a_number_of_a_person_is_found(text: str, kind: str | None) -> None:
    assert [finding.kind for finding in findings_of_text(text)] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "text",
    [
        "Kinh phí 120.000.000.000 đồng",
        "012345678901 đồng",
        "Ngày 24/11/2026 lúc 08:30",
        "Tài khoản 1234567890123456",
        "Số 999090001234",
        "Tổng đài 1900 1234, cứu hoả 114",
        "Năm 2026 có 365 ngày",
        "Quốc lộ 14, km 1.602",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert findings_of_text(text) == []


def test_a_finding_keeps_its_place_and_not_the_number() -> None:
    text = "Ông A, số 064090001234, gọi 0905123456."
    citizen, phone = findings_of_text(text)
    assert text[citizen.start : citizen.end] == "064090001234"
    assert text[phone.start : phone.end] == "0905123456"
    assert (citizen.masked, phone.masked) == ("…234", "…456")
    assert "…234" in citizen.sentence().text()
    assert "Hãy" in phone.sentence().text()
