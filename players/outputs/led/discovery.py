"""Asks who is there: every Art-Net node answers an ArtPoll with its name."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from players.outputs.led.budget import UDP_PORTS

PORT: Final = UDP_PORTS["artnet"]
ART_NET: Final = b"Art-Net\x00"
REVISION: Final = struct.pack(">H", 14)
POLL, POLL_REPLY = 0x2000, 0x2100
EVERYBODY: Final = "255.255.255.255"
LEAST_REPLY: Final = 108
"""Up to the end of the long name; real ones have 239 bytes."""


@dataclass(frozen=True)
class Node:
    """An Art-Net receiver, as it tells of itself."""

    address: str
    name: str
    description: str


def poll() -> bytes:
    """The question to which every node answers with an ArtPollReply."""
    return ART_NET + struct.pack("<H", POLL) + REVISION + b"\x00\x00"


def replied(packet: bytes, address: str) -> Node | None:
    """The node at `address` that sent this ArtPollReply; None when it is none."""
    if packet[:10] != ART_NET + struct.pack("<H", POLL_REPLY) or len(packet) < LEAST_REPLY:
        return None
    return Node(address, _text(packet[26:44]), _text(packet[44:108]))


def nodes(where: str = EVERYBODY, seconds: float = 3.0) -> Iterator[Node]:
    """Each node that answers in time, once. `where` is one address or that of a whole network.

    Raises OSError when the port is taken (by a lighting desk on this PC) or there is no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        asking.bind(("", PORT))  # nodes answer to this port, wherever the question came from
        asking.sendto(poll(), (where, PORT))
        known, end = set(), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            asking.settimeout(left)
            try:
                packet, sender = asking.recvfrom(2048)
            except TimeoutError:
                return
            node = replied(packet, sender[0])
            if node and node not in known:
                known.add(node)
                yield node


def _text(field: bytes) -> str:
    return field.partition(b"\x00")[0].decode(errors="replace")
