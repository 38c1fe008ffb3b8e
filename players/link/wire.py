"""Messages between player and link: how they are framed on a pipe, how big each topic may be."""

import struct
from collections.abc import Mapping
from typing import IO, Final, NamedTuple

import msgspec

from players.contract import limits, topics

CONNECTED: Final = "!connected"
DISCONNECTED: Final = "!disconnected"
CONFIG: Final = "!config"
ALIVE: Final = "!alive"
"""Topics that no broker can carry: what link and player tell each other."""

_HEAD = struct.Struct(">BHI")
_LARGEST: Final = 4 * limits.MIB


class Message(NamedTuple):
    """One message of a topic.

    `retain`: on the way out that the broker shall keep it, on the way in that it had kept it.
    """

    topic: str
    payload: bytes
    retain: bool = False


class LinkConfig(msgspec.Struct, frozen=True):
    """All that the link process needs to know; `limits` maps topic filters to bytes."""

    host: str
    port: int
    client_id: str
    boot: str
    first_connection: int
    presence: str
    limits: dict[str, int]
    keep_alive: int = 15
    """Seconds; a broker that says nothing for up to twice as long is left."""
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    """With what it connects to a locked broker; the files are read at each connection."""


class BrokenPipe(Exception):
    """What came through the pipe is no message."""


def pack(message: Message) -> bytes:
    topic = message.topic.encode()
    return _HEAD.pack(message.retain, len(topic), len(message.payload)) + topic + message.payload


def read_message(stream: IO[bytes]) -> Message | None:
    """Wait for the next message; None at the end of the stream. Raises `BrokenPipe` on nonsense."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    retain, topic_bytes, payload_bytes = _HEAD.unpack(head)
    if payload_bytes > _LARGEST:
        raise BrokenPipe(f"a message of {payload_bytes} bytes")
    body = stream.read(topic_bytes + payload_bytes)
    if len(body) < topic_bytes + payload_bytes:
        return None
    try:
        topic = body[:topic_bytes].decode()
    except UnicodeDecodeError as error:
        raise BrokenPipe("a topic that is no text") from error
    return Message(topic, body[topic_bytes:], bool(retain))


def subscriptions(fleet: str, display: str, profile: str) -> dict[str, int]:
    """What a player listens to, and the most bytes that a message of each may have."""
    heard = topics.heard_by(fleet, display, profile)
    return {
        **dict.fromkeys(heard, limits.MAX_SEALED_BYTES),
        topics.pages(fleet, profile): limits.MAX_PAGE_BYTES,
    }


def limit_of(topic: str, subscribed: Mapping[str, int]) -> int:
    """The most bytes a message of `topic` may have; 0 for a topic that nobody asked for."""
    return subscribed.get(topic, 0) or subscribed.get(topic.rpartition("/")[0] + "/+", 0)
