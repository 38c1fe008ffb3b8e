"""Identifiers, titles and search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.domain.names import checked_id, checked_title, without_accents
from signage.domain.sentences import Refused


@pytest.mark.parametrize(
    "bad", ["", "Hoa Lư", "../etc", "a/b", "a--b", "-a", "hoa_lu", "a\n", "a" * 61, "#", "+"]
)
def test_an_identifier_fits_topics_files_and_addresses(bad: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_id(bad)
    assert "hoa-lu" in refused.value.text()


def test_a_title_loses_outer_blanks_and_becomes_composed() -> None:
    assert checked_title("  Hô\u0323i Phu\u0301 ") == "Hội Phú"


@pytest.mark.parametrize("bad", ["", "   ", "a" * 121, "an\x00toàn", "chữ\u202eđảo"])
def test_a_title_that_is_empty_long_or_disguised_is_refused(bad: str) -> None:
    with pytest.raises(Refused):
        checked_title(bad)


def test_search_finds_letters_without_their_marks() -> None:
    assert without_accents("Đường Hội Phú, Ƀôk Ê̆") == "duong hoi phu, ƀok e"


@given(st.text())
def test_search_compares_the_same_words_however_they_are_typed(text: str) -> None:
    assert without_accents(without_accents(text)) == without_accents(text)
