"""Puts picture and ticker strip together with Pillow, for outputs that have no faster way."""

import io
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from players.outputs import Scene
from players.outputs.fitting import fitted, places

MAX_PIXELS = 50_000_000


def checked_size(encoded: bytes) -> tuple[int, int]:
    """Width and height as a PNG or JPEG announces them.

    Raises on anything else, and on more than 50 million pixels: before they are decoded.
    """
    try:
        opened = Image.open(io.BytesIO(encoded), formats=["PNG", "JPEG"])
    except UnidentifiedImageError as error:
        raise ValueError("neither PNG nor JPEG") from error
    with opened as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"{image.width}x{image.height} pixels are more than a player shows")
        return image.size


def decode(encoded: bytes) -> Image.Image:
    """Read a PNG or JPEG as RGB; raises as `checked_size` does, and on broken data."""
    checked_size(encoded)
    return Image.open(io.BytesIO(encoded), formats=["PNG", "JPEG"]).convert("RGB")


def compose(scene: Scene, width: int, height: int, moment: int) -> Image.Image:
    """The whole glass as it is at `moment`."""
    strip = decode_once(scene.strip.encoded) if scene.strip else None
    band = min(strip.height, height) if strip else 0
    glass = Image.new("RGB", (width, height))
    if band < height:
        frame = scene.film.frame_at(moment) if scene.film else None
        picture = frame.image() if frame else decode_once(scene.picture.encoded)
        glass.paste(_fill(picture, (width, height - band)), (0, 0))
    if strip and scene.ticker:
        for left in places(strip.width, width, scene.ticker.offset_at(moment)):
            glass.paste(strip, (left, height - band))
    return glass


def _fill(picture: Image.Image, area: tuple[int, int]) -> Image.Image:
    """A page of wrong size is fitted, never dropped; its own average colour stands around it, not
    black.
    """
    if picture.size == area:
        return picture
    left, top, width, height = fitted(picture.size, area)
    filled = Image.new("RGB", area, _average(picture))
    filled.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (left, top))
    return filled


def surroundings(encoded: bytes) -> tuple[int, int, int]:
    """The colour around a picture that does not fill the glass: its own average, not black."""
    return _average(decode(encoded))


def _average(picture: Image.Image) -> tuple[int, int, int]:
    red, green, blue = picture.resize((1, 1), Image.Resampling.BOX).tobytes()
    return red, green, blue


@lru_cache(maxsize=2)
def decode_once(encoded: bytes) -> Image.Image:
    return decode(encoded)
