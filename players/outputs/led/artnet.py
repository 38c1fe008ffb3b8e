"""Art-Net 4: pixels in universes of 512 slots, ArtSync behind each frame."""

from __future__ import annotations

import struct

import numpy as np

from players.outputs.led.budget import ARTNET, UDP_PORTS, packets_of
from players.outputs.led.discovery import ART_NET, REVISION
from players.outputs.led.packets import Burst, Bytes, fill, matrix

OUTPUT, SYNC = 0x5000, 0x5200
SEQUENCE, UNIVERSE = 12, 14


class ArtNet:
    """Packets for `pixels` pixels from port address `first` (15 bits, from 0) on."""

    port = UDP_PORTS["artnet"]

    def __init__(self, pixels: int, *, first: int) -> None:
        count = packets_of("artnet", pixels, pixels)
        header = ART_NET + struct.pack("<H", OUTPUT) + REVISION
        header += struct.pack(">BBHH", 0, 0, 0, ARTNET.data)
        self._rows = matrix(count, header, ARTNET.data)
        universes = np.arange(first, first + count)
        self._rows[:, UNIVERSE] = universes & 0xFF
        self._rows[:, UNIVERSE + 1] = universes >> 8
        sync = ART_NET + struct.pack("<H", SYNC) + REVISION + b"\x00\x00"
        self._sync = np.frombuffer(sync, np.uint8)

    def encode(self, pixels: Bytes, number: int) -> list[Burst]:
        """Each universe counts 1 to 255; 0 would mean that there is no order."""
        self._rows[:, SEQUENCE] = number % 255 + 1
        fill(self._rows, ARTNET.header, pixels)
        return [
            Burst(self._rows.reshape(-1), self._rows.shape[1]),
            Burst(self._sync, len(self._sync)),
        ]

    def farewell(self, number: int) -> list[list[Burst]]:  # noqa: ARG002 - Art-Net has no last word
        return []
