"""What of a scene stands where on the glass: one answer for every output."""

from __future__ import annotations

from typing import NamedTuple

from players.contract.types import Area
from players.contract.widgets import changes_at, copies_at
from players.outputs import Pane, Picture, Scene


class Piece(NamedTuple):
    """A rectangle of a sheet (left, top, right, bottom), and where it is copied to on the glass."""

    sheet: Picture
    of: tuple[int, int, int, int]
    to: tuple[int, int]


def band_of(scene: Scene, height: int) -> int:
    """How many pixels at the bottom of a glass of `height` the strip takes."""
    return min(scene.strip.height, height) if scene.strip and scene.ticker else 0


def panes_of(scene: Scene, width: int, height: int) -> tuple[Pane, ...]:
    """The picture of the scene in its area, then those of the zones beside it."""
    area = scene.area or Area(x=0, y=0, width=width, height=height - band_of(scene, height))
    return (Pane(scene.picture, area, scene.figures, scene.arrival, scene.film), *scene.beside)


def pieces_of(pane: Pane, moment: int) -> list[Piece]:
    """What the figures of a pane show at `moment`, by where it goes on the glass.

    Nothing when the picture is not of the size of its area: the figures would stand anywhere.
    """
    if (pane.picture.width, pane.picture.height) != (pane.area.width, pane.area.height):
        return []
    pieces = []
    for figures in pane.figures:
        room = pane.area.width, pane.area.height
        for copy in copies_at(figures.widget, moment, figures.almanac):
            right = copy.left + min(copy.width, room[0] - copy.x)
            bottom = min(figures.sheet.height, room[1] - copy.y)
            if right > copy.left and bottom > 0:
                to = pane.area.x + copy.x, pane.area.y + copy.y
                pieces.append(Piece(figures.sheet, (copy.left, 0, right, bottom), to))
    return pieces


def changes_after(scene: Scene, moment: int) -> int | None:
    """The next moment at which figures on the glass may change; None when there are none."""
    figures = [*scene.figures, *(one for pane in scene.beside for one in pane.figures)]
    return changes_at([one.widget for one in figures], moment)


def covers_all(panes: tuple[Pane, ...], width: int, height: int) -> bool:
    """Say whether the panes leave nothing free of the `width` x `height` pixels above the strip."""
    return sum(pane.area.width * pane.area.height for pane in panes) >= width * height
