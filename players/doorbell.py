"""How other threads wake the player's main thread, and what they ask it to do there."""

import queue
import select
import socket
from collections.abc import Callable


class Doorbell:
    """A wake-up socket and a queue: `select` on it costs nothing while nothing happens."""

    def __init__(self) -> None:
        self._outside, self._inside = socket.socketpair()
        self._outside.setblocking(False)
        self._inside.setblocking(False)
        self._tasks: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def ring(self) -> None:
        """Wake the main thread; from any thread."""
        try:
            self._outside.send(b"!")
        except OSError:
            return  # full: it is ringing already; closed: nobody is at home

    def post(self, task: Callable[[], None]) -> None:
        """Have `task` done by the main thread soon; from any thread."""
        self._tasks.put(task)
        self.ring()

    def wait(self, seconds: float) -> None:
        """Sleep until somebody rings, `seconds` at the most."""
        ready, _, _ = select.select([self._inside], [], [], max(0.0, seconds))
        if ready:
            try:
                while self._inside.recv(4096):
                    pass
            except BlockingIOError:
                pass

    def tasks(self) -> list[Callable[[], None]]:
        """What was posted since the last look."""
        tasks = []
        while True:
            try:
                tasks.append(self._tasks.get_nowait())
            except queue.Empty:
                return tasks

    def close(self) -> None:
        self._outside.close()
        self._inside.close()
