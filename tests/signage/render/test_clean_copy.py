"""Clean copies are upright, in sRGB, of a sane size, and hold nothing but pixels."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from signage.render.clean_copy import MAX_CLEAN_SIDE, CleanCopy, TooManyPixels, clean_copy
from tests.signage.render.samples import chequered

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def copy_of(picture: Image.Image, format_: str, **options: object) -> CleanCopy:
    stream = io.BytesIO()
    picture.save(stream, format_, **options)
    stream.seek(0)
    return clean_copy(stream)


def opened(copy: CleanCopy) -> Image.Image:
    return Image.open(io.BytesIO(copy.data))


def marked() -> Image.Image:
    """A picture whose top left corner is red."""
    picture = Image.new("RGB", (400, 200), (230, 230, 230))
    picture.paste((200, 20, 20), (0, 0, 80, 80))
    return picture


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (400, 200), (10, 10)),
        (3, (400, 200), (390, 190)),
        (6, (200, 400), (190, 10)),
        (8, (200, 400), (10, 390)),
    ],
)
def test_the_orientation_of_a_phone_is_honoured(
    orientation: int, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Phone"
    exif[GPS] = {1: "N", 2: (13.0, 58.0, 0.0)}
    copy = copy_of(marked(), "JPEG", exif=exif, quality=95)
    assert (copy.width, copy.height) == size
    picture = opened(copy)
    red, green, _ = picture.convert("RGB").getpixel(corner)  # type: ignore[misc]
    assert red > 150 > 2 * green
    assert not picture.getexif()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_no_metadata_is_left(format_: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[MAKE] = "Phone"
    copy = copy_of(marked(), format_, exif=exif, icc_profile=profile)
    assert b"Phone" not in copy.data
    assert {"exif", "icc_profile", "xmp", "comment", "dpi"}.isdisjoint(opened(copy).info)


def test_a_comment_is_left_behind() -> None:
    assert b"secret" not in copy_of(marked(), "JPEG", comment=b"secret").data


@pytest.mark.parametrize(("size", "kept"), [((4000, 3000), (2000, 1500)), ((3000, 90), (3000, 90))])
@pytest.mark.parametrize("format_", ["JPEG", "AVIF"])
def test_a_photo_is_halved_while_it_keeps_1920_px(
    format_: str, size: tuple[int, int], kept: tuple[int, int]
) -> None:
    copy = copy_of(chequered(*size), format_, quality=60)
    assert (copy.width, copy.height) == kept
    assert copy.media_type == "image/jpeg"


def test_a_poster_that_is_no_photo_keeps_up_to_3840_px() -> None:
    assert copy_of(marked().resize((5000, 100)), "PNG").width == MAX_CLEAN_SIDE


def test_a_small_picture_keeps_its_size() -> None:
    assert opened(copy_of(chequered(320, 200), "JPEG")).size == (320, 200)


def test_a_graphic_stays_lossless_and_a_photo_in_png_does_not() -> None:
    assert copy_of(marked(), "PNG").media_type == "image/png"
    noise = Image.effect_noise((400, 400), 80)
    turned = [noise.rotate(degrees).convert("L") for degrees in (0, 90, 180)]
    photo = Image.merge("RGB", turned)
    assert copy_of(photo, "PNG").media_type == "image/jpeg"


def test_transparent_parts_become_white() -> None:
    logo = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    logo.paste((200, 20, 20, 255), (30, 30, 70, 70))
    picture = opened(copy_of(logo, "PNG"))
    assert picture.mode == "RGB"
    assert picture.getpixel((5, 5)) == (255, 255, 255)
    assert picture.getpixel((50, 50)) == (200, 20, 20)


def test_sixteen_bit_grey_is_scaled_and_not_clipped() -> None:
    grey = Image.new("I;16", (64, 64), 32896)
    assert opened(copy_of(grey, "PNG")).convert("L").getpixel((9, 9)) == pytest.approx(128, abs=1)


@pytest.mark.parametrize(
    ("mode", "becomes"), [("1", "L"), ("L", "L"), ("LA", "L"), ("P", "RGB"), ("CMYK", "RGB")]
)
def test_every_common_mode_becomes_rgb_or_grey(mode: str, becomes: str) -> None:
    format_ = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(copy_of(marked().convert(mode), format_)).mode == becomes


def test_of_an_animation_the_first_frame_is_taken() -> None:
    second = Image.new("RGB", (400, 200), (0, 0, 255))
    copy = copy_of(marked(), "GIF", save_all=True, append_images=[second])
    assert opened(copy).getpixel((10, 10))[0] > 150  # type: ignore[index]


def test_a_picture_of_more_than_50_megapixels_is_not_decoded() -> None:
    stream = io.BytesIO()
    Image.new("1", (8000, 7000)).save(stream, "PNG")
    stream.seek(0)
    with pytest.raises(TooManyPixels):
        clean_copy(stream)


@pytest.mark.parametrize("convert", [lambda data: data[: len(data) // 2], lambda data: data[:40]])
def test_half_a_picture_is_not_shown(convert: Callable[[bytes], bytes]) -> None:
    stream = io.BytesIO()
    chequered(640, 480).save(stream, "PNG")
    with pytest.raises((OSError, SyntaxError)):
        clean_copy(io.BytesIO(convert(stream.getvalue())))


def test_a_page_of_black_words_is_kept_as_grey_and_looks_the_same() -> None:
    page = Image.linear_gradient("L").convert("RGB")
    kept = opened(copy_of(page, "PNG"))
    assert kept.mode == "L"
    assert kept.convert("RGB").tobytes() == page.tobytes()
