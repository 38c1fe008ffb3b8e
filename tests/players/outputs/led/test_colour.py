"""What the panels get for a colour: balance, curve, brightness, power cap, dither."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from players.outputs.led.colour import Colour
from players.outputs.led.settings import LedSettings


def colour(**changes):
    return Colour(LedSettings(protocol="ddp", target="x", **changes))


def flat(value, size=(8, 8)):
    return np.full((*size, 3), value, np.uint8)


def test_left_alone_a_picture_goes_out_untouched():
    picture = np.random.default_rng(1).integers(0, 256, (9, 7, 3), np.uint8)
    assert colour().apply(picture, 0) is picture


def test_white_is_what_the_balance_says():
    # On panels that bend the curve themselves, half the light of blue is code 186.
    shown = colour(white_balance=(100, 100, 50)).apply(flat(255), 0)
    assert shown[0, 0].tolist() == [255, 255, 186]


@pytest.mark.parametrize(
    ("curve", "middle"),
    [("device", 128), ("cie1931", 47), ("srgb", 55), ("gamma2.2", 56), ("gamma2.8", 37)],
)
def test_a_curve_bends_the_middle_and_keeps_black_and_white(curve, middle):
    bent = colour(curve=curve)
    assert [int(bent.apply(flat(value), 0)[0, 0, 0]) for value in (0, 128, 255)] == [0, middle, 255]


def test_half_the_brightness_is_half_the_light():
    dimmed = colour(curve="cie1931")
    dimmed.brightness = 0.5
    assert dimmed.apply(flat(255), 0)[0, 0, 0] == 128


@settings(max_examples=25)
@given(st.integers(0, 255), st.floats(0, 1), st.sampled_from(["device", "cie1931", "gamma2.8"]))
def test_dimming_never_makes_anything_brighter(value, brightness, curve):
    bright, dark = colour(curve=curve), colour(curve=curve)
    dark.brightness = brightness
    assert dark.apply(flat(value), 0).max() <= bright.apply(flat(value), 0).max()


def test_a_white_slide_is_dimmed_to_the_power_cap_at_once_and_a_dark_one_is_not():
    capped = colour(curve="gamma2.2", power_cap=40)
    assert (
        capped.apply(flat(60), 0)[0, 0, 0] == colour(curve="gamma2.2").apply(flat(60), 0)[0, 0, 0]
    )
    assert capped.apply(flat(255), 1).mean() == pytest.approx(255 * 0.40, abs=1)


def test_after_a_white_slide_the_wall_brightens_little_by_little():
    capped = colour(curve="gamma2.2", power_cap=40)
    capped.apply(flat(255), 0)
    seen = [int(capped.apply(flat(128), frame)[0, 0, 0]) for frame in range(20)]
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] == 56
    assert not capped.changes()


def test_four_dithered_frames_make_the_shade_that_one_can_not():
    exact = 255 * (100 / 255) ** 2.8 * 0.1
    dithered = colour(curve="gamma2.8", dither=True)
    dithered.brightness = 0.1
    frames = [dithered.apply(flat(100), number) for number in range(4)]
    assert np.mean(frames) == pytest.approx(exact, abs=0.05)
    assert np.abs(np.mean(frames, axis=0) - exact).max() <= 0.25
