"""Which places an area of a CAP message means: polygons, circles, and codes from a table."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec

from signage.domain.cap.message import Area, Point

EARTH_KM = 6371.0
_KM_OF_DEGREE = math.pi * EARTH_KM / 180


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A display and where it stands; `targets` are the names by which geocodes may mean it."""

    display: str
    point: Point
    targets: frozenset[str]


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """The displays in an area (ids, sorted), and those that it only just misses."""

    covered: list[str]
    near: list[str]


def reached(
    areas: Iterable[Area],
    places: Iterable[Place],
    *,
    margin_km: float,
    geocodes: Mapping[str, Mapping[str, str]],
) -> Reached:
    """Sort `places` by the areas: inside (or within `margin_km`), or near (within twice that).

    `geocodes` gives a target ("unit:…", "tag:…", "display:…", "all") by name and value of a code.
    """
    areas = list(areas)
    wanted = {
        target
        for area in areas
        for code in area.geocodes
        if (target := geocodes.get(code.name, {}).get(code.value))
    }
    covered, near = [], []
    for place in places:
        away = min((_distance_km(area, place.point) for area in areas), default=math.inf)
        if "all" in wanted or wanted & place.targets or away <= margin_km:
            covered.append(place.display)
        elif away <= 2 * margin_km:
            near.append(place.display)
    return Reached(covered=sorted(covered), near=sorted(near))


def _distance_km(area: Area, point: Point) -> float:
    """How far `point` lies outside the shapes of `area`; 0 inside, infinite without shapes."""
    circles = (max(0.0, kilometres(one.centre, point) - one.km) for one in area.circles)
    polygons = (distance_to_polygon_km(polygon, point) for polygon in area.polygons)
    return min([*circles, *polygons], default=math.inf)


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance (haversine)."""
    (a, b), (c, d) = (map(math.radians, one), map(math.radians, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def distance_to_polygon_km(polygon: tuple[Point, ...], point: Point) -> float:
    """How far `point` lies outside a closed polygon, 0 inside.

    On a plane around the point, which is exact enough for a county, and across the date line; a
    polygon around a pole is not understood and counts as far away.
    """
    corners = _on_plane(polygon, point)
    inside, nearest = False, math.inf
    for (x1, y1), (x2, y2) in pairwise(corners):
        if (y1 > 0) != (y2 > 0) and x1 - y1 * (x2 - x1) / (y2 - y1) > 0:
            inside = not inside
        nearest = min(nearest, _from_origin(x1, y1, x2, y2))
    return 0.0 if inside else nearest


def _on_plane(polygon: tuple[Point, ...], origin: Point) -> list[Point]:
    """East and north of `origin` in km; each side goes the short way round the Earth."""
    easts = [polygon[0][1]]
    for _, longitude in polygon[1:]:
        easts.append(easts[-1] + _short_way(longitude - easts[-1]))
    middle = sum(easts) / len(easts)
    home = middle + _short_way(origin[1] - middle)
    wide = _KM_OF_DEGREE * math.cos(math.radians(origin[0]))
    return [
        ((east - home) * wide, (latitude - origin[0]) * _KM_OF_DEGREE)
        for east, (latitude, _) in zip(easts, polygon, strict=True)
    ]


def _short_way(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _from_origin(x1: float, y1: float, x2: float, y2: float) -> float:
    """Distance of a stretch of line from (0, 0)."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
    return math.hypot(x1 + along * dx, y1 + along * dy)
