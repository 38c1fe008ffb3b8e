"""The line to a panel: a question goes out, an answer comes back, then it is let go of."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final, Protocol

from players.panels import PanelTrouble

ANSWER_SECONDS: Final = 3.0
MAX_ANSWER_BYTES: Final = 256


class Wire(Protocol):
    """Where a panel listens."""

    def ask(self, question: bytes, is_whole: Callable[[bytes], bool]) -> bytes:
        """Send `question`, give the answer once it is whole; raises `PanelTrouble`."""


class TcpWire:
    """A panel's own network port."""

    def __init__(self, host: str, port: int) -> None:
        self._address = host, port

    def ask(self, question: bytes, is_whole: Callable[[bytes], bool]) -> bytes:
        try:
            with socket.create_connection(self._address, ANSWER_SECONDS) as connection:
                connection.sendall(question)
                return _whole(connection.recv, is_whole)
        except OSError as error:
            host, port = self._address
            raise PanelTrouble(f"the panel at {host}:{port} can't be reached: {error}") from error


class SerialWire:
    """A serial line (RS-232), 8N1."""

    def __init__(self, path: str, speed: int) -> None:
        self._path, self._speed = path, speed

    def ask(self, question: bytes, is_whole: Callable[[bytes], bool]) -> bytes:
        import serial

        try:
            with closing(serial.Serial(self._path, self._speed, timeout=0.2)) as line:
                line.reset_input_buffer()  # what came late of an earlier answer
                line.write(question)
                return _whole(lambda _size: bytes(line.read(1)), is_whole)
        except (OSError, serial.SerialException) as error:
            raise PanelTrouble(f"the serial line {self._path} fails: {error}") from error


def _whole(read: Callable[[int], bytes], is_whole: Callable[[bytes], bool]) -> bytes:
    answer, end = b"", time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end and len(answer) < MAX_ANSWER_BYTES:
        answer += read(MAX_ANSWER_BYTES)
        if is_whole(answer):
            return answer
    raise PanelTrouble(f"the panel gave no whole answer (only {len(answer)} bytes)")
