"""The area of a received warning as a map: its shapes over our own sites, no picture of others."""

import math

import msgspec

from signage.domain.cap.areas import EARTH_KM
from signage.domain.cap.message import Point
from signage.domain.cap.received import Received
from signage.web import naming
from signage.web.area_map import MARKS_ACROSS, MILLIONTHS
from signage.web.context import store

KM_OF_DEGREE = math.pi * EARTH_KM / 180
AROUND = 0.5
"""How much wider than the sites the map is: an area of half a country must not hide them."""
LEAST_DEGREES = 0.05
MAX_CORNERS = 2000
"""Of one polygon: a map of a few hundred pixels needs no more."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A site, where it lies, and whether one of its displays is meant."""

    name: str
    x: float
    y: float
    is_inside: bool


class WarningMap(msgspec.Struct, frozen=True, kw_only=True):
    """Degrees of latitude as units, north up; polygons as SVG has them, circles as x, y, r."""

    frame: str
    mark: float
    sites: list[Site]
    polygons: list[str]
    circles: list[tuple[float, float, float]]


def warning_map(received: Received) -> WarningMap | None:
    """Return the map, or None when there is nothing to see."""
    sites = store().sites.all()
    message = received.message
    if message is None or not sites:
        return None
    middle = sum(site.latitude_e6 for site in sites) / len(sites) / MILLIONTHS
    narrow = math.cos(math.radians(middle))

    def place(point: Point) -> tuple[float, float]:
        return round(point[1] * narrow, 6), round(-point[0], 6)

    meant = {naming.displays()[name].site for name in received.decision.displays}
    dots = [
        Site(
            name=site.name,
            x=round(site.longitude_e6 / MILLIONTHS * narrow, 6),
            y=round(-site.latitude_e6 / MILLIONTHS, 6),
            is_inside=site.id in meant,
        )
        for site in sites
    ]
    areas = [area for info in message.infos[:1] for area in info.areas]
    frame, mark = _frame(dots)
    return WarningMap(
        frame=frame,
        mark=mark,
        sites=dots,
        polygons=[
            " ".join("{},{}".format(*place(corner)) for corner in polygon[:MAX_CORNERS])
            for area in areas
            for polygon in area.polygons
        ],
        circles=[
            (*place(circle.centre), round(circle.km / KM_OF_DEGREE, 6))
            for area in areas
            for circle in area.circles
        ],
    )


def _frame(dots: list[Site]) -> tuple[str, float]:
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    size = max(max(xs) - min(xs), max(ys) - min(ys), LEAST_DEGREES)
    width, height = size * (1 + 2 * AROUND) * 1.6, size * (1 + 2 * AROUND)
    x, y = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    return f"{x:.6f} {y:.6f} {width:.6f} {height:.6f}", round(width / MARKS_ACROSS, 6)
