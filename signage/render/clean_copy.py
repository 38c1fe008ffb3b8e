"""Makes the clean copy of an upload: upright, sRGB, of a sane size, with nothing but pixels."""

import io
from typing import BinaryIO

import msgspec
from PIL import Image, ImageCms, ImageOps

MAX_PICTURE_PIXELS = 50_000_000
MAX_CLEAN_SIDE = 3840
PHOTO_SIDE = 1920
"""The longer side of a photo stays at least so long, in px, when it is halved: the pages of
documents are no larger. Every slide decodes the clean copy, the original only the upload does."""
JPEG_QUALITY = 92
# A "graphic" larger than this is a photo in the wrong format.
MAX_CLEAN_PNG_BYTES = 8_000_000
_MAX_GRAPHIC_COLOURS = 8192

# Pillow knows dozens of formats; EPS starts Ghostscript, some eat gigabytes. These seven it is.
ALLOWED_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF")
_LOSSY_FORMATS = {"JPEG", "MPO", "AVIF", "HEIF"}
_MOVING_FORMATS = {"GIF", "PNG", "WEBP", "AVIF"}


class TooManyPixels(ValueError):
    """The picture has more than MAX_PICTURE_PIXELS."""


class CleanCopy(msgspec.Struct, frozen=True):
    """An encoded picture without any metadata; sizes in px."""

    data: bytes
    media_type: str
    width: int
    height: int
    moves: bool = False


def clean_copy(file: BinaryIO, *, formats: tuple[str, ...] = ALLOWED_FORMATS) -> CleanCopy:
    """Return the clean copy of the picture in `file`: of an animation the first frame.

    Decodes hostile input, so it is only called in the guarded child process. Raises
    TooManyPixels, PIL.UnidentifiedImageError, or whatever the decoder raises.
    """
    with Image.open(file, formats=formats) as opened:
        if opened.width * opened.height > MAX_PICTURE_PIXELS:
            raise TooManyPixels
        kept_as_photo = opened.format in _LOSSY_FORMATS
        moves = opened.format in _MOVING_FORMATS and bool(getattr(opened, "is_animated", False))
        factor = _halvings(opened.size) if kept_as_photo else 1
        wanted = (opened.width // factor, opened.height // factor)
        # A JPEG is decoded in half its size in a third of the time; others are halved after.
        opened.draft("RGB", wanted)
        left = max(1, max(opened.size) // max(wanted))
        upright = ImageOps.exif_transpose(opened.reduce(left) if left > 1 else opened)
    copy = clean_of(upright, photo=kept_as_photo)
    return msgspec.structs.replace(copy, moves=moves)


def _halvings(size: tuple[int, int]) -> int:
    """Return the power of two by which a photo of `size` px may be made smaller."""
    factor = 1
    while max(size) // (2 * factor) >= PHOTO_SIDE:
        factor *= 2
    return factor


def clean_of(picture: Image.Image, *, photo: bool) -> CleanCopy:
    """Return a decoded picture as a clean copy; a `photo` is a JPEG whatever it shows."""
    flat, had_alpha = _flat_rgb(picture)
    flat.thumbnail((MAX_CLEAN_SIDE, MAX_CLEAN_SIDE), Image.Resampling.LANCZOS)
    # Encoders copy comments and profiles out of `info`.
    flat.info = {}
    if not photo and (had_alpha or flat.getcolors(_MAX_GRAPHIC_COLOURS)):
        # Level 6 takes five times as long for a scan, and saves a twentieth.
        data = _encoded(flat.convert("L") if _is_grey(flat) else flat, "PNG", compress_level=2)
        if len(data) <= MAX_CLEAN_PNG_BYTES:
            return CleanCopy(data, "image/png", *flat.size)
    data = _encoded(flat, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return CleanCopy(data, "image/jpeg", *flat.size)


def _is_grey(picture: Image.Image) -> bool:
    """Say whether a picture (RGB) is black on white, as most pages of documents are."""
    colours = picture.getcolors(256) or [(0, (0, 1, 2))]
    return all(isinstance(colour, tuple) and len(set(colour)) == 1 for _, colour in colours)


def _flat_rgb(picture: Image.Image) -> tuple[Image.Image, bool]:
    """Return `picture` as sRGB on white, and whether it had transparent parts."""
    had_alpha = picture.has_transparency_data
    if had_alpha:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        white.info = picture.info
        picture = Image.alpha_composite(white, picture).convert("RGB")
        return _srgb(picture, white.info.get("icc_profile")), True
    return _srgb(picture, picture.info.get("icc_profile")), False


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    picture = _eight_bits(picture)
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            # A broken or foreign profile costs a shade of colour, not the picture.
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return 16-bit grey scaled to 8 bits: Pillow's own conversion would clip it to white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _encoded(picture: Image.Image, format_: str, **options: int | bool) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format_, **options)
    return stream.getvalue()
