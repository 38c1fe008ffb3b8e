"""Brightness of NovaStar sending cards and their receiving cards, over TCP or a serial line.

The picture goes to such a card by HDMI from the window; this is the channel beside it. Cards dim
in 14 bits and more, pixels only in 8: dark shades survive.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Final, Protocol

PORTS: Final = (5200, 15200)
"""Cards as the MCTRL listen on the first, processors as the VX Pro on the second."""
BAUD: Final = 115_200
ANSWER_SECONDS: Final = 2.0
AGAIN_SECONDS: Final = 60.0
"""A card that was switched off and on comes back with its own brightness."""
HEAD, ANSWER = b"\x55\xaa", b"\xaa\x55"
COMPUTER, RECEIVING_CARD, WRITE = 0xFE, 1, 1
BRIGHTNESS: Final = 0x02000001
EVERY: Final = 0xFF


class Line(Protocol):
    """What `socket.makefile` and a serial port have in common."""

    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...
    def read(self, size: int, /) -> bytes | None: ...


def brightness_request(level: int, serial: int) -> bytes:
    """The bytes that set every receiving card on every port to `level` (0 to 255)."""
    body = struct.pack(
        "<BBBBBBHBBIHB",
        0, serial, COMPUTER, EVERY, RECEIVING_CARD, EVERY, 0xFFFF, WRITE, 0, BRIGHTNESS, 1, level,
    )  # fmt: skip
    return HEAD + body + struct.pack("<H", (0x5555 + sum(body)) & 0xFFFF)


def refusal_of(answer: bytes, serial: int) -> str | None:
    """Why an answer is none to request `serial` that says "done"; None when it is."""
    if len(answer) < 20 or answer[:2] != ANSWER:
        return "it does not answer as a NovaStar card"
    if answer[3] != serial:
        return "it answered another question"
    if answer[2]:
        return f"it refused with code {answer[2]}"
    return None


class Novastar:
    """`target`: a host, a host with port, or the name of a serial port.

    Told from any thread; a thread of its own talks to the card, and says again what it said.
    `trouble` gets a sentence when the card can't be reached, and an empty one when it can again.
    """

    def __init__(self, target: str, trouble: Callable[[str], None]) -> None:
        self._target, self._trouble = target, trouble
        self._changed = threading.Condition()
        self._wanted: float | None = None
        self._new = self._stopping = False
        self._serial = 0
        self._thread = threading.Thread(target=self._run, name="novastar", daemon=True)
        self._thread.start()

    def dim(self, brightness: float) -> None:
        """How bright, from 0 to 1; returns at once."""
        with self._changed:
            self._wanted, self._new = brightness, True
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(timeout=2 * ANSWER_SECONDS)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._new or self._stopping, AGAIN_SECONDS)
                if self._stopping:
                    return
                wanted, self._new = self._wanted, False
            if wanted is not None:
                self._tell(wanted)

    def _tell(self, brightness: float) -> None:
        self._serial = self._serial % 255 + 1
        try:
            with opened(self._target) as line:
                line.write(brightness_request(round(brightness * 255), self._serial))
                line.flush()
                refusal = refusal_of(line.read(20) or b"", self._serial)
        except Exception as error:  # noqa: BLE001 - a missing driver must not end the thread either
            refusal = str(error)
        sentence = f"the brightness of the card at {self._target} can't be set: {refusal}"
        self._trouble(sentence if refusal else "")


@contextlib.contextmanager
def opened(target: str) -> Iterator[Line]:
    """The line to a card. Raises OSError, and ImportError when pyserial is wanted and missing."""
    if target.startswith(("/", "COM")):
        import serial  # an extra: only who has such a card needs it

        with serial.Serial(target, BAUD, timeout=ANSWER_SECONDS) as port:
            yield port
        return
    host, _, port_text = target.partition(":")
    with _connected(host, [int(port_text)] if port_text else list(PORTS)) as connection:
        yield connection.makefile("rwb")


def _connected(host: str, ports: list[int]) -> socket.socket:
    for port in ports[:-1]:
        with contextlib.suppress(ConnectionRefusedError):
            return socket.create_connection((host, port), ANSWER_SECONDS)
    return socket.create_connection((host, ports[-1]), ANSWER_SECONDS)
