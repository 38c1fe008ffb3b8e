"""sACN (ANSI E1.31): pixels in universes of 512 slots, 170 whole pixels in each."""

from __future__ import annotations

import struct

import numpy as np

from players.outputs.led.budget import SACN, UDP_PORTS, packets_of
from players.outputs.led.packets import Burst, Bytes, big_endian, fill, matrix

ACN = b"\x00\x10\x00\x00ASC-E1.17\x00\x00\x00"
SEQUENCE, OPTIONS, UNIVERSE = 111, 112, 113
TERMINATED = 0x40
NAME_BYTES = 63
FAREWELLS = 3


class Sacn:
    """Packets for `pixels` pixels from universe `first` on.

    `cid` is the 16 bytes by which receivers know this source, the same after a restart: with
    another one they mix the old picture with the new until the old one times out.
    """

    port = UDP_PORTS["sacn"]

    def __init__(
        self,
        pixels: int,
        *,
        first: int,
        cid: bytes,
        name: str,
        priority: int = 100,
        sync_universe: int = 0,
    ) -> None:
        count = packets_of("sacn", pixels, pixels)
        header = _header(cid, name, priority, sync_universe)
        self._rows = matrix(count, header, SACN.data)
        self._rows[:, UNIVERSE : UNIVERSE + 2] = big_endian(np.arange(first, first + count), 2)
        self._sync = _sync(cid, sync_universe) if sync_universe else None

    def encode(self, pixels: Bytes, number: int) -> list[Burst]:
        """Every universe is in every frame, so that one number is the sequence of each."""
        self._rows[:, SEQUENCE] = number & 0xFF
        fill(self._rows, SACN.header, pixels)
        bursts = [Burst(self._rows.reshape(-1), self._rows.shape[1])]
        if self._sync is not None:
            self._sync[44] = number & 0xFF
            bursts.append(Burst(self._sync, len(self._sync)))
        return bursts

    def farewell(self, number: int) -> list[list[Burst]]:
        """Three times "stream terminated": receivers let go at once instead of after 2.5 s."""
        rows = self._rows.copy()
        rows[:, OPTIONS] = TERMINATED
        said = []
        for more in range(FAREWELLS):
            rows[:, SEQUENCE] = (number + more) & 0xFF
            said.append([Burst(rows.reshape(-1).copy(), rows.shape[1])])
        return said


def multicast_group(universe: int) -> str:
    """The address to which everybody listens who wants this universe."""
    return f"239.255.{universe >> 8}.{universe & 0xFF}"


def source_name(name: str) -> bytes:
    """64 bytes with the name in them, cut at a whole letter: at most 63 bytes, not letters."""
    return name.encode()[:NAME_BYTES].decode(errors="ignore").encode().ljust(64, b"\x00")


def _header(cid: bytes, name: str, priority: int, sync_universe: int) -> bytes:
    size = SACN.header + SACN.data
    root = ACN + struct.pack(">HI", 0x7000 | (size - 16), 4) + cid
    framing = struct.pack(">HI", 0x7000 | (size - 38), 2) + source_name(name)
    framing += struct.pack(">BHBBH", priority, sync_universe, 0, 0, 0)
    dmp = struct.pack(">HBBHHHB", 0x7000 | (size - 115), 2, 0xA1, 0, 1, SACN.data + 1, 0)
    return root + framing + dmp


def _sync(cid: bytes, universe: int) -> Bytes:
    packet = ACN + struct.pack(">HI", 0x7000 | 33, 8) + cid
    packet += struct.pack(">HIBHH", 0x7000 | 11, 1, 0, universe, 0)
    return np.frombuffer(bytearray(packet), np.uint8)
