"""Motifs of feast days, drawn by ourselves: blossoms, wild sunflower, star, drum, lantern, moon."""

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw

from signage.render.masks import from_on, looked_up

_SUPERSAMPLING = 4
_CRISP_BELOW = 28  # below this size half-lit dots only blur a motif
_Point = tuple[float, float]
_Shape = Callable[[ImageDraw.ImageDraw, float], None]


# For boards, dot by dot: smaller than this no drawing by lines stays a flower.
BLOSSOM = (
    "....##...",
    "...####..",
    "##..##.##",
    "###.#.###",
    ".##...##.",
    "...###...",
    "..##.##..",
    ".###.###.",
    ".##...##.",
)
SUNFLOWER = (
    "....#....",
    ".#..#..#.",
    "..#.#.#..",
    "...###...",
    "####.####",
    "...###...",
    "..#.#.#..",
    ".#..#..#.",
    "....#....",
)
STAR = (
    "....#....",
    "....#....",
    "...###...",
    "#########",
    ".#######.",
    "..#####..",
    "..##.##..",
    ".##...##.",
    ".#.....#.",
)


@lru_cache(maxsize=32)
def stitched(rows: tuple[str, ...], scale: int) -> Image.Image:
    """Return the mask of a motif given dot by dot, each dot `scale` px wide."""
    mask = Image.new("L", (len(rows[0]), len(rows)))
    mask.putdata([255 if sign == "#" else 0 for row in rows for sign in row])
    return mask.resize((mask.width * scale, mask.height * scale), Image.Resampling.NEAREST)


@lru_cache(maxsize=128)
def blossom(size: int, turn: int = 0) -> tuple[Image.Image, Image.Image]:
    """Return the masks of the petals and of the heart of a five-petalled blossom of spring.

    `turn` is in degrees.
    """

    def petals(pen: ImageDraw.ImageDraw, whole: float) -> None:
        for petal in range(5):
            x, y = _at(whole, petal * 72 + turn, 0.27)
            _disc(pen, x, y, whole * 0.215)
        _disc(pen, whole / 2, whole / 2, whole * 0.2)

    def heart(pen: ImageDraw.ImageDraw, whole: float) -> None:
        _disc(pen, whole / 2, whole / 2, whole * 0.1)
        for thread in range(5):
            x, y = _at(whole, thread * 72 + 36 + turn, 0.19)
            _disc(pen, x, y, whole * 0.032)

    return _drawn(size, petals), _drawn(size, heart)


@lru_cache(maxsize=128)
def wild_sunflower(size: int, turn: int = 0) -> tuple[Image.Image, Image.Image]:
    """Return the masks of the petals and of the heart of dã quỳ, the flower of Pleiku's hills."""

    def petals(pen: ImageDraw.ImageDraw, whole: float) -> None:
        for petal in range(12):
            angle = petal * 30 + turn
            tip, left = _at(whole, angle, 0.49), _at(whole, angle - 13, 0.31)
            right, foot = _at(whole, angle + 13, 0.31), _at(whole, angle, 0.05)
            pen.polygon([foot, left, tip, right], 255)

    def heart(pen: ImageDraw.ImageDraw, whole: float) -> None:
        _disc(pen, whole / 2, whole / 2, whole * 0.15)

    return _drawn(size, petals), _drawn(size, heart)


@lru_cache(maxsize=64)
def star(size: int) -> Image.Image:
    """Return the mask of a five-pointed star."""

    def shape(pen: ImageDraw.ImageDraw, whole: float) -> None:
        pen.polygon(_star_corners(whole, 0.49), 255)

    return _drawn(size, shape)


@lru_cache(maxsize=32)
def drum(size: int) -> Image.Image:
    """Return the mask of a drum face in the manner of Đông Sơn: a sun within rings of strokes."""

    def shape(pen: ImageDraw.ImageDraw, whole: float) -> None:
        sun = [
            _at(whole, number * 180 / 14, 0.13 if number % 2 == 0 else 0.05) for number in range(28)
        ]
        pen.polygon(sun, 255)
        for far in (0.17, 0.19, 0.27, 0.33, 0.42, 0.44, 0.49):
            _ring(pen, whole, far, 0.006)
        for number in range(72):
            _stroke(pen, whole, number * 5, 0.2, 0.26)
        for number in range(48):
            x, y = _at(whole, number * 7.5, 0.3)
            _ring(pen, whole, 0.017, 0.006, (x, y))
        for number in range(24):
            tooth = [_at(whole, number * 15 + lean, far)
                     for lean, far in ((-5, 0.35), (5, 0.35), (0, 0.41))]  # fmt: skip
            pen.polygon(tooth, 255)
        for number in range(120):
            _stroke(pen, whole, number * 3, 0.45, 0.48)

    return _drawn(size, shape)


@lru_cache(maxsize=64)
def star_lantern(size: int) -> tuple[Image.Image, Image.Image]:
    """Return the masks of a star lantern of mid-autumn: its ring with tassel, and its star."""

    def frame(pen: ImageDraw.ImageDraw, whole: float) -> None:
        _ring(pen, whole, 0.36, 0.035, (whole / 2, whole * 0.42))
        x = whole / 2
        for aside in (-0.05, 0, 0.05):
            pen.line([(x + aside * whole, whole * 0.8), (x + aside * whole, whole * 0.98)], 255,
                     max(1, round(whole * 0.018)))  # fmt: skip

    def inner(pen: ImageDraw.ImageDraw, whole: float) -> None:
        pen.polygon(_star_corners(whole, 0.38, (whole / 2, whole * 0.42)), 255)

    return _drawn(size, frame), _drawn(size, inner)


@lru_cache(maxsize=32)
def disc(size: int) -> Image.Image:
    """Return the mask of a full moon, a bud or a berry."""
    return _drawn(size, lambda pen, whole: _disc(pen, whole / 2, whole / 2, whole / 2 - 1))


@lru_cache(maxsize=32)
def branch(size: int, lines: tuple[tuple[_Point, ...], ...], thick: float) -> Image.Image:
    """Return the mask of a branch: `lines` of points, 0 to 1 in a square, growing thinner."""

    def shape(pen: ImageDraw.ImageDraw, whole: float) -> None:
        for points in lines:
            for number, (one, other) in enumerate(pairwise(points)):
                wide = max(1, round(whole * thick * (1 - 0.22 * number)))
                ends = [(one[0] * whole, one[1] * whole), (other[0] * whole, other[1] * whole)]
                pen.line(ends, 255, wide)
                for x, y in ends:
                    _disc(pen, x, y, wide / 2)

    return _drawn(size, shape)


def _at(whole: float, degrees: float, far: float) -> _Point:
    """Return the point `far` (of `whole`) from the middle; 0 degrees is up."""
    angle = math.radians(degrees - 90)
    return whole * (0.5 + far * math.cos(angle)), whole * (0.5 + far * math.sin(angle))


def _star_corners(whole: float, far: float, middle: _Point | None = None) -> list[_Point]:
    x, y = middle or (whole / 2, whole / 2)
    corners = []
    for number in range(10):
        angle = math.radians(number * 36 - 90)
        reach = whole * far * (1 if number % 2 == 0 else 0.382)
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return corners


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)


def _ring(
    pen: ImageDraw.ImageDraw, whole: float, far: float, thick: float, middle: _Point | None = None
) -> None:
    x, y = middle or (whole / 2, whole / 2)
    radius = whole * far
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, outline=255, width=max(1, round(whole * thick)))


def _stroke(
    pen: ImageDraw.ImageDraw, whole: float, degrees: float, near: float, far: float
) -> None:
    ends = [_at(whole, degrees, near), _at(whole, degrees, far)]
    pen.line(ends, 255, max(1, round(whole * 0.004)))


def _drawn(size: int, shape: _Shape) -> Image.Image:
    whole = size * _SUPERSAMPLING
    large = Image.new("L", (whole, whole))
    shape(ImageDraw.Draw(large), whole)
    mask = large.resize((size, size), Image.Resampling.BOX)
    crisp = size < _CRISP_BELOW
    return looked_up(mask, from_on(128)) if crisp else mask
