"""The order in which a wall's wiring takes the pixels of a picture, as one numpy index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from players.outputs.led.packets import Bytes
from players.outputs.led.settings import Cable
from players.outputs.led.wiring import Panel


class PixelMap:
    """Takes a picture (height, width, 3) and gives its bytes along the cable."""

    def __init__(
        self, panels: Sequence[Panel], pixels: Cable, colour_order: str, width: int, height: int
    ) -> None:
        places = np.arange(width * height).reshape(height, width)
        order = np.concatenate([_along(_of(places, panel), pixels) for panel in panels])
        channels = np.array(["RGB".index(colour) for colour in colour_order])
        index = (order[:, None] * 3 + channels).reshape(-1)
        self.pixels = len(order)
        straight = len(index) == width * height * 3 and bool((index == np.arange(len(index))).all())
        self._index: NDArray[np.intp] | None = None if straight else index

    def apply(self, picture: Bytes) -> Bytes:
        """Three bytes for each pixel of the wall; the picture itself where nothing is to change."""
        flat = picture.reshape(-1)
        return flat if self._index is None else flat[self._index]


def _of(places: NDArray[np.intp], panel: Panel) -> NDArray[np.intp]:
    """The places of a panel as it was before it was turned (`rot90` turns the other way)."""
    part = places[panel.y : panel.y + panel.height, panel.x : panel.x + panel.width]
    return np.rot90(part, panel.rotation // 90)


def _along(places: NDArray[np.intp], cable: Cable) -> NDArray[np.intp]:
    if cable.start.endswith("right"):
        places = places[:, ::-1]
    if cable.start.startswith("bottom"):
        places = places[::-1]
    if cable.along == "columns":
        places = places.T
    if cable.serpentine:
        places = places.copy()
        places[1::2] = places[1::2, ::-1]
    return places.reshape(-1)
