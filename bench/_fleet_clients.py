"""Simulated players: many MQTT sessions in one process, each verifying every alert set it gets.

`python -m bench._fleet_clients HOST PORT FLEET COUNT KEYS PROFILE…` prints `ready`, and for each
alert `<id> <ns of the last verified> <how many>`, once all sessions of this process have it.
"""

import os
import selectors
import socket
import sys
import time
from pathlib import Path

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

    def __init__(self, address: tuple[str, int], name: str, topic: str) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        connect = _text("MQTT") + bytes([4, 2]) + (600).to_bytes(2, "big") + _text(name)
        self._send(CONNECT, connect)
        self._send(SUBSCRIBE, b"\0\1" + _text(topic) + b"\1")
        self.is_subscribed = False

    def _send(self, kind: int, body: bytes) -> None:
        self.socket.sendall(bytes([kind]) + _length(len(body)) + body)

    def read(self) -> list[bytes]:
        """Return the payloads that have come whole, acknowledged."""
        self._buffer += self.socket.recv(1 << 18)
        payloads = []
        while (packet := self._packet()) is not None:
            kind, body = packet
            if kind & 0xF0 == 0x90:
                self.is_subscribed = True
            elif kind & 0xF0 == PUBLISH:
                payloads.append(self._payload(kind, body))
        return payloads

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

    def _payload(self, kind: int, body: bytes) -> bytes:
        start = 2 + int.from_bytes(body[:2], "big")
        if kind & 0x06:
            self._send(PUBACK, body[start : start + 2])
            start += 2
        return body[start:]


def main() -> None:
    host, port, fleet, count, files, *profiles = sys.argv[1:]
    roots = (Path(files) / "roots.pub").read_text().split()
    payload, _ = open_sealed((Path(files) / "list.sealed").read_bytes(), Kind.KEYS, root_set(roots))
    trusted = documents.decode(payload, KeyList).trusted_for(
        Kind.ALERTS, time.time_ns() // 10**6 + DAY // 2
    )
    selector = selectors.DefaultSelector()
    sessions = []
    for number in range(int(count)):
        profile = profiles[number % len(profiles)]
        name = f"sim-{profile}-{number}-{time.time_ns()}"
        session = Session((host, int(port)), name, topics.alerts(fleet, profile))
        selector.register(session.socket, selectors.EVENT_READ, session)
        sessions.append(session)
    said_ready, heard = False, dict[str, int]()
    parent = os.getppid()
    while os.getppid() == parent:  # a bench that was killed leaves nothing behind
        for key, _ in selector.select(1.0):
            for sealed in key.data.read():
                body, _ = open_sealed(sealed, Kind.ALERTS, trusted)
                for raw in documents.decode(body, AlertSet).entries:
                    _count(heard, raw, len(sessions))
        if not said_ready and all(one.is_subscribed for one in sessions):
            said_ready = True
            print("ready", flush=True)


def _count(heard: dict[str, int], raw: object, sessions: int) -> None:
    known, _ = documents.alert_entries([raw])
    for entry in known:
        mark = f"{entry.id}.{entry.revision}"
        heard[mark] = heard.get(mark, 0) + 1
        if heard[mark] == sessions:
            print(mark, time.time_ns(), sessions, flush=True)


if __name__ == "__main__":
    main()
