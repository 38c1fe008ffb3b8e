"""Contrast is measured on the pixels that were drawn, not on the colours that were meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.domain.sentences import Refused
from signage.render.alert_bands import Measures
from signage.render.alert_composer import Composer, Part
from signage.render.alert_livery import livery_of
from signage.render.colours import BLACK, MIN_ALERT_CONTRAST, WHITE, contrast
from signage.render.contents import contents_of
from signage.render.findings.contrasts import contrasts
from signage.render.typefaces import outline_face, pixel_face
from tests.signage.render.findings.drawn import told
from tests.signage.render.samples import PROFILES

GREYS = st.integers(0, 255)
FACE = outline_face(60, 700)


def test_white_on_black_stands_out() -> None:
    assert contrasts(told("Cắt điện", FACE), "led") == []


def test_grey_on_grey_is_refused_with_its_ratio() -> None:
    [found] = contrasts(told("Cắt điện", FACE, ink=(120, 120, 120), paper=(160, 160, 160)), "led")
    assert (found.severity, found.field) == ("refuse", "body")
    assert "tương phản 1,6 : 1, cần ít nhất 4,5 : 1" in found.text()


def test_what_is_really_behind_the_letters_counts() -> None:
    # The layout thinks its paper black; somebody has painted the room white.
    [found] = contrasts(told("Cắt điện", FACE, ink=WHITE, paper=BLACK, under=WHITE), "led")
    assert found.code == "contrast"


@given(GREYS, GREYS)
def test_large_letters_have_about_the_contrast_of_their_colours(ink: int, paper: int) -> None:
    colours = ((ink,) * 3, (paper,) * 3)
    [one] = told("HỘI", FACE, ink=colours[0], paper=colours[1])
    assert 1.0 <= one.written.contrast <= contrast(*colours) + 0.01
    assert one.written.contrast >= contrast(*colours) * 0.75


@pytest.mark.system("pixel faces")
def test_a_pixel_face_has_exactly_the_contrast_of_its_colours() -> None:
    [one] = told("Hội", pixel_face(16, 700), ink=(255, 204, 48), paper=(0, 48, 66))
    assert one.written.contrast == pytest.approx(contrast((255, 204, 48), (0, 48, 66)))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.id)
@pytest.mark.parametrize("kind", ["alert", "all_clear", "drill"])
@pytest.mark.parametrize("level", range(6))
def test_alerts_stand_out_even_more(kind, level, profile) -> None:
    measures = Measures(profile)
    livery = livery_of(kind, level, led=measures.led)
    parts = [Part("headline", "LŨ QUÉT", 60, measures.least, 3)]
    try:
        page = Composer(measures, livery, drill=kind == "drill").draw(parts)
    except Refused:
        pytest.fail("an alert of two words fits everywhere")
    for one in contents_of(page).written:
        assert one.contrast >= MIN_ALERT_CONTRAST, one.text
