"""From the colours of a picture to what the panels get: balance, curve, brightness, power cap."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from players.outputs.led.packets import Bytes
from players.outputs.led.settings import LedSettings

Levels = NDArray[np.float64]

DEVICE_GAMMA: Final = 2.2
"""What a receiver with a curve of its own is taken to do; only for dimming and the power cap."""
BAYER: Final = np.array(
    [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.uint16
)
TURNS: Final = (0, 2, 1, 3)
"""The thresholds of four frames together err by a quarter of a step."""
RECOVERY: Final = 1 / 15
"""How much brighter a capped wall may get with the next frame: half a second from dark to full."""


class Colour:
    """Owned by the sending thread; `brightness` (0 to 1) may be set by any."""

    def __init__(self, settings: LedSettings) -> None:
        self.brightness = 1.0
        self._curve = settings.curve
        self._balance = np.array(settings.white_balance) / 100
        self._cap = settings.power_cap / 100
        self._dither = settings.dither
        self._scale = 1.0
        self._recovers = False
        self._made_for: tuple[float, float] | None = None
        self._fine = np.zeros((3, 256), np.uint16)

    def apply(self, picture: Bytes, number: int) -> Bytes:
        """What the panels get for `picture` (height, width, 3); `number` counts the frames."""
        brightness = self.brightness
        if self._cap < 1:
            self._cap_power(picture, brightness)
        self._make(brightness, self._scale)
        if self._dither:
            return _dithered(picture, self._fine, number)
        return self._plain(picture)

    def changes(self) -> bool:
        """Say whether the same picture will look otherwise in the next frame."""
        return self._dither or self._recovers

    def _cap_power(self, picture: Bytes, brightness: float) -> None:
        """Down at once, up again little by little: a wall must not flash."""
        allowed = min(1.0, self._cap / max(self._load(picture, brightness), 1e-6))
        self._scale = min(allowed, self._scale + RECOVERY)
        self._recovers = self._scale < allowed

    def _load(self, picture: Bytes, brightness: float) -> float:
        """The light of the picture as a part of a wall all white."""
        light = (light_of(self._curve) * brightness)[None] * self._balance[:, None]
        sums = [
            np.bincount(picture[..., c].reshape(-1), minlength=256) @ light[c] for c in range(3)
        ]
        return float(sum(sums) / picture.size)

    def _make(self, brightness: float, scale: float) -> None:
        if self._made_for == (brightness, scale):
            return
        light = light_of(self._curve)[None] * self._balance[:, None] * brightness * scale
        codes = light ** (1 / DEVICE_GAMMA) if self._curve == "device" else light
        self._fine = np.round(codes * 255 * 256).astype(np.uint16)
        self._tables = np.round(codes * 255).astype(np.uint8)
        self._same = bool((self._tables == self._tables[0]).all())
        self._untouched = self._same and bool((self._tables[0] == np.arange(256)).all())
        self._made_for = (brightness, scale)

    def _plain(self, picture: Bytes) -> Bytes:
        if self._untouched:
            return picture
        if self._same:
            return np.take(self._tables[0], picture)
        out = np.empty_like(picture)
        for channel in range(3):
            out[..., channel] = np.take(self._tables[channel], picture[..., channel])
        return out


def light_of(curve: str) -> Levels:
    """The light (0 to 1) that each of the 256 codes of a picture stands for."""
    code = np.arange(256) / 255
    if curve == "cie1931":
        lightness = code * 100
        return np.where(lightness <= 8, lightness / 903.3, ((lightness + 16) / 116) ** 3)
    if curve == "srgb":
        return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    gamma = float(curve.removeprefix("gamma")) if curve.startswith("gamma") else DEVICE_GAMMA
    return np.asarray(code**gamma)


def _dithered(picture: Bytes, fine: NDArray[np.uint16], number: int) -> Bytes:
    """Steps between two codes by showing the upper one more or less often over four frames."""
    threshold = (BAYER * 16 + TURNS[number % 4] * 64) % 256
    height, width = picture.shape[:2]
    tiled = np.tile(threshold, (-(-height // 4), -(-width // 4)))[:height, :width]
    out = np.empty_like(picture)
    for channel in range(3):
        out[..., channel] = (fine[channel][picture[..., channel]] + tiled) >> 8
    return out
