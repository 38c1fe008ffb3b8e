"""What the generator mends: horned letters that read wrongly in the source fonts."""

import unicodedata

import pytest
from PIL import Image, ImageDraw

from signage.render.pixel_faces import PIXEL_SIZES
from signage.render.pixel_faces.mends import with_acutes_apart, with_open_horns
from signage.render.pixel_faces.pcf import Glyph
from signage.render.typefaces import pixel_face

BODY = frozenset((x, y) for x in range(1, 5) for y in range(6))
DOT, HORN = frozenset({(2, -2)}), frozenset({(6, 6), (6, 7)})
ACUTE = frozenset({(3, 8), (4, 9)})


def glyphs_of(**inks: frozenset[tuple[int, int]]) -> dict[int, Glyph]:
    return {ord(letter): Glyph(8, ink) for letter, ink in inks.items()}


def test_a_horned_letter_is_drawn_as_under_its_dot() -> None:
    squeezed = frozenset({(0, 0)})
    source = glyphs_of(
        **dict.fromkeys("ơưƠƯ", squeezed), **dict.fromkeys("ợựỢỰ", BODY | HORN | DOT)
    )
    mended = with_open_horns(source)
    assert {mended[ord(letter)].ink for letter in "ơưƠƯ"} == {BODY | HORN}
    assert mended[ord("ợ")] == source[ord("ợ")]


def test_the_acute_over_a_horned_letter_stands_clear_of_the_horn() -> None:
    source = glyphs_of(
        **dict.fromkeys("ouOU", BODY),
        **dict.fromkeys("óúÓÚ", BODY | ACUTE),
        **dict.fromkeys("ơưƠƯ", BODY | HORN),
        **dict.fromkeys("ớứỚỨ", BODY),
    )
    mended = with_acutes_apart(source)
    assert mended[ord("ớ")].ink == BODY | HORN | {(2, 8), (3, 9)}


def drawn(size: int, weight: int, text: str) -> Image.Image:
    face = pixel_face(size, weight)
    mask = Image.new("L", (face.length(text) + 4, face.above + face.below + 8))
    face.draw(ImageDraw.Draw(mask), 2, face.above + 4, text)
    return mask


@pytest.mark.system("pixel faces")
@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("size", PIXEL_SIZES)
def test_no_letter_of_vietnamese_reaches_out_of_its_rows(size: int, weight: int) -> None:
    face = pixel_face(size, weight)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯYđĐgqpy":
        for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"):
            letter = unicodedata.normalize("NFC", vowel + mark)
            if len(letter) > 1:
                continue
            box = drawn(size, weight, letter).getbbox()
            assert box is not None
            assert box[1] >= 4, letter
            assert box[3] <= face.above + face.below + 4, letter


@pytest.mark.system("pixel faces")
@pytest.mark.parametrize("letter", "ươƯƠ")
def test_no_horned_letter_of_the_20_px_face_is_much_darker_than_its_bare_one(letter: str) -> None:
    bare = unicodedata.normalize("NFD", letter)[0]
    assert _density(drawn(20, 400, letter)) < _density(drawn(20, 400, bare)) * 1.15


def _density(mask: Image.Image) -> float:
    inked = mask.crop(mask.getbbox())
    return sum(inked.histogram()[128:]) / (inked.width * inked.height)
