"""From pixels to a TrueType face and back to pixels: nothing may be lost on the way."""

import random

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from signage.render.pixel_faces.pcf import BitmapFont, Glyph
from signage.render.pixel_faces.truetype import write_face

SIZE, ASCENT, DESCENT, ADVANCE = 13, 11, 2, 7
LETTERS = "BHabcdeghijklmnoprstuvwxy \u0306"


def random_glyph(dice):
    cell = [(x, y) for x in range(ADVANCE - 1) for y in range(-DESCENT, ASCENT - 3)]
    # The corner keeps the ink's left edge at the origin, as a whole letter would.
    return Glyph(ADVANCE, frozenset({(0, 0), *dice.sample(cell, 24)}))


@pytest.fixture(scope="module")
def glyphs():
    dice = random.Random(13)
    return {ord(letter): random_glyph(dice) for letter in LETTERS}


@pytest.fixture(scope="module")
def path(glyphs, tmp_path_factory):
    path = tmp_path_factory.mktemp("faces") / "led-13.ttf"
    font = BitmapFont(ASCENT, DESCENT, glyphs)
    write_face(font, path, size=SIZE, bold=False, notice="Public domain.\nFor tests.")
    return path


def inked(path, text):
    """The pixels that Pillow turns on for `text`, as the glyphs count them; none may be grey."""
    image = Image.new("L", (60, 60), 0)
    font = ImageFont.truetype(str(path), SIZE, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(image).text((20, 30), text, fill=255, font=font, anchor="ls")
    assert set(image.tobytes()) <= {0, 255}
    return {
        (x - 20, 29 - y)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y))
    }


def test_each_glyph_is_drawn_pixel_for_pixel(path, glyphs):
    letters = [letter for letter in LETTERS.strip() if letter != "\u0306"]
    assert {x: inked(path, x) for x in letters} == {x: glyphs[ord(x)].ink for x in letters}


def test_the_second_letter_stands_one_advance_further(path, glyphs):
    moved = {(x + ADVANCE, y) for x, y in glyphs[ord("x")].ink}
    assert inked(path, "Hx") == glyphs[ord("H")].ink | moved


def test_a_letter_and_its_breve_become_one_glyph(path, glyphs):
    assert inked(path, "x\u0306") > glyphs[ord("x")].ink


def test_the_line_has_the_rows_of_the_cell(path):
    assert ImageFont.truetype(str(path), SIZE).getmetrics() == (ASCENT, DESCENT)


def test_the_automatic_hinter_is_kept_away(path):
    with TTFont(path) as font:
        assert font["fpgm"].program.getBytecode() == b"\xb0\x00\x21"


def test_the_same_pixels_give_the_same_file(path, glyphs, tmp_path):
    again = tmp_path / "again.ttf"
    font = BitmapFont(ASCENT, DESCENT, glyphs)
    write_face(font, again, size=SIZE, bold=False, notice="Public domain.\nFor tests.")
    assert again.read_bytes() == path.read_bytes()
