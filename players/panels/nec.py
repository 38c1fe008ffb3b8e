"""Sharp/NEC: a header with id and length, a message in hexadecimal ASCII, XOR and return."""

from __future__ import annotations

from typing import Final

from players.panels import PanelTrouble
from players.panels.languages import nonsense, xor

SOH, STX, ETX, END = b"\x01", b"\x02", b"\x03", b"\r"
COMMAND, SET_PARAMETER = b"A", b"E"
POWER_ON, POWER_OFF = b"0001", b"0004"
VOLUME: Final = b"0062"


def packet(number: int, kind: bytes, message: bytes) -> bytes:
    """One message to the panel `number` (1 to 100, told as letters from A on)."""
    framed = STX + message + ETX
    body = b"0" + bytes([0x40 + number]) + b"0" + kind + b"%02X" % len(framed) + framed
    return SOH + body + bytes([xor(body)]) + END


class Nec:
    """A panel with `number` 1 to 26 on its line."""

    speed = 9600
    tcp_port = 7142

    def __init__(self, number: int) -> None:
        self._number = number

    def power(self, on: bool) -> bytes:
        return packet(self._number, COMMAND, b"C203D6" + (POWER_ON if on else POWER_OFF))

    def ask_power(self) -> bytes:
        return packet(self._number, COMMAND, b"01D6")

    def volume(self, percent: int) -> bytes:
        return packet(self._number, SET_PARAMETER, VOLUME + b"%04X" % percent)

    def is_whole(self, answer: bytes) -> bool:
        return answer.endswith(END)

    def check(self, answer: bytes) -> None:
        self._message(answer)

    def read_power(self, answer: bytes) -> bool:
        message = self._message(answer)
        if not message.startswith(b"0200D6") or len(message) != 16:
            raise nonsense("NEC", answer)
        return message[12:] == POWER_ON

    def _message(self, answer: bytes) -> bytes:
        """What stands between STX and ETX; a result code of 01 says that the panel refuses."""
        begins, ends = answer.find(STX), answer.find(ETX)
        whole = answer[:1] == SOH and 0 < begins < ends and self.is_whole(answer)
        if not whole or xor(answer[1 : ends + 1]) != answer[ends + 1]:
            raise nonsense("NEC", answer)
        message = answer[begins + 1 : ends]
        if message[:2] in (b"01", b"BE"):
            raise PanelTrouble("the NEC panel refuses")
        return message
