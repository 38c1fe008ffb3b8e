"""Philips SICP: size, monitor, group, command and data, all bytes XORed at the end."""

from __future__ import annotations

from typing import Final

from players.panels import PanelTrouble
from players.panels.languages import nonsense, xor

POWER_SET: Final = 0x18
POWER_GET: Final = 0x19
VOLUME_SET: Final = 0x44
ON, OFF = 0x02, 0x01
ACK, NOT_AVAILABLE = 0x06, 0x18


def packet(monitor: int, *data: int) -> bytes:
    """One command to one monitor, of whatever group."""
    body = bytes([len(data) + 4, monitor, 0, *data])
    return body + bytes([xor(body)])


class Philips:
    """A panel with `number` 1 to 255 on its line."""

    speed = 9600
    tcp_port = 5000

    def __init__(self, number: int) -> None:
        self._number = number

    def power(self, on: bool) -> bytes:
        return packet(self._number, POWER_SET, ON if on else OFF)

    def ask_power(self) -> bytes:
        return packet(self._number, POWER_GET)

    def volume(self, percent: int) -> bytes:
        # Loudspeakers and audio output alike.
        return packet(self._number, VOLUME_SET, percent, percent)

    def is_whole(self, answer: bytes) -> bool:
        return bool(answer) and len(answer) >= max(answer[0], 5)

    def check(self, answer: bytes) -> None:
        data = self._data(answer)
        if data[0] == 0 and data[-1] != ACK:
            why = "can't do that now" if data[-1] == NOT_AVAILABLE else "refuses"
            raise PanelTrouble(f"the Philips panel {why}")

    def read_power(self, answer: bytes) -> bool:
        self.check(answer)
        data = self._data(answer)
        if data[0] != POWER_GET or len(data) < 2:
            raise nonsense("Philips", answer)
        return data[1] == ON

    def _data(self, answer: bytes) -> bytes:
        """What stands between group and checksum; panels differ in the group they answer with."""
        if not self.is_whole(answer) or xor(answer[: answer[0]]) != 0:
            raise nonsense("Philips", answer)
        return answer[3 : answer[0] - 1]
