"""A slow line between a player and its broker: a relay that holds back bytes."""

import selectors
import socket
import threading
import time
from contextlib import suppress

STEP_SECONDS = 0.01


class SlowLine:
    """Listens on `port` of loopback and passes on to `beyond`, each way at `bits` a second."""

    def __init__(self, beyond: int, *, bits: int) -> None:
        self._beyond, self._bytes_a_step = beyond, max(1, int(bits / 8 * STEP_SECONDS))
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection(("127.0.0.1", self._beyond))
                for one, other in ((near, far), (far, near)):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        """One way: no more than a step's bytes in a step, and nothing saved up for later."""
        waiting = selectors.DefaultSelector()
        waiting.register(one, selectors.EVENT_READ)
        with suppress(OSError):
            while waiting.select() and (data := one.recv(self._bytes_a_step)):
                other.sendall(data)
                time.sleep(STEP_SECONDS * len(data) / self._bytes_a_step)
        for end in (one, other):
            with suppress(OSError):
                end.close()
