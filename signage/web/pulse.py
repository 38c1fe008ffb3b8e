"""One listener per process: wakes every open stream when the worker says that something changed."""

import threading
from pathlib import Path

from signage.wake import changes


class Pulse:
    """A counter that grows at each change, and each second as the belt (rule C)."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._beat = 0
        self._changed = threading.Condition()
        self._listener: threading.Thread | None = None

    @property
    def beat(self) -> int:
        """The number of the newest change."""
        return self._beat

    def wait_beyond(self, beat: int, *, seconds: float) -> int:
        """Wait until the counter is above `beat`, at most `seconds`, and return it."""
        with self._changed:
            self._listen()
            self._changed.wait_for(lambda: self._beat > beat, timeout=seconds)
            return self._beat

    def _listen(self) -> None:
        # Started by the first stream, so that it lives in the process that serves: a thread
        # made before gunicorn forks would stay behind in the parent.
        if self._listener is None:
            self._listener = threading.Thread(target=self._count, daemon=True, name="pulse")
            self._listener.start()

    def _count(self) -> None:
        for _ in changes(self._home):
            with self._changed:
                self._beat += 1
                self._changed.notify_all()
