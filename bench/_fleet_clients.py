"""Simulated players: many MQTT sessions in one process, each with every alert set it gets.

In the city each player verifies on a PC of its own, all at the same time. Here they share two cores
with the controller: so the same bytes are verified once for all sessions of this process, whose
moment is that of the last of them.

`python -m bench._fleet_clients HOST PORT FLEET COUNT KEYS PROFILE…` prints `ready <ns of the first
connection>`, and for each alert `<id>.<revision> <ns> <how many>`, once every session of this
process has verified the set and holds all the pages that it names, each hashed.
"""

import hashlib
import os
import selectors
import socket
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.contract import documents, topics
from players.contract.alerts import AlertSet
from players.contract.keys import KeyList, root_set
from players.contract.limits import DAY
from players.contract.signature import Kind, open_sealed

CONNECT, PUBLISH, SUBSCRIBE, PUBACK = 0x10, 0x30, 0x82, 0x40


def _length(number: int) -> bytes:
    encoded = bytearray()
    while True:
        number, digit = divmod(number, 128)
        encoded.append(digit | (0x80 if number else 0))
        if not number:
            return bytes(encoded)


def _text(text: str) -> bytes:
    encoded = text.encode()
    return len(encoded).to_bytes(2, "big") + encoded


class Session:
    """One session, as small as MQTT 3.1.1 lets it be (OASIS, sections 3.1, 3.3, 3.8)."""

    def __init__(self, address: tuple[str, int], name: str, *filters: str) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        connect = _text("MQTT") + bytes([4, 2]) + (600).to_bytes(2, "big") + _text(name)
        self._send(CONNECT, connect)
        self._send(SUBSCRIBE, b"\0\1" + b"".join(_text(one) + b"\1" for one in filters))
        self.is_subscribed = False
        self.pages: set[str] = set()
        self.lacks: dict[str, set[str]] = {}

    def _send(self, kind: int, body: bytes) -> None:
        self.socket.sendall(bytes([kind]) + _length(len(body)) + body)

    def read(self) -> list[tuple[str, bytes]]:
        """Topic and payload of what has come whole, acknowledged."""
        self._buffer += self.socket.recv(1 << 18)
        payloads = []
        while (packet := self._packet()) is not None:
            kind, body = packet
            if kind & 0xF0 == 0x90:
                self.is_subscribed = True
            elif kind & 0xF0 == PUBLISH:
                payloads.append(self._payload(kind, body))
        return payloads

    def publish(self, topic: str, payload: bytes) -> None:
        """Send once, retained."""
        self._send(PUBLISH | 1, _text(topic) + payload)

    def _packet(self) -> tuple[int, bytes] | None:
        length = shift = 0
        for place, digit in enumerate(self._buffer[1:5], 2):
            length |= (digit & 0x7F) << shift
            shift += 7
            if not digit & 0x80:
                if len(self._buffer) < place + length:
                    return None
                kind, body = self._buffer[0], bytes(self._buffer[place : place + length])
                del self._buffer[: place + length]
                return kind, body
        return None

    def _payload(self, kind: int, body: bytes) -> tuple[str, bytes]:
        start = 2 + int.from_bytes(body[:2], "big")
        topic = body[2:start].decode()
        if kind & 0x06:
            self._send(PUBACK, body[start : start + 2])
            start += 2
        return topic, body[start:]


class Crowd:
    """All sessions of this process; says once of each revision that every one of them has it."""

    def __init__(self, sessions: list[Session], trusted: dict[str, Ed25519PublicKey]) -> None:
        self._sessions, self._trusted = sessions, trusted
        self._heard: dict[str, int] = {}
        self._verified: dict[bytes, list[tuple[str, set[str]]]] = {}

    def hear(self, session: Session, topic: str, payload: bytes) -> None:
        if "/pages/" in topic:
            self._page(session, payload)
        else:
            self._set(session, payload)

    def _page(self, session: Session, content: bytes) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        session.pages.add(sha256)
        for mark, lacking in list(session.lacks.items()):
            lacking.discard(sha256)
            if not lacking:
                del session.lacks[mark]
                self._count(mark)

    def _set(self, session: Session, sealed: bytes) -> None:
        for mark, pages in self._opened(sealed):
            if lacking := pages - session.pages:
                session.lacks[mark] = lacking
            else:
                self._count(mark)

    def _opened(self, sealed: bytes) -> list[tuple[str, set[str]]]:
        """Of each alert in a set, `<id>.<revision>` and the hashes of its pages."""
        if sealed not in self._verified:
            body, _ = open_sealed(sealed, Kind.ALERTS, self._trusted)
            entries, _ = documents.alert_entries(documents.decode(body, AlertSet).entries)
            self._verified = {
                sealed: [
                    (f"{one.id}.{one.revision}", {page.blob.sha256 for page in one.pages})
                    for one in entries
                ]
            }
        return self._verified[sealed]

    def _count(self, mark: str) -> None:
        self._heard[mark] = self._heard.get(mark, 0) + 1
        if self._heard[mark] == len(self._sessions):
            print(mark, time.time_ns(), len(self._sessions), flush=True)


def trusted_for(kind: Kind, keys: Path) -> dict[str, Ed25519PublicKey]:
    """The keys that may seal documents of `kind`, by the key list in the folder `keys`."""
    roots = root_set((keys / "roots.pub").read_text().split())
    payload, _ = open_sealed((keys / "list.sealed").read_bytes(), Kind.KEYS, roots)
    at = time.time_ns() // 10**6 + DAY // 2
    return dict(documents.decode(payload, KeyList).trusted_for(kind, at))


def main() -> None:
    host, port, fleet, count, files, *profiles = sys.argv[1:]
    trusted = trusted_for(Kind.ALERTS, Path(files))
    selector = selectors.DefaultSelector()
    sessions, began = [], time.time_ns()
    for number in range(int(count)):
        profile = profiles[number % len(profiles)]
        name = f"sim-{profile}-{number}-{time.time_ns()}"
        filters = topics.alerts(fleet, profile), topics.pages(fleet, profile)
        session = Session((host, int(port)), name, *filters)
        selector.register(session.socket, selectors.EVENT_READ, session)
        sessions.append(session)
    crowd, said_ready = Crowd(sessions, trusted), False
    parent = os.getppid()
    while os.getppid() == parent:  # a bench that was killed leaves nothing behind
        heard = [
            (key.data, topic, payload)
            for key, _ in selector.select(1.0)
            for topic, payload in key.data.read()
        ]
        if not said_ready and all(one.is_subscribed for one in sessions):
            said_ready = True
            print("ready", began, flush=True)
        for session, topic, payload in heard:
            if payload:
                crowd.hear(session, topic, payload)


if __name__ == "__main__":
    main()
