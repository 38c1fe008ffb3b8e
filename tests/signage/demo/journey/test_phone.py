"""Tests that the check uploads what phones make: turned, large, and telling where it was taken."""

import pytest
from PIL import Image, ImageOps

from signage.demo.journey import phone


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    with Image.open(phone.take_picture(tmp_path_factory.mktemp("phone") / "IMG_0001.jpg")) as image:
        image.load()
        return image


def test_the_picture_has_twelve_megapixels(picture):
    assert picture.width * picture.height == 12_000_000


def test_the_file_lies_on_its_side(picture):
    assert picture.size == (4000, 3000)


def test_turned_by_its_exif_the_sky_is_above(picture):
    upright = ImageOps.exif_transpose(picture)
    assert upright.size == (phone.WIDTH, phone.HEIGHT)
    top, bottom = upright.getpixel((1500, 20)), upright.getpixel((1500, 3990))
    assert sum(top) > sum(bottom)


def test_the_file_tells_where_it_was_taken(picture):
    assert picture.getexif().get_ifd(0x8825)[1] == "N"
