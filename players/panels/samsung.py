"""Samsung MDC (Multiple Display Control): AA, command, id, length, data, sum of all but the AA."""

from __future__ import annotations

from typing import Final

from players.panels import PanelTrouble
from players.panels.languages import nonsense

HEADER: Final = 0xAA
ANSWER: Final = 0xFF
POWER: Final = 0x11
VOLUME: Final = 0x12
YES: Final = ord("A")


def packet(command: int, panel: int, data: bytes = b"") -> bytes:
    """One command to one panel."""
    body = bytes([command, panel, len(data)]) + data
    return bytes([HEADER]) + body + bytes([sum(body) & 0xFF])


class Samsung:
    """A panel with `number` 0 to 253 on its line."""

    speed = 9600
    tcp_port = 1515

    def __init__(self, number: int) -> None:
        self._number = number

    def power(self, on: bool) -> bytes:
        return packet(POWER, self._number, bytes([on]))

    def ask_power(self) -> bytes:
        return packet(POWER, self._number)

    def volume(self, percent: int) -> bytes:
        return packet(VOLUME, self._number, bytes([percent]))

    def is_whole(self, answer: bytes) -> bool:
        return len(answer) >= 4 and len(answer) >= 5 + answer[3]

    def check(self, answer: bytes) -> None:
        self._data(answer)

    def read_power(self, answer: bytes) -> bool:
        return self._data(answer)[:1] == b"\x01"

    def _data(self, answer: bytes) -> bytes:
        """What stands behind yes and command in an answer."""
        right = answer[:2] == bytes([HEADER, ANSWER]) and self.is_whole(answer)
        if not right or sum(answer[1:-1]) & 0xFF != answer[-1] or answer[3] < 2:
            raise nonsense("Samsung", answer)
        if answer[4] != YES:
            raise PanelTrouble(f"the Samsung panel refuses (error {answer[-2]})")
        return answer[6:-1]
