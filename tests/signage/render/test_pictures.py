"""Photos are fitted without losing what matters in them."""

import io

import pytest
from PIL import Image, ImageDraw

from signage.domain.fit import share_lost
from signage.render.pictures import contain, cover, on_backdrop, open_clean, thumbnail
from tests.signage.render.samples import chequered


def jpeg(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=92, subsampling=0)
    return stream.getvalue()


def scene_with_detail_at(x: int) -> Image.Image:
    """A flat picture, twice as wide as high, with something to see only around `x`."""
    picture = Image.new("RGB", (800, 400), (120, 120, 120))
    pen = ImageDraw.Draw(picture)
    for step in range(0, 120, 8):
        pen.rectangle((x + step, 100, x + step + 3, 300), fill=(255, 255, 255))
    return picture


@pytest.mark.parametrize("at", [20, 660])
def test_a_cut_keeps_the_side_where_something_happens(at: int) -> None:
    square = cover(scene_with_detail_at(at), (200, 200))
    assert square.size == (200, 200)
    assert any(min(pixel) > 200 for _, pixel in square.getcolors(40000) or [])  # type: ignore[type-var]


def test_a_picture_without_detail_is_cut_in_the_middle() -> None:
    picture = Image.new("RGB", (800, 400), (90, 90, 90))
    picture.paste((91, 90, 90), (300, 0, 500, 400))
    assert cover(picture, (100, 200)).getpixel((50, 100)) == (91, 90, 90)


def test_nothing_is_cut_from_a_picture_of_the_same_shape() -> None:
    frame = cover(chequered(1600, 900), (192, 108))
    assert frame.getpixel((0, 50))[0] > 200  # type: ignore[index]
    assert frame.getpixel((191, 50))[2] > 200  # type: ignore[index]


@pytest.mark.parametrize("size", [(1920, 1080), (192, 96), (10, 500)])
def test_the_whole_of_a_picture_fits_and_touches(size: tuple[int, int]) -> None:
    whole = contain(chequered(640, 480), size)
    assert whole.width <= size[0]
    assert whole.height <= size[1]
    assert whole.width == size[0] or whole.height == size[1]


def test_the_share_lost_is_that_of_the_area() -> None:
    assert share_lost((1920, 1080), (192, 108)) == 0
    assert share_lost((400, 300), (1600, 900)) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("size", "beside"), [((1920, 1080), (100, 540)), ((1080, 1920), (540, 90))]
)
def test_a_whole_picture_stands_on_a_dark_blur_of_itself(
    size: tuple[int, int], beside: tuple[int, int]
) -> None:
    ground = on_backdrop(Image.new("RGB", (400, 300), "white"), size)
    assert ground.size == size
    assert ground.getpixel((size[0] // 2, size[1] // 2)) == (255, 255, 255)
    assert 60 < max(ground.getpixel(beside)) < 130  # type: ignore[arg-type]


def test_a_thumbnail_is_a_small_jpeg_of_the_same_shape() -> None:
    small = Image.open(io.BytesIO(thumbnail(jpeg(chequered(1600, 800)), 240)))
    assert (small.format, small.size) == ("JPEG", (240, 120))


def test_a_clean_copy_may_be_opened_no_larger_than_needed() -> None:
    data = jpeg(chequered(3200, 1600))
    assert open_clean(data).size == (3200, 1600)
    assert open_clean(data, at_least=(384, 192)).size == (400, 200)


def test_half_a_clean_copy_is_told() -> None:
    data = jpeg(chequered(640, 480))
    with pytest.raises(OSError, match="truncated"):
        open_clean(data[: len(data) // 2])
