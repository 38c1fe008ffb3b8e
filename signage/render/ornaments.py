"""Ornaments drawn by ourselves: the woven band, the warning triangle, the tick."""

from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

from signage.render.masks import from_on, looked_up

_SUPERSAMPLING = 4

# One repeat of a band in the manner of Jrai and Bahnar weaving: stepped diamonds and their
# echoes, stitch by stitch. "#" is the first thread, "+" the second, "." the ground.
_WOVEN = (
    "......#...........",
    ".....###.......#..",
    "....##.##.........",
    "...##.+.##.....+..",
    "..##.+++.##...+++.",
    "...##.+.##.....+..",
    "....##.##.........",
    ".....###.......#..",
    "......#...........",
)
WOVEN_ROWS = len(_WOVEN)


@lru_cache(maxsize=32)
def woven_band(length: int, stitch: int) -> tuple[Image.Image, Image.Image]:
    """Return the masks (mode L) of the two threads of a band, WOVEN_ROWS * `stitch` px high."""
    return _thread("#", length, stitch), _thread("+", length, stitch)


def _thread(sign: str, length: int, stitch: int) -> Image.Image:
    mask = Image.new("L", (length, WOVEN_ROWS * stitch))
    pen = ImageDraw.Draw(mask)
    repeat = len(_WOVEN[0])
    for row, stitches in enumerate(_WOVEN):
        for column in range(-(-length // stitch)):
            if stitches[column % repeat] == sign:
                x, y = column * stitch, row * stitch
                pen.rectangle((x, y, x + stitch - 1, y + stitch - 1), 255)
    return mask


@lru_cache(maxsize=64)
def warning_triangle(height: int) -> Image.Image:
    """Return the mask of a warning sign: a solid triangle from which the mark is cut out."""
    width = round(height * 1.12)

    def shape(pen: ImageDraw.ImageDraw, unit: int) -> None:
        w, h = width * unit, height * unit
        corner = h * 0.07
        _rounded_polygon(
            pen, [(w / 2, corner), (w - corner, h - corner), (corner, h - corner)], corner
        )
        bar = h * 0.058
        pen.polygon(
            [
                (w / 2 - bar * 1.15, h * 0.34),
                (w / 2 + bar * 1.15, h * 0.34),
                (w / 2 + bar * 0.8, h * 0.66),
                (w / 2 - bar * 0.8, h * 0.66),
            ],
            fill=0,
        )
        dot, middle = bar * 1.15, h * 0.79
        pen.ellipse((w / 2 - dot, middle - dot, w / 2 + dot, middle + dot), fill=0)

    return drawn((width, height), shape)


@lru_cache(maxsize=64)
def tick(height: int) -> Image.Image:
    """Return the mask of a tick in a ring: all is well."""

    def shape(pen: ImageDraw.ImageDraw, unit: int) -> None:
        h = height * unit
        pen.ellipse((0, 0, h - 1, h - 1), fill=255)
        stroke = round(h * 0.11)
        line = [(h * 0.27, h * 0.53), (h * 0.44, h * 0.69), (h * 0.74, h * 0.35)]
        pen.line(line, fill=0, width=stroke, joint="curve")
        for x, y in (line[0], line[-1]):
            pen.ellipse((x - stroke / 2, y - stroke / 2, x + stroke / 2, y + stroke / 2), fill=0)

    return drawn((height, height), shape)


@lru_cache(maxsize=64)
def diamond(height: int) -> Image.Image:
    """Return the mask of the lozenge that stands between two ticker lines."""
    odd = height | 1

    def shape(pen: ImageDraw.ImageDraw, unit: int) -> None:
        end = odd * unit - 1
        pen.polygon([(end / 2, 0), (end, end / 2), (end / 2, end), (0, end / 2)], fill=255)

    return drawn((odd, odd), shape)


# Below this height half-lit dots only blur a sign.
_CRISP_BELOW = 28


def drawn(size: tuple[int, int], shape: Callable[[ImageDraw.ImageDraw, int], None]) -> Image.Image:
    """Return the mask (mode L) of what `shape` draws with a pen of so many dots to a pixel."""
    unit = _SUPERSAMPLING
    large = Image.new("L", (size[0] * unit, size[1] * unit))
    shape(ImageDraw.Draw(large), unit)
    mask = large.resize(size, Image.Resampling.BOX)
    return looked_up(mask, from_on(128)) if size[1] < _CRISP_BELOW else mask


def _rounded_polygon(
    pen: ImageDraw.ImageDraw, corners: list[tuple[float, float]], radius: float
) -> None:
    pen.polygon(corners, fill=255)
    pen.line([*corners, corners[0]], fill=255, width=round(radius * 2), joint="curve")
    for x, y in corners:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
