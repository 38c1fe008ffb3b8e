"""Letters are as high as the viewing distance asks for, or it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from signage.render.findings.heights import heights
from signage.render.legibility import is_led, ladder, least_size
from signage.render.typefaces import outline_face
from tests.signage.pleiku import HOUSE_SCREEN
from tests.signage.render.findings.drawn import told

# A pixel of this display is a millimetre, so that px are mm.
MILLIMETRES = replace(HOUSE_SCREEN, pitch_um=1_000)
FACE = outline_face(100)  # capitals of 71 px


def severities(viewing_cm: int, field: str = "body") -> list[str]:
    profile = replace(MILLIMETRES, viewing_cm=viewing_cm)
    return [one.severity for one in heights(told("Cắt điện", FACE, field=field), profile)]


def test_a_centimetre_of_capital_is_read_from_about_three_point_six_metres() -> None:
    assert severities(25_00) == []
    assert severities(30_00) == ["warn"]


def test_letters_too_low_to_be_made_out_are_refused() -> None:
    assert severities(42_00) == ["warn"]
    assert severities(50_00) == ["refuse"]


def test_a_source_may_be_as_low_as_can_be_made_out() -> None:
    assert severities(42_00, field="source") == []
    assert severities(50_00, field="source") == ["refuse"]


def test_the_sentence_says_how_high_and_from_where() -> None:
    [found] = heights(told("Cắt điện", FACE), replace(MILLIMETRES, viewing_cm=40_00))
    assert found.params == {"height": 71, "near": 26, "far": 40}


@given(st.integers(1_000, 20_000), st.integers(100, 20_000), st.sampled_from(["body", "alert"]))
def test_the_least_size_of_a_profile_has_no_finding(pitch: int, viewing: int, purpose: str) -> None:
    profile = replace(MILLIMETRES, pitch_um=pitch, viewing_cm=viewing)
    least = least_size(profile, purpose)
    if least > 400:
        return
    [face] = ladder(is_led(profile), least, least, 700)[-1:]
    assert heights(told("Hội", face), profile) == []


@pytest.mark.parametrize("viewing_cm", [100, 600])
def test_only_the_lowest_letters_of_a_field_are_told(viewing_cm: int) -> None:
    profile = replace(MILLIMETRES, viewing_cm=viewing_cm)
    both = told("Cắt", outline_face(9)) + told("Cắt", outline_face(8))
    assert len(heights(both, profile)) == (viewing_cm == 600)
