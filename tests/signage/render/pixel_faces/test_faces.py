"""The faces that set-up made: every letter of Vietnamese, Jrai and Bahnar, and no grey pixel."""

import string
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from signage.render.pixel_faces import PIXEL_SIZES, face_path
from signage.render.pixel_faces.alphabet import (
    BREVE,
    BREVE_PAIRS,
    JRAI_AND_BAHNAR,
    SIGNS,
    VIETNAMESE,
)

pytestmark = pytest.mark.system("pixel faces")

FACES = [(size, bold) for size in PIXEL_SIZES for bold in (False, True)]
REQUIRED = VIETNAMESE | JRAI_AND_BAHNAR | SIGNS | set(string.printable.strip()) | {" ", BREVE}
LETTERS = sorted(VIETNAMESE | JRAI_AND_BAHNAR | set(string.ascii_letters))
SENTENCE = "ẶỘỮỄỸ čư̆ Pơ̆ng ê̆ â̆ ô̆ CẢNH BÁO: MƯA LŨ 50.000₫ “Ƀôh ƀăl”"


def face(size, bold):
    return ImageFont.truetype(str(face_path(size, bold)), size, layout_engine=ImageFont.Layout.RAQM)


def picture(text, font):
    """The text drawn as a board would get it, with the baseline on row 80."""
    width = max(1, round(font.getlength(text))) + 8
    image = Image.new("L", (width, 120), 0)
    ImageDraw.Draw(image).text((4, 80), text, fill=255, font=font, anchor="ls")
    return image


def ink_rows(image):
    return [y for y in range(image.height) if image.crop((0, y, image.width, y + 1)).getbbox()]


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_no_required_character_is_missing(size, bold):
    with TTFont(face_path(size, bold)) as font:
        assert {letter for letter in REQUIRED if ord(letter) not in font.getBestCmap()} == set()


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_a_sentence_has_no_grey_pixel(size, bold):
    colours = {value for _, value in picture(SENTENCE, face(size, bold)).getcolors()}
    assert colours == {0, 255}


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_no_letter_has_a_grey_pixel(size, bold):
    font = face(size, bold)
    assert [letter for letter in LETTERS if len(picture(letter, font).getcolors()) != 2] == []


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_no_two_letters_look_alike(size, bold):
    font = face(size, bold)
    seen = {}
    for letter in LETTERS:
        seen.setdefault(picture(letter, font).tobytes(), []).append(letter)
    assert [same for same in seen.values() if len(same) > 1] == []


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_a_breve_stands_above_its_letter_with_one_free_row(size, bold):
    """Over ê the hat is under the breve: ink, one free row, breve."""
    rows = ink_rows(picture("ê" + BREVE, face(size, bold)))
    letter_top = ink_rows(picture("ê", face(size, bold)))[0]
    breve = [row for row in rows if row < letter_top]
    assert breve
    assert breve[-1] == letter_top - 2


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_a_letter_keeps_its_width_under_a_breve(size, bold):
    font = face(size, bold)
    wider = [
        letter for letter in BREVE_PAIRS if font.getlength(letter + BREVE) != font.getlength(letter)
    ]
    assert wider == []


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_decomposed_text_looks_like_composed_text(size, bold):
    font = face(size, bold)
    words = "Nước lũ về Ia Grai, Pơ̆ng čư̆"
    composed = picture(unicodedata.normalize("NFC", words), font)
    decomposed = picture(unicodedata.normalize("NFD", words), font)
    assert composed.tobytes() == decomposed.tobytes()


@pytest.mark.parametrize("size", PIXEL_SIZES)
def test_bold_is_never_lighter_than_regular(size):
    regular = picture(SENTENCE, face(size, False)).histogram()[255]
    assert picture(SENTENCE, face(size, True)).histogram()[255] >= regular


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_twice_the_size_is_the_same_picture_with_larger_pixels(size, bold):
    path = str(face_path(size, bold))
    once = picture(SENTENCE, ImageFont.truetype(path, size))
    twice = picture(SENTENCE, ImageFont.truetype(path, 2 * size))
    enlarged = once.resize((once.width * 2, once.height * 2), Image.Resampling.NEAREST)
    assert twice.crop(twice.getbbox()).tobytes() == enlarged.crop(enlarged.getbbox()).tobytes()


@pytest.mark.parametrize(("size", "bold"), FACES)
def test_each_face_carries_the_notice_of_its_source(size, bold):
    with TTFont(face_path(size, bold)) as font:
        notice = font["name"].getDebugName(13)
    assert "Public domain" in notice or "Redistributions in binary form" in notice


def test_there_is_no_face_of_another_size():
    assert face_path(18, bold=False) is None
