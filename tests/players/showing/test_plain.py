"""The pictures a player draws itself."""

import io

import pytest
from PIL import Image

from players.showing.plain import RED, calm, words

SIZES = [(192, 96), (384, 192), (1920, 1080), (96, 192), (64, 32)]
FLOOD = "Cảnh báo lũ quét\nMưa rất to ở thượng nguồn. Di chuyển ngay đến nơi cao."


def decoded(encoded):
    return Image.open(io.BytesIO(encoded)).convert("RGB")


@pytest.mark.parametrize("size", SIZES)
def test_the_calm_picture_fills_the_glass_and_is_not_black(size):
    picture = decoded(calm(*size))
    assert picture.size == size
    assert min(sum(pixel) for _, pixel in picture.getcolors(2**24)) > 60


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_an_alert_stand_white_on_red(size):
    picture = decoded(words(FLOOD, *size))
    assert picture.size == size
    assert picture.getpixel((0, 0)) == RED
    assert any(min(pixel) > 200 for _, pixel in picture.getcolors(2**24))


def test_no_word_leaves_the_glass():
    picture = decoded(words(FLOOD + " Nghiêng" * 20, 384, 192))
    border = [picture.getpixel((x, y)) for x in range(384) for y in (0, 191)]
    border += [picture.getpixel((x, y)) for x in (0, 383) for y in range(192)]
    assert set(border) == {RED}


def test_short_words_are_set_larger_than_long_ones():
    short, long = (ink(decoded(words(t, 384, 192))) for t in ("LŨ", "LŨ " * 60))
    assert short > long


def ink(picture):
    """Height of the first line in pixels."""
    rows = [
        any(min(picture.getpixel((x, y))) > 128 for x in range(picture.width))
        for y in range(picture.height)
    ]
    first = rows.index(True)
    return ([*rows[first:], False]).index(False)


@pytest.mark.parametrize("text", ["", "\n", "x" * 2000, "Ya Hội ƀơi čih ñu\n" * 30])
def test_any_text_gives_a_picture(text):
    assert decoded(words(text, 192, 96)).size == (192, 96)
