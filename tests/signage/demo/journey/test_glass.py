"""Tests that the check reads pixels: what is on a glass is known by its picture, not by a name."""

import io

import pytest
from PIL import Image

from signage.demo.journey.glass import View, frames, last_number, picture_of, shows
from signage.demo.journey.watch import NOTHING, UNKNOWN, NotOnGlass, Watch

SIZE = (32, 16)
RED, GREEN = (200, 0, 0), (0, 160, 0)


def picture(colour, size=SIZE) -> bytes:
    image = Image.new("RGB", size, colour)
    image.putpixel((3, 4), (255, 255, 255))
    return encoded(image)


def encoded(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def striped(width=20, height=4) -> Image.Image:
    strip = Image.new("RGB", (width, height))
    for x in range(width):
        strip.paste((10 * x, 255 - 10 * x, x * x % 256), (x, 0, x + 1, height))
    return strip


def with_band(offset: int, band: Image.Image | None = None) -> Image.Image:
    """A glass with a red picture above a window on the strip."""
    strip = band or striped()
    glass = Image.open(io.BytesIO(picture(RED, (32, 12)))).convert("RGB")
    whole = Image.new("RGB", SIZE)
    whole.paste(glass, (0, 0))
    for left in range(-offset, 32, strip.width):
        whole.paste(strip, (left, 12))
    return whole


def with_a_ticker() -> View:
    return View(name="red", picture=picture(RED, (32, 12)), strip=encoded(striped()))


def put(folder, number: int, content: bytes) -> None:
    (folder / f"{number:06d}-{number}.png").write_bytes(content)
    (folder / "current.png").write_bytes(content)


@pytest.fixture
def watch(tmp_path):
    watching = Watch({"ubnd": tmp_path})
    watching.learn("ubnd", View(name="the red slide", picture=picture(RED)))
    watching.learn("ubnd", View(name="the green slide", picture=picture(GREEN)))
    return watching


def test_the_same_pixels_in_other_bytes_are_the_same_view():
    image = Image.open(io.BytesIO(picture(RED)))
    other = io.BytesIO()
    image.save(other, "PNG", compress_level=0)
    assert shows(Image.open(other).convert("RGB"), View(name="red", picture=encoded(image)))


def test_one_wrong_pixel_is_another_picture():
    image = Image.open(io.BytesIO(picture(RED))).convert("RGB")
    image.putpixel((0, 0), (201, 0, 0))
    assert not shows(image, View(name="red", picture=picture(RED)))


@pytest.mark.parametrize("offset", [0, 1, 7, 19])
def test_a_strip_may_stand_anywhere_below_its_picture(offset):
    assert shows(with_band(offset), with_a_ticker())


def test_a_band_with_other_letters_is_not_the_strip():
    assert not shows(
        with_band(3, band=striped().transpose(Image.Transpose.ROTATE_180)), with_a_ticker()
    )


def test_a_glass_without_its_strip_is_not_the_view():
    assert not shows(Image.open(io.BytesIO(picture(RED))).convert("RGB"), with_a_ticker())


def test_changes_are_read_in_order(tmp_path):
    for number in (2, 10, 1):
        put(tmp_path, number, picture(RED))
    assert [frame.number for frame in frames(tmp_path, after=1)] == [2, 10]


def test_an_empty_folder_stands_at_nought(tmp_path):
    assert last_number(tmp_path) == 0


def test_a_file_that_is_half_written_is_no_picture_yet(tmp_path):
    (tmp_path / "half.png").write_bytes(picture(RED)[:60])
    assert picture_of(tmp_path / "half.png") is None


def test_a_view_that_came_after_the_mark_is_found(watch, tmp_path):
    marks = watch.marks()
    put(tmp_path, 1, picture(RED))
    came = watch.wait_for({"ubnd": ["the red slide"]}, since=marks, seconds=1, step="publish")
    assert came == {"ubnd": frames(tmp_path)[0].at}


def test_a_view_that_was_there_before_the_mark_does_not_count(watch, tmp_path):
    put(tmp_path, 1, picture(RED))
    with pytest.raises(NotOnGlass):
        watch.wait_for({"ubnd": ["the red slide"]}, since=watch.marks(), seconds=0, step="publish")


def test_what_was_expected_and_what_was_there_is_told(watch, tmp_path):
    marks = watch.marks()
    put(tmp_path, 1, picture(GREEN))
    with pytest.raises(NotOnGlass) as complaint:
        watch.wait_for({"ubnd": ["the red slide"]}, since=marks, seconds=0, step="publish")
    assert str(complaint.value).startswith(
        "publish: within 0 s ubnd should show the red slide;"
        " on the glass since then: the green slide; on it now: the green slide"
    )


def test_a_picture_that_nobody_named_is_told_as_such(watch, tmp_path):
    put(tmp_path, 1, picture((1, 2, 3)))
    assert watch.now("ubnd") == {UNKNOWN}


def test_a_glass_without_any_picture_shows_nothing(watch):
    assert watch.now("ubnd") == {NOTHING}


def test_a_picture_is_known_once_its_view_is_learnt(watch, tmp_path):
    put(tmp_path, 1, picture((1, 2, 3)))
    watch.shown("ubnd")
    watch.learn("ubnd", View(name="the dark slide", picture=picture((1, 2, 3))))
    assert [names for _, names in watch.shown("ubnd")] == [{"the dark slide"}]


def test_anything_else_between_is_noticed(watch, tmp_path):
    marks = watch.marks()
    put(tmp_path, 1, picture(RED))
    put(tmp_path, 2, picture(GREEN))
    put(tmp_path, 3, picture(RED))
    with pytest.raises(NotOnGlass, match="the green slide"):
        watch.nothing_but({"ubnd": ["the red slide"]}, since=marks, step="alert")


def test_a_picture_with_two_names_is_known_by_both(watch, tmp_path):
    watch.learn("ubnd", View(name="the red slide again", picture=picture(RED)))
    put(tmp_path, 1, picture(RED))
    assert watch.now("ubnd") == {"the red slide", "the red slide again"}
