"""One thread that runs the slow errands in order: durable writes, journal, screenshots."""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Final

AGAIN_AFTER_SECONDS: Final = 30.0

Errand = Callable[[], None]


class Errands:
    """The picture never waits for a disk: what may be slow is handed in here.

    `trouble` hears for each purpose what went wrong, and an empty sentence once it went well;
    `make_way` is called when a disk may be full.
    """

    def __init__(self, trouble: Callable[[str, str], None], make_way: Callable[[], None]) -> None:
        self._trouble, self._make_way = trouble, make_way
        self._queue: queue.Queue[tuple[str, Errand, bool] | None] = queue.Queue(maxsize=1000)
        self._again: dict[str, Errand] = {}
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, purpose: str, errand: Errand) -> None:
        """Do `errand` soon, after those handed in before; `purpose` completes "could not ..."."""
        self._put(purpose, errand, keep=False)

    def save(self, purpose: str, errand: Errand) -> None:
        """Do `errand`, and again until it succeeds or a newer one of this purpose does."""
        self._put(purpose, errand, keep=True)

    def finish(self) -> None:
        """Wait for all that was handed in, then end."""
        self._queue.put(None)
        self._thread.join(timeout=10)

    def _put(self, purpose: str, errand: Errand, *, keep: bool) -> None:
        try:
            self._queue.put_nowait((purpose, errand, keep))
        except queue.Full:
            self._trouble(purpose, f"could not {purpose}: the disk is too slow")

    def _run(self) -> None:
        retry_at = 0.0
        while True:
            try:
                item = self._queue.get(timeout=AGAIN_AFTER_SECONDS if self._again else None)
            except queue.Empty:
                item = ("", lambda: None, False)
            if item is None:
                self._retry()
                return
            self._do(*item)
            if self._again and time.monotonic() >= retry_at:
                retry_at = time.monotonic() + AGAIN_AFTER_SECONDS
                self._retry()

    def _do(self, purpose: str, errand: Errand, keep: bool) -> None:
        self._again.pop(purpose, None)
        try:
            errand()
        except Exception as error:  # noqa: BLE001 - one failed errand must not end the others
            self._trouble(purpose, f"could not {purpose}: {error}")
            if keep:
                self._again[purpose] = errand
            if isinstance(error, OSError | sqlite3.OperationalError):
                self._make_way()
        else:
            self._trouble(purpose, "")

    def _retry(self) -> None:
        for purpose, errand in list(self._again.items()):
            self._do(purpose, errand, keep=True)
