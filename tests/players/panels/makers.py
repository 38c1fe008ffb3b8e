"""Panels of four makers that speak their protocols fully, on a serial line or a TCP port."""

from __future__ import annotations

import os
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Maker:
    """A panel: it is on or off, has a volume, and remembers what it was told.

    `answer` gives the reply to one whole question, `whole` how many bytes of what came are one.
    """

    def __init__(self) -> None:
        self.on = False
        self.volume = 20
        self.heard: list[bytes] = []
        self.refuses = False

    def whole(self, came: bytes) -> int:
        raise NotImplementedError

    def answer(self, question: bytes) -> bytes:
        raise NotImplementedError


class SamsungPanel(Maker):
    def whole(self, came: bytes) -> int:
        return 5 + came[3] if len(came) > 3 and len(came) >= 5 + came[3] else 0

    def answer(self, question: bytes) -> bytes:
        assert question[0] == 0xAA
        assert sum(question[1:-1]) & 0xFF == question[-1]
        command, number, data = question[1], question[2], question[4:-1]
        if self.refuses:
            return self._packed(number, b"N", command, b"\x01")
        if command == 0x11 and data:
            self.on = data == b"\x01"
        elif command == 0x12 and data:
            self.volume = data[0]
        value = bytes([self.on if command == 0x11 else self.volume])
        return self._packed(number, b"A", command, value)

    def _packed(self, number: int, word: bytes, command: int, value: bytes) -> bytes:
        body = bytes([0xFF, number, 2 + len(value)]) + word + bytes([command]) + value
        return b"\xaa" + body + bytes([sum(body) & 0xFF])


class LgPanel(Maker):
    def whole(self, came: bytes) -> int:
        return came.find(b"\r") + 1

    def answer(self, question: bytes) -> bytes:
        command, number, value = question.decode().strip().split(" ")
        if self.refuses:
            return f"{command[1]} {number} NG{value}x".encode()
        if command == "ka" and value != "ff":
            self.on = value == "01"
        elif command == "kf":
            self.volume = int(value, 16)
        said = f"{int(self.on):02x}" if command == "ka" else value
        return f"{command[1]} {number} OK{said}x".encode()


class PhilipsPanel(Maker):
    def whole(self, came: bytes) -> int:
        return came[0] if came and len(came) >= came[0] else 0

    def answer(self, question: bytes) -> bytes:
        assert _xor(question) == 0
        number, data = question[1], question[3:-1]
        if self.refuses:
            return self._packed(number, b"\x00\x15")
        if data[0] == 0x18:
            self.on = data[1] == 2
        elif data[0] == 0x44:
            self.volume = data[1]
        elif data[0] == 0x19:
            return self._packed(number, bytes([0x19, 2 if self.on else 1]))
        return self._packed(number, b"\x00\x06")

    def _packed(self, number: int, data: bytes) -> bytes:
        body = bytes([len(data) + 4, number, 1]) + data  # real ones answer with group 1
        return body + bytes([_xor(body)])


class NecPanel(Maker):
    def whole(self, came: bytes) -> int:
        return came.find(b"\r") + 1

    def answer(self, question: bytes) -> bytes:
        assert _xor(question[1:-2]) == question[-2]
        message = question[question.index(2) + 1 : question.index(3)]
        if self.refuses:
            return self._packed(b"B", b"01D6")
        if message == b"01D6":
            state = b"0001" if self.on else b"0004"
            return self._packed(b"B", b"0200D60000040001"[:12] + state)
        if message.startswith(b"C203D6"):
            self.on = message.endswith(b"0001")
            return self._packed(b"B", b"00" + message)
        self.volume = int(message[4:], 16)
        return self._packed(b"F", b"00006200000064" + message[4:])

    def _packed(self, kind: bytes, message: bytes) -> bytes:
        framed = b"\x02" + message + b"\x03"
        body = b"00A" + kind + b"%02X" % len(framed) + framed
        return b"\x01" + body + bytes([_xor(body)]) + b"\r"


MAKERS: dict[str, type[Maker]] = {
    "samsung": SamsungPanel,
    "lg": LgPanel,
    "philips": PhilipsPanel,
    "nec": NecPanel,
}


@contextmanager
def on_the_network(panel: Maker) -> Iterator[str]:
    """A port (host:port) on which `panel` answers."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                _talk(panel, lambda c=connection: c.recv(64), connection.sendall)  # type: ignore[misc]

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{server.getsockname()[1]}"
    server.close()


@contextmanager
def on_a_serial_line(panel: Maker) -> Iterator[str]:
    """The path of a line at whose other end `panel` answers."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)

    def serve() -> None:
        try:
            _talk(panel, lambda: os.read(ours, 64), lambda answer: os.write(ours, answer))
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    yield os.ttyname(theirs)
    os.close(theirs)
    os.close(ours)


def _talk(panel: Maker, read: Callable[[], bytes], write: Callable[[bytes], object]) -> None:
    came = b""
    while piece := read():
        came += piece
        while size := panel.whole(came):
            question, came = came[:size], came[size:]
            panel.heard.append(question)
            write(panel.answer(question))


def _xor(content: bytes) -> int:
    total = 0
    for byte in content:
        total ^= byte
    return total
