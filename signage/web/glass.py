"""The whole glass of a display on a page: which picture stands where, with figures as of now."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask import url_for

from players.contract.types import Area
from signage.domain.arrangement import MAIN
from signage.domain.rendition import PageFile, Rendition
from signage.domain.slide import Slide
from signage.web.context import now
from signage.workflows.content.previewing import Piece, figures_at


class Layer(NamedTuple):
    """A picture with its left top corner in px of the glass."""

    picture: Rendition
    x: int
    y: int


class Stage(NamedTuple):
    """Where the picture of one zone stands, and what stands beside it."""

    x: int
    y: int
    beside: list[Layer]


def stages_of(
    areas: Mapping[str, Area], drawn: Iterable[tuple[Slide | None, Rendition | None]]
) -> dict[str, Stage]:
    """Return the stage of each zone; beside it stands the first picture of every other one.

    `drawn` are slides with their pictures, if they have one. Empty where there is one zone only.
    """
    if len(areas) < 2:
        return {}
    first: dict[str, Rendition] = {}
    for slide, rendition in drawn:
        if slide and rendition:
            first.setdefault(slide.zone, rendition)
    layers = {zone: Layer(one, areas[zone].x, areas[zone].y) for zone, one in first.items()}
    return {
        zone: Stage(area.x, area.y, [layer for other, layer in layers.items() if other != zone])
        for zone, area in areas.items()
    }


def stage_of(stages: Mapping[str, Stage], slide: Slide | None) -> Stage | None:
    """Return the stage of the zone in which `slide` stands; None where it has the whole glass."""
    return stages.get(slide.zone if slide else MAIN)


def parts_of(
    picture: Rendition | PageFile, stage: Stage | None
) -> list[tuple[str, int, int, int, int, int]]:
    """Return all that is drawn above the strip: address, left, width and height of it, x and y."""
    x, y = (stage.x, stage.y) if stage else (0, 0)
    layers = [(picture, x, y), *(stage.beside if stage else [])]
    parts = []
    for one, left, top in layers:
        parts.append((_address(one.blob), 0, one.width, one.height, left, top))
        for piece in figures_now(one):
            at = left + piece.x, top + piece.y
            sheet = piece.sheet
            parts.append((_address(sheet.sha256), piece.left, piece.width, sheet.height, *at))
    return parts


def _address(sha256: str) -> str:
    return url_for("machine.preview", sha256=sha256)


def figures_address(picture: Rendition | PageFile | None) -> str:
    """Return where a page asks what the clocks on a picture will say; nothing without clocks."""
    if not isinstance(picture, Rendition) or not picture.widgets:
        return ""
    return url_for(
        "machine.figures",
        profile=picture.profile,
        subject=picture.subject_hash,
        width=picture.area_w,
        height=picture.area_h,
    )


def figures_now(picture: Rendition | PageFile | None) -> list[Piece]:
    """Return what stands on a picture at this moment; only first pages have figures."""
    return figures_at(picture, now()) if isinstance(picture, Rendition) else []
