"""ColorLight 5A-75 receiving cards, by raw Ethernet frames. Experimental: found out by others.

The cards want a gigabit line of their own. Firmware 13 and later is known to flicker or stay dark.
A frame is a packet for each row (or 497 pixels of it), then "show it" with the brightness.
"""

from __future__ import annotations

import struct

import numpy as np

from players.outputs.led.budget import CHANNELS, COLORLIGHT
from players.outputs.led.packets import Burst, Bytes, matrix

ADDRESSES = bytes.fromhex("112233445566222233445566")
ROW, SHOW = 0x55, 0x01
BEFORE_SHOW = 0.005
"""Seconds that a card wants between the last row and "show it"."""


class ColorLight:
    """Packets for rows of `width` pixels; brightness 0 to 1 is set by the card itself."""

    port = 0

    def __init__(self, width: int, height: int) -> None:
        most = COLORLIGHT.data // CHANNELS
        self._shape = height, width * CHANNELS
        self._parts = []
        for left in range(0, width, most):
            count = min(most, width - left)
            header = ADDRESSES + struct.pack(">BHHHBB", ROW, 0, left, count, 0x08, 0x88)
            rows = matrix(height, header, count * CHANNELS)
            numbers = np.arange(height)
            rows[:, 13], rows[:, 14] = numbers >> 8, numbers & 0xFF
            self._parts.append((rows, slice(left * CHANNELS, (left + count) * CHANNELS)))
        show = bytearray(COLORLIGHT.per_frame)
        show[:14] = ADDRESSES + bytes([SHOW, 0x07])
        show[36] = 0x05
        self._show = np.frombuffer(show, np.uint8)
        self.dim(1.0)

    def dim(self, brightness: float) -> None:
        """Tell the card how bright, from 0 to 1."""
        level = round(brightness * 255)
        self._show[35] = level
        self._show[38:41] = level

    def encode(self, pixels: Bytes, number: int) -> list[Burst]:  # noqa: ARG002 - has no sequence
        frame = pixels.reshape(self._shape)
        for rows, columns in self._parts:
            rows[:, COLORLIGHT.header :] = frame[:, columns]
        bursts = [Burst(rows.reshape(-1), rows.shape[1]) for rows, _ in self._parts]
        return [*bursts, Burst(self._show, len(self._show), BEFORE_SHOW)]

    def farewell(self, number: int) -> list[list[Burst]]:  # noqa: ARG002 - has no last word
        return []
