"""Signs of hazards drawn by ourselves: a few bold shapes that a small board can still show."""

import math
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

from signage.render.ornaments import drawn

_Pen = ImageDraw.ImageDraw
_Point = tuple[float, float]


@lru_cache(maxsize=64)
def hazard_sign(symbol: str, height: int) -> Image.Image:
    """Return the mask of the sign of a hazard, `height` px high; raises KeyError for no sign."""
    draw = _SIGNS[symbol]
    width = round(height * 1.12)

    def shape(pen: _Pen, unit: int) -> None:
        side = height * unit
        left = (width * unit - side) / 2
        draw(pen, side, left)

    return drawn((width, height), shape)


def _at(side: float, left: float, *points: _Point) -> list[_Point]:
    """Points of a square of one by one as points of the mask."""
    return [(left + x * side, y * side) for x, y in points]


def _flood(pen: _Pen, side: float, left: float) -> None:
    roof = _at(side, left, (0.5, 0.02), (0.9, 0.36), (0.78, 0.36), (0.78, 0.62))
    pen.polygon([*roof, *_at(side, left, (0.22, 0.62), (0.22, 0.36), (0.1, 0.36))], fill=255)
    for y in (0.66, 0.86):
        _wave(pen, side, left, y, fill=0, thick=0.2)
        _wave(pen, side, left, y, fill=255, thick=0.1)


def _wave(pen: _Pen, side: float, left: float, y: float, *, fill: int, thick: float) -> None:
    steps = [step / 60 for step in range(61)]
    line = [(x, y + 0.045 * math.sin(x * 4 * math.pi)) for x in steps]
    band = [(x, at - thick / 2) for x, at in line] + [(x, at + thick / 2) for x, at in line[::-1]]
    pen.polygon(_at(side, left, *band), fill=fill)


def _storm(pen: _Pen, side: float, left: float) -> None:
    for turn in (0, math.pi):
        outer = [_spiral(turn, step / 40, 0.27) for step in range(41)]
        inner = [_spiral(turn, step / 40, 0.16) for step in range(40, -1, -1)]
        pen.polygon(_at(side, left, *outer, *inner), fill=255)
    for radius, fill in ((0.27, 255), (0.12, 0)):
        pen.ellipse(
            _at(side, left, (0.5 - radius, 0.5 - radius), (0.5 + radius, 0.5 + radius)), fill=fill
        )


def _spiral(turn: float, along: float, near: float) -> _Point:
    """A point of an arm that leaves the eye of a storm and ends in a tip."""
    radius, angle = near + (0.49 - near) * along, turn - 2.0 * along
    return 0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)


def _lightning(pen: _Pen, side: float, left: float) -> None:
    bolt = ((0.62, 0.0), (0.16, 0.57), (0.44, 0.57), (0.34, 1.0), (0.84, 0.4), (0.55, 0.4))
    pen.polygon(_at(side, left, *bolt), fill=255)


def _fire(pen: _Pen, side: float, left: float) -> None:
    flame = (
        (0.5, 0.0), (0.62, 0.2), (0.66, 0.34), (0.74, 0.22), (0.86, 0.44), (0.88, 0.64),
        (0.8, 0.84), (0.64, 0.96), (0.5, 1.0), (0.36, 0.96), (0.2, 0.84), (0.12, 0.64),
        (0.17, 0.44), (0.28, 0.3), (0.33, 0.44), (0.42, 0.26),
    )  # fmt: skip
    heart = ((0.5, 0.5), (0.62, 0.66), (0.64, 0.8), (0.5, 0.9), (0.36, 0.8), (0.38, 0.68))
    pen.polygon(_at(side, left, *flame), fill=255)
    pen.polygon(_at(side, left, *heart), fill=0)


def _landslide(pen: _Pen, side: float, left: float) -> None:
    pen.polygon(_at(side, left, (0.0, 0.18), (0.34, 0.3), (0.72, 1.0), (0.0, 1.0)), fill=255)
    for x, y, radius in ((0.5, 0.2, 0.12), (0.72, 0.46, 0.14), (0.88, 0.84, 0.12)):
        pen.ellipse(_at(side, left, (x - radius, y - radius), (x + radius, y + radius)), fill=255)


_SIGNS: dict[str, Callable[[_Pen, float, float], None]] = {
    "flood": _flood,
    "storm": _storm,
    "lightning": _lightning,
    "fire": _fire,
    "landslide": _landslide,
}
