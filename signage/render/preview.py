"""Previews: how a board's frame looks from near by, dot by dot."""

import io

from PIL import Image, ImageChops, ImageDraw

from signage.domain.display import Profile
from signage.render.legibility import is_led

MIN_DOT_SCALE = 3
MAX_PREVIEW_SIDE = 4096
_DARK_BETWEEN_DOTS = 40  # of 255: what light there is between two dots


def board_look(frame: bytes, profile: Profile, scale: int) -> bytes:
    """Return `frame` enlarged `scale` times as PNG: round dots for LED, plain pixels otherwise.

    `scale` is lowered so that no side exceeds MAX_PREVIEW_SIDE px; below MIN_DOT_SCALE dots
    would be mush, so pixels are shown square.
    """
    with Image.open(io.BytesIO(frame), formats=("PNG", "JPEG")) as opened:
        picture = opened.convert("RGB")
    scale = max(1, min(scale, MAX_PREVIEW_SIDE // max(picture.size)))
    large = picture.resize(
        (picture.width * scale, picture.height * scale), Image.Resampling.NEAREST
    )
    if is_led(profile) and scale >= MIN_DOT_SCALE:
        large = ImageChops.multiply(large, _dots(picture.size, scale))
    stream = io.BytesIO()
    large.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _dots(size: tuple[int, int], scale: int) -> Image.Image:
    """Return the light that passes: a disc in each cell of `scale` px, tiled over `size` cells."""
    fine = 8
    cell = Image.new("L", (scale * fine, scale * fine), _DARK_BETWEEN_DOTS)
    edge = fine // 2
    ImageDraw.Draw(cell).ellipse(
        (edge, edge, scale * fine - edge - 1, scale * fine - edge - 1), fill=255
    )
    cell = cell.resize((scale, scale), Image.Resampling.BOX)
    row = Image.new("L", (size[0] * scale, scale))
    for column in range(size[0]):
        row.paste(cell, (column * scale, 0))
    dots = Image.new("L", (size[0] * scale, size[1] * scale))
    for number in range(size[1]):
        dots.paste(row, (0, number * scale))
    return Image.merge("RGB", (dots, dots, dots))
