"""Puts picture and ticker strip together with Pillow, for outputs that have no faster way."""

import io
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from players.outputs import Entrance, Scene
from players.outputs.fitting import fitted, places
from players.outputs.layers import band_of, covers_all, panes_of, pieces_of
from players.outputs.transitions import progress, slid

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
    glass = _pictures(scene, width, height, moment)
    if scene.entrance:
        before = _pictures(scene.entrance.before, width, height, moment)
        _enter(glass, before, scene.entrance, moment)
    if scene.strip and scene.ticker:
        strip = decode_once(scene.strip.encoded)
        for left in places(strip.width, width, scene.ticker.offset_at(moment)):
            glass.paste(strip, (left, height - band_of(scene, height)))
    return glass


def _pictures(scene: Scene, width: int, height: int, moment: int) -> Image.Image:
    """All panes with their figures, without the strip."""
    glass = Image.new("RGB", (width, height))
    panes = panes_of(scene, width, height)
    if not covers_all(panes, width, height - band_of(scene, height)):
        glass.paste(_average(decode_once(scene.picture.encoded)), (0, 0, width, height))
    for pane in panes:
        area = pane.area
        if area.height > 0:
            frame = pane.film.frame_at(moment) if pane.film else None
            picture = frame.image() if frame else decode_once(pane.picture.encoded)
            glass.paste(_fill(picture, (area.width, area.height)), (area.x, area.y))
        for piece in pieces_of(pane, moment):
            glass.paste(decode_once(piece.sheet.encoded).crop(piece.of), piece.to)
    return glass


def _enter(glass: Image.Image, before: Image.Image, entrance: Entrance, moment: int) -> None:
    """Put back on `glass` what of the scene `before` has not left yet."""
    area = entrance.area
    box = (area.x, area.y, area.x + area.width, area.y + area.height)
    old, new = before.crop(box), glass.crop(box)
    if entrance.how == "slide":
        gone = slid(entrance, moment)
        glass.paste(old.crop((gone, 0, area.width, area.height)), box[:2])
        glass.paste(new.crop((0, 0, gone, area.height)), (area.x + area.width - gone, area.y))
    else:
        glass.paste(Image.blend(old, new, progress(entrance, moment)), box[:2])


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


@lru_cache(maxsize=16)
def decode_once(encoded: bytes) -> Image.Image:
    return decode(encoded)
