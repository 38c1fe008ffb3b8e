"""LG signage: two letters, id and value in hexadecimal ASCII; the answer says OK or NG."""

from __future__ import annotations

import re

from players.panels import PanelTrouble
from players.panels.languages import nonsense

_ANSWER = re.compile(rb"([a-z]) ([0-9a-f]{2}) (OK|NG)([0-9a-f]{2})x", re.IGNORECASE)


class Lg:
    """A panel with `number` 1 to 255 on its line."""

    speed = 9600
    tcp_port = 9761

    def __init__(self, number: int) -> None:
        self._number = number

    def power(self, on: bool) -> bytes:
        return self._line("ka", int(on))

    def ask_power(self) -> bytes:
        return self._line("ka", 0xFF)

    def volume(self, percent: int) -> bytes:
        return self._line("kf", percent)

    def is_whole(self, answer: bytes) -> bool:
        return answer.endswith(b"x")

    def check(self, answer: bytes) -> None:
        self._value(answer)

    def read_power(self, answer: bytes) -> bool:
        return self._value(answer) == 1

    def _line(self, command: str, value: int) -> bytes:
        return f"{command} {self._number:02x} {value:02x}\r".encode()

    def _value(self, answer: bytes) -> int:
        found = _ANSWER.search(answer)
        if found is None:
            raise nonsense("LG", answer)
        if found[3].upper() != b"OK":
            raise PanelTrouble("the LG panel refuses")
        return int(found[4], 16)
