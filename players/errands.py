"""One thread that runs the slow errands in order: durable writes, journal, screenshots."""

import queue
import threading
from collections.abc import Callable


class Errands:
    """The picture never waits for a disk: what may be slow is handed in here.

    `trouble` hears what went wrong.
    """

    def __init__(self, trouble: Callable[[str], None]) -> None:
        self._trouble = trouble
        self._queue: queue.Queue[tuple[str, Callable[[], None]] | None] = queue.Queue(maxsize=1000)
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, purpose: str, errand: Callable[[], None]) -> None:
        """Do `errand` soon, after those handed in before; `purpose` completes "could not ..."."""
        try:
            self._queue.put_nowait((purpose, errand))
        except queue.Full:
            self._trouble(f"could not {purpose}: the disk is too slow")

    def finish(self) -> None:
        """Wait for all that was handed in, then end."""
        self._queue.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while item := self._queue.get():
            purpose, errand = item
            try:
                errand()
            except Exception as error:  # noqa: BLE001 - one failed errand must not end the others
                self._trouble(f"could not {purpose}: {error}")
