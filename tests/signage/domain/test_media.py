"""File names: what is kept, and what could mislead or escape."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.domain.media import MAX_FILENAME_BYTES, safe_filename
from signage.domain.sentences import Refused


def test_a_vietnamese_name_stays_as_it_is() -> None:
    assert safe_filename("Ảnh lễ hội 24-11.jpg") == "Ảnh lễ hội 24-11.jpg"


def test_a_name_from_macos_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Ảnh lễ hội.jpg")
    assert safe_filename(decomposed) == "Ảnh lễ hội.jpg"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..", "a/b.jpg", "a\\b.jpg", "C:\\fakepath\\a.jpg", "..jpg"],
)
def test_a_name_with_a_path_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        safe_filename(name)
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    "name", ["a\x00.jpg", "a\n.jpg", "a\x1b[31m.jpg", "a\u202egpj.exe", "a\u200b.jpg", "a\x7f.jpg"]
)
def test_a_name_with_unseen_letters_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="không nhìn thấy"):
        safe_filename(name)


@pytest.mark.parametrize("name", ["", " ", ".", "  .  "])
def test_no_name_at_all_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        safe_filename(name)


def test_the_limit_of_a_name_counts_bytes_and_not_letters() -> None:
    assert safe_filename("a" * MAX_FILENAME_BYTES)
    with pytest.raises(Refused, match=str(MAX_FILENAME_BYTES)):
        safe_filename("ệ" * (MAX_FILENAME_BYTES // 3 + 1))


@given(st.text(max_size=300))
def test_a_name_that_is_taken_has_no_path_and_no_control_letters(name: str) -> None:
    with suppress(Refused):
        taken = safe_filename(name)
        assert taken
        assert not set(taken) & set("/\\\x00\n\r")
        assert safe_filename(taken) == taken
