"""Words in old code pages are told, with what they most likely mean."""

import pytest

from signage.domain.legacy_text import findings_of_legacy, legacy_of


@pytest.mark.parametrize(
    ("typed", "code", "meant"),
    [
        ("Th«ng b¸o tiªm chñng", "TCVN3", "Thông báo tiêm chủng"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Thoâng baùo tieâm chuûng", "VNI", "Thông báo tiêm chủng"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "VNI", "Độc lập - Tự do - Hạnh phúc"),
        (r"lơ\m [ăch kăn [o#", "ASCII", "lơ̆m ƀăch kăn ƀŏ"),
        ("{ok", "ASCII", "Ƀok"),
    ],
)
def test_an_old_code_page_is_known_by_its_signs(typed: str, code: str, meant: str) -> None:
    assert legacy_of(typed) == (code, meant)


@pytest.mark.parametrize(
    "typed",
    [
        "Thông báo hoà bình, khoá học, quê toán",
        "Bơ̆jŭ ƀuôn čư̆ siăm ñu",
        "[tin mới] Giá 20 °C",
        "«Xin chào» A×B",
        "Opening hours 7:30",
    ],
)
def test_unicode_is_left_in_peace(typed: str) -> None:
    assert legacy_of(typed) is None


def test_the_author_is_told_which_field_and_nothing_is_changed() -> None:
    fields = {"title": "Th«ng b¸o", "body": "Thông báo"}
    [told] = findings_of_legacy(fields)
    assert (told.field, told.severity, told.params["text"]) == ("title", "warn", "Thông báo")
