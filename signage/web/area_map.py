"""The map on which an area is drawn: our own sites as dots, no picture from anybody else."""

import math
from collections import Counter
from collections.abc import Iterable

import msgspec

from signage.domain.cap.areas import Place, reached
from signage.domain.display import Display
from signage.domain.drawn_area import area_of
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web import choices, naming
from signage.web.context import store

MILLIONTHS = 1_000_000
AROUND = 0.15
"""How much wider than the sites the map is, on each side."""
LEAST_DEGREES = 0.02
MARKS_ACROSS = 60


class SiteDot(msgspec.Struct, frozen=True, kw_only=True):
    """A site in degrees, and where it lies on the map."""

    id: str
    name: str
    latitude: float
    longitude: float
    x: float
    y: float
    displays: int


class AreaMap(msgspec.Struct, frozen=True, kw_only=True):
    """Degrees of latitude as units, north up; longitudes made as long by the cosine of `middle`.

    `mark` is the size of a mark that can be seen, whatever the map shows.
    """

    frame: str
    mark: float
    middle: float
    sites: list[SiteDot]
    units: list[tuple[str, float, float]]


def area_map() -> AreaMap | None:
    """Return the map of the sites whose displays this person may alert, or None without any."""
    mine = [display for unit in choices.displays_for(Action.ALERT) for display in unit.displays]
    return map_of(mine)


def map_of(displays: Iterable[Display]) -> AreaMap | None:
    """Return the map of the sites where `displays` stand, or None without any."""
    count = Counter(display.site for display in displays)
    sites = [site for site in store().sites.all() if count[site.id]]
    if not sites:
        return None
    middle = sum(site.latitude_e6 for site in sites) / len(sites) / MILLIONTHS
    narrow = math.cos(math.radians(middle))
    dots = [
        SiteDot(
            id=site.id,
            name=site.name,
            latitude=site.latitude_e6 / MILLIONTHS,
            longitude=site.longitude_e6 / MILLIONTHS,
            x=round(site.longitude_e6 / MILLIONTHS * narrow, 6),
            y=round(-site.latitude_e6 / MILLIONTHS, 6),
            displays=count[site.id],
        )
        for site in sites
    ]
    units: dict[str, list[SiteDot]] = {}
    for site, dot in zip(sites, dots, strict=True):
        units.setdefault(site.unit, []).append(dot)
    names = [(naming.unit_name(unit), *_centre(among)) for unit, among in units.items()]
    frame = _frame(dots)
    mark = round(float(frame.split()[2]) / MARKS_ACROSS, 6)
    return AreaMap(frame=frame, mark=mark, middle=middle, sites=dots, units=names)


def targets_in(text: str) -> list[str]:
    """Return the displays in an area as it was drawn or typed; raises Refused."""
    area = area_of(text)
    sites = {site.id: site for site in store().sites.all()}
    places = [
        Place(
            display=display.id,
            point=(site.latitude_e6 / MILLIONTHS, site.longitude_e6 / MILLIONTHS),
            targets=frozenset(),
        )
        for unit in choices.displays_for(Action.ALERT)
        for display in unit.displays
        if (site := sites.get(display.site))
    ]
    covered = reached([area], places, margin_km=0, geocodes={}).covered
    if not covered:
        raise Refused(
            N_("Vùng vẽ không có màn hình nào của bạn. Hãy vẽ rộng hơn, hoặc chọn đơn vị."),
            field="targets",
        )
    return [f"display:{display}" for display in covered]


def _centre(dots: list[SiteDot]) -> tuple[float, float]:
    """Where the name of a unit stands: above the middle of its sites."""
    x = sum(dot.x for dot in dots) / len(dots)
    return round(x, 6), round(min(dot.y for dot in dots) - LEAST_DEGREES / 10, 6)


def _frame(dots: list[SiteDot]) -> str:
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    size = max(max(xs) - min(xs), max(ys) - min(ys), LEAST_DEGREES)
    width, height = size * (1 + 2 * AROUND) * 1.6, size * (1 + 2 * AROUND)
    x, y = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    return f"{x:.6f} {y:.6f} {width:.6f} {height:.6f}"
