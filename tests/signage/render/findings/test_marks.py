"""Tone marks that run together at a size are told, with the letters that look alike."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.render.findings.marks import (
    DISTINCT_FROM_PX,
    LEAST_DIFFERENCE_PX,
    _difference,
    _glyph,
    alike,
    marks,
)
from signage.render.legibility import LEAST_OUTLINE_PX
from signage.render.typefaces import outline_face, pixel_face
from tests.signage.render.findings.drawn import told

MARKED = "ếềểễệấầẩẫậắằẳẵặốồổỗộớờởỡợứừửữựìíỉĩịđ"
EVERY = [*MARKED, *MARKED.upper()]
WEIGHTS = (400, 500, 600, 700)


def test_the_hat_letters_run_together_in_small_outlines() -> None:
    assert "ế/ể" in alike(outline_face(14), "Tiến")
    assert alike(outline_face(20), "Tiến") == []


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("size", range(LEAST_OUTLINE_PX, DISTINCT_FROM_PX + 8))
def test_outlines_keep_all_marks_apart_from_the_least_size_on(size: int, weight: int) -> None:
    face = outline_face(size, weight)
    for one, other in itertools.combinations(EVERY, 2):
        assert _difference(_glyph(face, one), _glyph(face, other)) >= LEAST_DIFFERENCE_PX


@pytest.mark.parametrize("size", [10, 12, 14])
def test_below_it_they_do_not(size: int) -> None:
    assert alike(outline_face(size), MARKED)


def test_letters_without_marks_are_never_told() -> None:
    assert alike(outline_face(8), "Cat dien duong Hung Vuong, tu 7h") == []


@given(st.text(max_size=60), st.sampled_from([8, 13, 16, 20]))
def test_only_letters_of_the_text_are_told(text: str, size: int) -> None:
    assert all(pair.partition("/")[0] in text for pair in alike(outline_face(size), text))


@pytest.mark.system("pixel faces")
def test_the_pixel_face_of_16_px_keeps_the_tones_of_hat_letters_apart() -> None:
    assert alike(pixel_face(16, 700), "ễ ế ề ể ệ ố ồ ổ ỗ ộ Ễ Ế Ố Ổ Ỗ") == []


@pytest.mark.system("pixel faces")
def test_an_i_with_a_hook_is_a_dot_away_from_an_i_in_the_pixel_face_of_16_px() -> None:
    [note] = marks(told("Nghỉ lễ", pixel_face(16, 700)), "led")
    assert note.severity == "note"
    assert "ỉ/" in str(note.params["pairs"])


def test_the_finding_names_the_letters_and_the_size() -> None:
    [warning] = marks(told("Tiến", outline_face(12)), "led")
    assert (warning.severity, warning.field) == ("warn", "body")
    assert "cỡ 12 điểm" in warning.text()
    assert "ế/" in warning.text()


def test_letters_of_jrai_are_compared_where_the_text_is_jrai() -> None:
    assert any(pair.startswith("ŏ/") for pair in alike(outline_face(8), "pŏk ƀok"))
