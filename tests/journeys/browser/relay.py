"""A bad line: a TCP relay that cuts the connection, without a word, every so many bytes."""

import socket
import threading
from contextlib import suppress


class BadLine:
    """Passes everything on to 127.0.0.1:`port`; cuts `cuts` times, each after `every` bytes up."""

    def __init__(self, port: int, *, cuts: int, every: int) -> None:
        self.cuts_left, self.cuts_made = cuts, 0
        self._every, self._since = every, 0
        self._port, self._lock = port, threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._welcome, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                for way in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 15):
                target.sendall(data)
                if up and self._is_to_be_cut(len(data)):
                    break
        for side in (source, target):
            # The thread of the other way waits on them and must see the end as well.
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()

    def _is_to_be_cut(self, count: int) -> bool:
        with self._lock:
            self._since += count
            if self._since < self._every or not self.cuts_left:
                return False
            self._since = 0
            self.cuts_left -= 1
            self.cuts_made += 1
            return True
