"""Every pair of paper and ink that we use can be read."""

import pytest

from signage.render.alert_livery import livery_of
from signage.render.colours import (
    BLACK,
    BOARD,
    MIN_ALERT_CONTRAST,
    MIN_TEXT_CONTRAST,
    RISK_COLOURS,
    SCREEN,
    WHITE,
    contrast,
    luminance,
)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("led", [False, True])
@pytest.mark.parametrize("kind", ["alert", "drill", "all_clear"])
@pytest.mark.parametrize("level", range(6))
def test_alerts_have_seven_to_one(level: int, kind: str, led: bool) -> None:
    livery = livery_of(kind, level, led=led)  # type: ignore[arg-type]
    assert contrast(livery.paper, livery.ink) >= MIN_ALERT_CONTRAST
    assert contrast(livery.banner_paper, livery.banner_ink) >= MIN_ALERT_CONTRAST


def test_risk_levels_have_black_letters_up_to_three_and_white_from_four() -> None:
    assert [RISK_COLOURS[level].ink for level in range(1, 6)] == [BLACK] * 3 + [WHITE] * 2


def test_risk_levels_are_light_blue_light_yellow_orange_red_and_purple() -> None:
    blue, yellow, orange, red, purple = (RISK_COLOURS[level].paper for level in range(1, 6))
    assert blue[2] > blue[1] > blue[0]
    assert min(yellow[:2]) > 2 * yellow[2] - 20
    assert orange[0] > orange[1] > orange[2]
    assert red[0] > 10 * max(red[1:])
    assert purple[2] > purple[0] > purple[1]


@pytest.mark.parametrize("look", [SCREEN, BOARD], ids=["screen", "board"])
def test_ordinary_slides_have_readable_pairs(look) -> None:  # type: ignore[no-untyped-def]
    pairs = [
        (look.paper, look.ink),
        (look.paper, look.quiet),
        (look.band, look.band_ink),
        (look.band, look.band_quiet),
        (look.banner, look.banner_ink),
    ]
    assert all(contrast(*pair) >= MIN_TEXT_CONTRAST for pair in pairs)


def test_boards_stay_dark() -> None:
    assert luminance(BOARD.paper) == 0
    assert luminance(BOARD.band) < 0.05
