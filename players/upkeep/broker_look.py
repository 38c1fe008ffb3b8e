"""The doctor looks at the broker: does one answer, is it ours, does it let this display in."""

import socket
import ssl
from typing import Final

from players.link.lock import password_in, trusting
from players.settings import BrokerSettings, Settings

SECONDS: Final = 4.0
"""How long each question to the broker may take."""
ACCEPTED: Final = b"\0"
NOT_KNOWN: Final = {b"\4", b"\5"}
"""Return codes of MQTT 3.1.1."""


def broker(settings: Settings) -> str:
    """Connect for a moment. A player that runs is put off a locked broker by that, and comes back
    at once: there is one connection for each user.
    """
    told, place = settings.broker, f"{settings.broker.host}:{settings.broker.port}"
    try:
        with _line_to(told) as line:
            line.settimeout(SECONDS)
            line.sendall(_hello(told))
            answer = line.recv(4)
    except ssl.SSLCertVerificationError as error:
        return f"the broker's certificate is not trusted by broker.ca_file: {error.verify_message}"
    except OSError as error:
        return f"no broker at {place}: {error}"
    if answer[:1] != b"\x20":
        return f"what answers at {place} is no MQTT broker"
    if answer[3:] in NOT_KNOWN:
        who = told.user or "players without a user"
        return f"the broker refuses {who}: run `signage broker files` there, and reload the broker"
    code = answer[3:]
    return "" if code == ACCEPTED else f"the broker refuses players (code {code.hex()})"


def _line_to(told: BrokerSettings) -> socket.socket:
    context = trusting(told.ca_file) if told.ca_file else None
    line = socket.create_connection((told.host, told.port), SECONDS)
    return context.wrap_socket(line, server_hostname=told.host) if context else line


def _hello(told: BrokerSettings) -> bytes:
    """An MQTT 3.1.1 CONNECT with a clean session, without a name of the client."""
    words, flags = [""], 0x02
    if told.user:
        words, flags = ["", told.user, password_in(told.password_file)], 0xC2
    fields = b"".join(len(word.encode()).to_bytes(2, "big") + word.encode() for word in words)
    body = b"\x00\x04MQTT\x04" + bytes([flags]) + b"\x00\x0a" + fields
    size = len(body)  # seven bits in a byte, the lowest first
    return b"\x10" + bytes([size] if size < 128 else [size % 128 | 128, size // 128]) + body
