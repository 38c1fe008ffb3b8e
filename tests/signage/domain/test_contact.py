"""Whoever has no smartphone can still ask: a number to call or a place to go to."""

import pytest

from signage.domain.contact import only_online

ONLINE = [
    "Đăng ký tại https://dichvucong.gov.vn".replace("tại ", ""),
    "Chi tiết: pleiku.gialai.gov.vn",
    "Quét mã QR để đăng ký",
    "Liên hệ qua Zalo của phường",
    "Gửi thư về tiepdan@pleiku.gov.vn",
]


@pytest.mark.parametrize("text", ONLINE)
def test_a_contact_that_needs_a_smartphone_is_told(text: str) -> None:
    told = only_online({"title": "Tiêm chủng", "body": text})
    assert told is not None
    assert (told.severity, told.field) == ("warn", "body")


@pytest.mark.parametrize(
    "way",
    [
        "hoặc gọi 0269 3824 123",
        "hoặc gọi 1022",
        "tổng đài 1900 1234",
        "hoặc đến bộ phận Một cửa",
        "hoặc tại UBND phường Hội Phú",
        "hoặc hỏi tổ trưởng tổ dân phố",
    ],
)
@pytest.mark.parametrize("text", ONLINE)
def test_a_number_or_a_place_beside_it_is_enough(text: str, way: str) -> None:
    assert only_online({"body": f"{text}, {way}"}) is None


def test_a_slide_without_any_contact_is_fine() -> None:
    assert only_online({"body": "Cắt điện 7–11 giờ ngày 25.11.2026, đường Hùng Vương."}) is None


def test_who_wrote_it_is_no_place_to_go_to() -> None:
    assert only_online({"body": "Xem pleiku.vn", "source": "UBND phường Hội Phú"}) is not None
