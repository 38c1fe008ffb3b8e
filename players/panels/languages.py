"""What a panel's protocol has to know: bytes to send, and what the bytes that come back mean."""

from typing import Protocol

from players.panels import PanelTrouble


class Language(Protocol):
    """Bytes of one maker. Readers raise `PanelTrouble` for a refusal or bytes that make no sense.

    `speed` is that of the serial line, always 8N1; `tcp_port` the usual one of its network port.
    """

    speed: int
    tcp_port: int

    def power(self, on: bool) -> bytes: ...
    def ask_power(self) -> bytes: ...
    def volume(self, percent: int) -> bytes: ...
    def is_whole(self, answer: bytes) -> bool:
        """Say whether `answer` has come to its end."""
        ...

    def check(self, answer: bytes) -> None:
        """Return when the answer to a command is a yes."""

    def read_power(self, answer: bytes) -> bool: ...


def xor(content: bytes) -> int:
    """The checksum of SICP and NEC: all bytes XORed."""
    total = 0
    for byte in content:
        total ^= byte
    return total


def nonsense(maker: str, answer: bytes) -> PanelTrouble:
    """What to say about bytes that are no answer."""
    return PanelTrouble(f"the {maker} panel answered {answer[:32].hex(' ') or 'nothing'}")
