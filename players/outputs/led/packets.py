"""What encoders have in common: a frame as runs of equal packets in one piece of memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Burst:
    """Packets of `size` bytes each, one behind the other; the last may be shorter.

    `pause` is how many seconds the receiver wants before them.
    """

    data: Bytes
    size: int
    pause: float = 0.0

    @property
    def view(self) -> memoryview:
        return self.data.data

    @property
    def packets(self) -> int:
        return -(-len(self.data) // self.size)


class Encoder(Protocol):
    """Pixels in wiring order in, packets out; what comes out is valid until the next call.

    `number` counts the frames from 0: sequence numbers follow from it.
    """

    port: int

    def encode(self, pixels: Bytes, number: int) -> list[Burst]:
        """The packets of a frame; `pixels` is flat, three bytes a pixel in the panels' order."""

    def farewell(self, number: int) -> list[list[Burst]]:
        """What is sent before falling silent, one list for each time."""


def matrix(packets: int, header: bytes, data: int) -> Bytes:
    """A row for each packet: the header, and room for `data` bytes."""
    rows = np.zeros((packets, len(header) + data), np.uint8)
    rows[:, : len(header)] = np.frombuffer(header, np.uint8)
    return rows


def fill(rows: Bytes, header: int, pixels: Bytes) -> None:
    """Put the pixels behind the headers; what is left of the last packet stays as it is."""
    data = rows.shape[1] - header
    whole = len(pixels) // data
    rows[:whole, header:] = pixels[: whole * data].reshape(whole, data)
    if rest := len(pixels) - whole * data:
        rows[whole, header : header + rest] = pixels[whole * data :]


def big_endian(numbers: NDArray[np.int64], size: int) -> Bytes:
    """Each number as `size` bytes, the highest first: a column block for `matrix`."""
    shifts = np.arange(size - 1, -1, -1) * 8
    return ((numbers[:, None] >> shifts) & 0xFF).astype(np.uint8)
