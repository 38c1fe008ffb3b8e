"""Polygons and circles as CAP writes them: "lat,lon lat,lon …" and "lat,lon radius"."""

import math
import re
from collections.abc import Callable

from signage.cap.limits import MAX_POINTS
from signage.cap.xml import Unreadable
from signage.domain.cap.message import Circle, Point

_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?", re.ASCII)
_RADIUS = re.compile(r"\d{1,5}(\.\d{1,20})?", re.ASCII)


class Shapes:
    """Reads the shapes of one message and counts their points together."""

    def __init__(self, departs: Callable[[str], None]) -> None:
        self._departs = departs
        self._points = 0

    def polygon(self, text: str) -> tuple[Point, ...] | None:
        """Return its corners, the first again at the end; None for an empty element."""
        if not text:
            self._departs("an empty polygon")
            return None
        pairs = text.split()
        self._points += len(pairs)
        if self._points > MAX_POINTS:
            raise Unreadable(f"more than {MAX_POINTS} points in its polygons")
        corners = tuple(_point(pair) for pair in pairs)
        if len(corners) < 4 or corners[0] != corners[-1]:
            raise Unreadable("a polygon that is not closed")
        return corners

    def circle(self, text: str) -> Circle | None:
        """Return the circle; None for an empty element."""
        if not text:
            self._departs("an empty circle")
            return None
        pair, _, radius = text.partition(" ")
        if not _RADIUS.fullmatch(radius.strip()):
            raise Unreadable(f"a circle without a radius: {text[:40]!r}")
        return Circle(_point(pair), float(radius))


def _point(pair: str) -> Point:
    latitude, _, longitude = pair.partition(",")
    if not (_NUMBER.fullmatch(latitude) and _NUMBER.fullmatch(longitude)):
        raise Unreadable(f"no point: {pair[:40]!r}")
    point = float(latitude), float(longitude)
    if not (math.fabs(point[0]) <= 90 and math.fabs(point[1]) <= 180):
        raise Unreadable(f"a point that is not on the Earth: {pair[:40]!r}")
    return point
