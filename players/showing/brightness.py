"""How bright the display is: by the sun, within the limits that the manifest sets."""

from __future__ import annotations

import math
from typing import Final

from players.clock import PlayerTime
from players.contract.limits import SECOND
from players.contract.manifest import Light
from players.outputs import Dims
from players.sealed.papers import Papers
from players.showing.glass import Glass
from players.showing.sun import elevation

FULL_DAY: Final = 20.0
NIGHT: Final = -6.0
"""Degrees of the sun: from here up as by day, from there down as by night."""
LOOK_EVERY: Final = 10 * SECOND


def wanted(light: Light, moment: int, *, alert: bool) -> int:
    """Percent of full brightness at `moment`, from 1 to 100.

    Between night and day in equal ratios, as eyes see it; an alert is never too dark to be read.
    """
    height = elevation(moment, light.latitude_e6 / 1e6, light.longitude_e6 / 1e6)
    day = min(max((height - NIGHT) / (FULL_DAY - NIGHT), 0.0), 1.0)
    night = min(light.night, light.day)
    percent = round(night * math.pow(light.day / night, day))
    return max(percent, light.alert) if alert else percent


class Brightness:
    """Main thread only. `dimmer` is None where nothing here can dim the display."""

    def __init__(self, dimmer: Dims | None, papers: Papers, time: PlayerTime, glass: Glass) -> None:
        self._dimmer, self._papers, self._time, self._glass = dimmer, papers, time, glass
        self._looked: tuple[Light, bool, int] | None = None
        self.percent: int | None = None

    def tend(self) -> None:
        """Follow the sun, the manifest and the alert; costs next to nothing when called often."""
        manifest = self._papers.manifest
        light = manifest.document.light if manifest else None
        if self._dimmer is None or light is None:
            return
        alert = self._glass.on is not None and self._glass.on.source == "alert"
        now = self._time.now()
        look = (light, alert, now // LOOK_EVERY)
        if look == self._looked:
            return
        self._looked = look
        percent = wanted(light, now, alert=alert)
        if percent != self.percent:
            self.percent = percent
            self._dimmer.dim(percent / 100)
