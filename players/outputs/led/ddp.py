"""DDP, the distributed display protocol: pixels by their place in one long row of bytes.

http://www.3waylabs.com/ddp/: ten bytes of header, 1440 of data, "push" on the last packet.
"""

from __future__ import annotations

import struct

import numpy as np

from players.outputs.led.budget import DDP, UDP_PORTS, packets_of
from players.outputs.led.packets import Burst, Bytes, big_endian, fill, matrix

VERSION, PUSH = 0x40, 0x01
RGB_8_BIT = 0x0B
ALL_OUTPUTS = 1


class Ddp:
    """Packets for `pixels` pixels; each has a sequence number of its own, 1 to 15."""

    port = UDP_PORTS["ddp"]

    def __init__(self, pixels: int) -> None:
        count, length = packets_of("ddp", pixels, pixels), pixels * 3
        header = struct.pack(">BBBBIH", VERSION, 0, RGB_8_BIT, ALL_OUTPUTS, 0, DDP.data)
        self._rows = matrix(count, header, DDP.data)
        self._rows[:, 4:8] = big_endian(np.arange(count) * DDP.data, 4)
        last = length - (count - 1) * DDP.data
        self._rows[-1, 0] = VERSION | PUSH
        self._rows[-1, 8:10] = np.frombuffer(struct.pack(">H", last), np.uint8)
        self._places = np.arange(count)
        self._bytes = length + count * DDP.header

    def encode(self, pixels: Bytes, number: int) -> list[Burst]:
        rows = self._rows
        rows[:, 1] = (number * len(rows) + self._places) % 15 + 1
        fill(rows, DDP.header, pixels)
        return [Burst(rows.reshape(-1)[: self._bytes], rows.shape[1])]

    def farewell(self, number: int) -> list[list[Burst]]:  # noqa: ARG002 - DDP has no last word
        return []
