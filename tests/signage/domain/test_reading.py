"""A slide stands long enough to be read, or its author is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.domain.reading import (
    in_second_script,
    seconds_to_read,
    too_fast,
    too_short,
    word_count,
    words_a_minute,
)
from signage.domain.slide import Slide


def slide(words: int, seconds: int, word: str = "chữ") -> Slide:
    return Slide(id="s", layout="notice", fields={"body": f"{word} " * words}, seconds=seconds)


def test_ten_words_are_read_in_five_seconds() -> None:
    assert too_short(slide(10, 5)) is None
    told = too_short(slide(10, 4))
    assert told is not None
    assert told.params == {"words": 10, "needed": 5, "seconds": 4}
    assert told.field == "seconds"


def test_the_second_script_takes_a_third_longer() -> None:
    assert too_short(slide(10, 6, "bơ̆ng")) is not None
    assert too_short(slide(10, 7, "bơ̆ng")) is None


@pytest.mark.parametrize("text", ["ƀok", "hơdrŭng", "lơ̆m", "čar", "ñu"])
def test_letters_that_vietnamese_lacks_are_known(text: str) -> None:
    assert in_second_script(text)


@pytest.mark.parametrize("text", ["Ủy ban nhân dân phường Hội Phú", "ăn, nằm, ẵm, Ặ, đường", ""])
def test_vietnamese_is_no_second_script(text: str) -> None:
    assert not in_second_script(text)


def test_dashes_and_bullets_are_no_words() -> None:
    assert word_count(["- Sáng: 7 giờ – 11 giờ", "•"]) == 5


def test_a_slide_without_words_needs_no_time() -> None:
    assert too_short(Slide(id="s", layout="full_picture", fields={}, seconds=3)) is None


def test_more_words_than_any_slide_may_stand_are_told_to_be_split() -> None:
    told = too_short(slide(400, 120))
    assert told is not None
    assert "chia thành nhiều trang" in told.text()


@given(st.integers(0, 200), st.integers(3, 120))
def test_what_is_told_is_what_helps(words: int, seconds: int) -> None:
    told = too_short(slide(words, seconds))
    if told is not None:
        assert too_short(slide(words, int(told.params["needed"]))) is None


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=40))
def test_another_word_never_takes_less_time(texts: list[str], more: str) -> None:
    assert seconds_to_read([*texts, more]) >= seconds_to_read(texts)


def test_a_line_may_not_run_faster_than_it_is_read() -> None:
    assert too_fast(words=10, width=1000, step=2, every=1) is None
    told = too_fast(words=10, width=400, step=2, every=1)
    assert told is not None
    assert told.params == {"per_minute": 180, "most": 171}


def test_a_line_that_moves_every_other_frame_is_half_as_fast() -> None:
    assert too_fast(words=10, width=400, step=2, every=2) is None


def test_words_a_minute_follow_the_pace_of_the_strip() -> None:
    assert words_a_minute(6, 1200, 1, 1) == 18
    assert words_a_minute(6, 1200, 3, 1) == 54
    assert words_a_minute(6, 1200, 1, 2) == 9
