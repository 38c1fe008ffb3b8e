"""Art-Net 4: pixels in universes of 512 slots, ArtSync behind each frame, ArtPoll to find nodes."""

from __future__ import annotations

import struct

import numpy as np

from players.outputs.led.budget import ARTNET, packets_of
from players.outputs.led.packets import Burst, Bytes, fill, matrix

PORT = 6454
ART_NET = b"Art-Net\x00"
POLL, POLL_REPLY, OUTPUT, SYNC = 0x2000, 0x2100, 0x5000, 0x5200
REVISION = struct.pack(">H", 14)
SEQUENCE, UNIVERSE = 12, 14


class ArtNet:
    """Packets for `pixels` pixels from port address `first` (15 bits, from 0) on."""

    port = PORT

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


def poll() -> bytes:
    """The question to which every node on the network answers with an ArtPollReply."""
    return ART_NET + struct.pack("<H", POLL) + REVISION + b"\x00\x00"


def replied(packet: bytes) -> tuple[str, str] | None:
    """Short and long name of the node that sent an ArtPollReply; None when it is none."""
    if not packet.startswith(ART_NET + struct.pack("<H", POLL_REPLY)) or len(packet) < 108:
        return None
    return _text(packet[26:44]), _text(packet[44:108])


def _text(field: bytes) -> str:
    return field.partition(b"\x00")[0].decode(errors="replace")
