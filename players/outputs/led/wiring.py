"""The panels of a wall in the order of the cable, and what is wrong with them in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from players.outputs.led.settings import (
    AreaSettings,
    Cable,
    LedSettings,
    PanelAt,
    WiringSettings,
)


class WrongWiring(ValueError):
    """One sentence for the person who edits the settings; names the panel."""


@dataclass(frozen=True)
class Panel:
    """A panel as it stands in the picture; `number` counts from 1 along the cable."""

    number: int
    x: int
    y: int
    width: int
    height: int
    rotation: int = 0

    def __str__(self) -> str:
        return f"panel {self.number} ({self.width}x{self.height} at x {self.x}, y {self.y})"


def area_of(receiver: LedSettings, width: int, height: int) -> AreaSettings:
    """What a receiver shows of a picture of `width` x `height`. Raises `WrongWiring`."""
    area = receiver.area or AreaSettings(x=0, y=0, width=width, height=height)
    if area.x + area.width > width or area.y + area.height > height:
        raise WrongWiring(
            f"the area of {receiver.target} ({area.width}x{area.height} at x {area.x}, y {area.y}) "
            f"reaches beyond the picture of {width}x{height} pixels"
        )
    return area


def cables_of(receivers: Sequence[LedSettings], width: int, height: int) -> list[list[Panel]]:
    """The panels of each receiver as they stand in the whole picture. Raises `WrongWiring`."""
    cables = []
    for receiver in receivers:
        area = area_of(receiver, width, height)
        panels = panels_of(receiver.wiring, area.width, area.height)
        cables.append([replace(one, x=one.x + area.x, y=one.y + area.y) for one in panels])
    return cables


def panels_of(wiring: WiringSettings, width: int, height: int) -> list[Panel]:
    """All panels along the cable, for a picture of `width` x `height` pixels.

    Raises `WrongWiring` when a panel lies outside the picture or on another one, or when a grid
    does not fill it.
    """
    across, down = wiring.panel_width or width, wiring.panel_height or height
    if wiring.panels:
        panels = [_placed(n, at, across, down) for n, at in enumerate(wiring.panels, 1)]
    else:
        panels = _grid(wiring, width, height, across, down)
    _check(panels, width, height)
    return panels


def steps(cable: Cable, columns: int, rows: int) -> list[tuple[int, int, bool]]:
    """Column and row of each step of the cable, and whether it is on a way back."""
    along, lines = (columns, rows) if cable.along == "rows" else (rows, columns)
    walked = []
    for line in range(lines):
        back = cable.serpentine and line % 2 == 1
        for place in reversed(range(along)) if back else range(along):
            column, row = (place, line) if cable.along == "rows" else (line, place)
            if cable.start.endswith("right"):
                column = columns - 1 - column
            if cable.start.startswith("bottom"):
                row = rows - 1 - row
            walked.append((column, row, back))
    return walked


def _grid(wiring: WiringSettings, width: int, height: int, across: int, down: int) -> list[Panel]:
    if width % across or height % down:
        raise WrongWiring(
            f"panels of {across}x{down} pixels do not fill {width}x{height}: give panel_width and "
            "panel_height that divide it, or list the panels one by one"
        )
    return [
        Panel(
            number,
            column * across,
            row * down,
            across,
            down,
            180 if back and wiring.back_upside_down else 0,
        )
        for number, (column, row, back) in enumerate(
            steps(wiring.cable, width // across, height // down), 1
        )
    ]


def _placed(number: int, at: PanelAt, across: int, down: int) -> Panel:
    if at.rotation in {90, 270}:
        across, down = down, across
    return Panel(number, at.x, at.y, across, down, at.rotation)


def _check(panels: list[Panel], width: int, height: int) -> None:
    for panel in panels:
        if panel.x + panel.width > width or panel.y + panel.height > height:
            raise WrongWiring(f"{panel} reaches beyond the picture of {width}x{height} pixels")
    by_row = sorted(panels, key=lambda panel: panel.y)
    for place, panel in enumerate(by_row):
        for other in by_row[place + 1 :]:
            if other.y >= panel.y + panel.height:
                break
            if other.x < panel.x + panel.width and panel.x < other.x + other.width:
                raise WrongWiring(f"{other} lies on {panel}: two panels can't show one place")
