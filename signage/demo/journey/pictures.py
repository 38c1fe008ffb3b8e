"""What the check asks of pictures: their size, and whether they tell where they were taken."""

import io
from functools import lru_cache

from PIL import Image

_MARKS = (b"Exif\x00", b"http://ns.adobe.com/xap")


@lru_cache(maxsize=256)
def size_of(encoded: bytes) -> tuple[int, int]:
    """Width and height of an encoded picture."""
    with Image.open(io.BytesIO(encoded)) as image:
        return image.size


def tells_of_itself(encoded: bytes) -> bool:
    """Say whether a picture carries metadata: EXIF (with it the place), XMP, or comments."""
    with Image.open(io.BytesIO(encoded)) as image:
        return bool(image.getexif()) or any(mark in encoded for mark in _MARKS)


def is_upright(encoded: bytes) -> bool:
    """Say whether the sky of the phone's picture is above its lake, on the higher side."""
    with Image.open(io.BytesIO(encoded)) as image:
        upright = image.convert("RGB")
    middle = upright.width // 2
    above = upright.getpixel((middle, upright.height // 100))
    below = upright.getpixel((middle, upright.height - 1 - upright.height // 100))
    return upright.height > upright.width and _light(above) > _light(below)


def _light(pixel: float | tuple[int, ...] | None) -> int:
    return sum(pixel) if isinstance(pixel, tuple) else 0
