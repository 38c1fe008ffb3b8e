"""The faces set Vietnamese, Jrai and Bahnar with all their marks apart."""

import pytest
from PIL import Image, ImageChops, ImageDraw

from signage.render.legibility import ladder
from signage.render.pixel_faces import PIXEL_SIZES
from signage.render.typefaces import BOLD, Face, outline_face, pixel_face, require_raqm


def picture_of(face: Face, text: str) -> Image.Image:
    picture = Image.new("L", (face.length(text) + 40, face.size * 4))
    face.draw(ImageDraw.Draw(picture), 20, face.size * 5 // 2, text)
    return picture


def test_this_machine_can_set_combining_marks() -> None:
    require_raqm()


@pytest.mark.parametrize("letter", ["ê", "ô", "ơ", "ư", "Ê", "Ô", "Ơ", "Ư", "â", "c"])
def test_a_breve_stands_on_its_letter_and_takes_no_room(letter: str) -> None:
    face = outline_face(60, BOLD)
    assert face.length(letter + "\u0306") == face.length(letter)
    plain, marked = (picture_of(face, text).getbbox() for text in (letter, letter + "\u0306"))
    assert plain
    assert marked
    assert marked[1] < plain[1]
    assert marked[0] >= plain[0] - 6
    assert marked[2] <= plain[2] + 6


@pytest.mark.parametrize("size", [20, 44, 104])
def test_lines_of_outline_faces_stand_at_least_1_45_em_apart(size: int) -> None:
    face = outline_face(size)
    assert face.line >= 1.45 * size
    assert face.line_of("mơdơ̆") >= 1.6 * size


@pytest.mark.parametrize("size", [26, 60])
def test_the_tallest_letters_of_one_line_miss_the_deepest_of_the_line_above(size: int) -> None:
    face = outline_face(size, BOLD)
    assert face.above + face.below < face.line
    assert face.above_of("Ê̆") + face.below < face.line_of("Ê̆")


@pytest.mark.system("pixel faces")
@pytest.mark.parametrize("size", PIXEL_SIZES)
def test_pixel_faces_have_no_half_lit_dots(size: int) -> None:
    face = pixel_face(size, BOLD)
    ink = picture_of(face, "ẶỘỮỄỸ Ê̆ gjy Trường Sa")
    assert {value for value, count in enumerate(ink.histogram()) if count} == {0, 255}


@pytest.mark.system("pixel faces")
@pytest.mark.parametrize("size", PIXEL_SIZES)
@pytest.mark.parametrize("pair", ["ũủ", "ẫẩ", "ễể", "ộô", "ứừ", "Ũủ"])
def test_pixel_faces_keep_tone_marks_apart(size: int, pair: str) -> None:
    one, other = (picture_of(pixel_face(size), letter) for letter in pair)
    difference = ImageChops.difference(one.crop((0, 0, 60, 90)), other.crop((0, 0, 60, 90)))
    assert sum(difference.histogram()[1:]) >= 2


@pytest.mark.parametrize("weight", [500, BOLD])
@pytest.mark.parametrize("letters", ["Â̆Ê̆Ô̆Ơ̆Ư̆", "ê̆ô̆ơ̆ư̆ƀč", "ẤẪỄỖỸ"])
def test_no_size_in_use_cuts_a_mark(weight: int, letters: str) -> None:
    faces = {*ladder(True, 192, 8, weight), *ladder(False, 192, 20, weight)}
    for face in faces:
        picture = picture_of(face, letters)
        above = picture.crop((0, 0, picture.width, face.size * 5 // 2 - face.above_of(letters)))
        # Hinting may leave a shade of the outermost edge, which nobody misses.
        assert above.getextrema()[1] < 96, face.size
