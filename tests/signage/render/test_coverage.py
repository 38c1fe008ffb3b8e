"""Letters that a face lacks are named before anything is drawn."""

import unicodedata

import pytest

from signage.domain.sentences import Refused
from signage.render.coverage import clean_text, missing_letters, refuse_missing_letters
from signage.render.legibility import face_files
from signage.render.typefaces import NOTO_SANS
from tests.signage.render.samples import PROFILES

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
JRAI = "ƀɃčĕŏĭñŭăâêôơưê̆ô̆ơ̆ư̆'"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_all_letters_of_vietnamese_jrai_and_bahnar_can_be_shown(profile) -> None:  # type: ignore[no-untyped-def]
    refuse_missing_letters(VIETNAMESE + VIETNAMESE.upper() + JRAI + "“”–…•", face_files(profile))


def test_missing_letters_are_named_once_each() -> None:
    with pytest.raises(Refused) as refusal:
        refuse_missing_letters("Chúc mừng 🎉🎉 漢 Tết", (NOTO_SANS,), field="title")
    assert "“🎉” (U+1F389), “漢” (U+6F22)" in refusal.value.text()
    assert refusal.value.field == "title"


def test_a_missing_combining_mark_is_shown_on_a_ring() -> None:
    with pytest.raises(Refused, match="◌\u20dd \\(U\\+20DD\\)"):
        refuse_missing_letters("a\u20dd", (NOTO_SANS,))


def test_a_line_break_is_no_missing_letter() -> None:
    assert missing_letters("một\nhai", NOTO_SANS) == []


def test_decomposed_text_is_composed() -> None:
    assert clean_text(unicodedata.normalize("NFD", "Trường Sa")) == "Trường Sa"


def test_signs_without_ink_from_word_and_the_web_are_dropped() -> None:
    assert clean_text("\ufeffHội\u200b Phú\u00ad \u202egpj\u202c\x07") == "Hội Phú gpj"


def test_blanks_become_single_and_line_breaks_stay() -> None:
    assert clean_text("  một \t hai\r\n\u2003ba  \n") == "một hai\nba"
