"""The glass as a numpy array; under a running strip only the strip is put together anew."""

from __future__ import annotations

import math

import numpy as np

from players.outputs import Scene
from players.outputs.composing import compose, decode_once
from players.outputs.layers import band_of, changes_after, panes_of
from players.outputs.led.packets import Bytes


class Compositor:
    """Main thread only."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._scene: Scene | None = None
        self._good = (math.inf, -math.inf)
        self._ground: Bytes = np.zeros((height, width, 3), np.uint8)

    def frame(self, scene: Scene, moment: int) -> Bytes:
        """The whole glass (height, width, 3) as it is at `moment`; no array is written again."""
        if scene is not self._scene or not self._good[0] <= moment < self._good[1]:
            self._ground = np.asarray(compose(scene, self._width, self._height, moment))
            self._scene, self._good = scene, (moment, self._lasts_until(scene, moment))
            return self._ground
        band = band_of(scene, self._height)
        if not band or scene.strip is None or scene.ticker is None:
            return self._ground
        strip = np.asarray(decode_once(scene.strip.encoded))
        offset = scene.ticker.offset_at(moment)
        columns = np.arange(offset, offset + self._width) % strip.shape[1]
        frame = self._ground.copy()
        frame[-band:] = strip[:band, columns]
        return frame

    def _lasts_until(self, scene: Scene, moment: int) -> float:
        """Until when all but the strip stays as it is: films and transitions never do."""
        films = any(pane.film for pane in panes_of(scene, self._width, self._height))
        if films or scene.entrance:
            return -math.inf
        return changes_after(scene, moment) or math.inf
