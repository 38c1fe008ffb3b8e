"""Waits for a medium with a bundle, takes it in by itself, and says on the glass how it went."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from players.blobs.cache import Cache
from players.bundles.carried import Taken, take
from players.bundles.medium import BadMedium, Medium, bundles_below
from players.clock import PlayerTime
from players.contract.bundle import INDEX
from players.contract.limits import HOUR, MAX_SEALED_BYTES
from players.contract.signature import Kind
from players.doorbell import Doorbell
from players.sealed.holdings import HoldingsStore
from players.sealed.intake import Intake
from players.sealed.papers import Papers
from players.troubles import Troubles

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 3.0
COPYING: Final = "Đang nhận gói cập nhật\nXin đừng rút thiết bị ra"
DONE: Final = "Đã nhận xong gói cập nhật\nCó thể rút thiết bị ra"
REFUSED: Final = "Không nhận gói cập nhật này\nHãy làm lại gói ở máy điều khiển"
"""Read by whoever stands before the display with the stick; why is told in log and status."""


class BundleWatch:
    """A thread of its own looks and copies; what counts is decided on the main thread.

    `say` writes words over the picture for a moment.
    """

    def __init__(
        self,
        places: list[str],
        papers: Papers,
        intake: Intake,
        cache: Cache,
        time: PlayerTime,
        store: HoldingsStore,
        doorbell: Doorbell,
        troubles: Troubles,
        *,
        say: Callable[[str], None],
    ) -> None:
        self._places, self._papers, self._intake = places, papers, intake
        self._cache, self._time, self._store = cache, time, store
        self._doorbell, self._troubles, self._say = doorbell, troubles, say
        self._seen: dict[Path, bytes] = {}
        self._borrowed_at = float("-inf")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bundles", daemon=True)

    def start(self) -> None:
        if self._places:
            self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1)

    def look(self) -> None:
        """Take in what is on a medium that came since the last look."""
        found = bundles_below(self._places)
        self._seen = {path: index for path, index in self._seen.items() if path in found}
        for path in found:
            self._look_at(path)
        self._keep_borrowed_time()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                log.exception("a medium could not be looked at")

    def _look_at(self, path: Path) -> None:
        medium = Medium(path)
        try:
            index = medium.small(INDEX, MAX_SEALED_BYTES)
        except BadMedium:
            return  # being written, or not ours
        if self._seen.get(path) == index:
            return
        self._seen[path] = index
        self._tell(COPYING)
        standing, held = self._papers.standing, self._held()
        try:
            taken = take(medium, standing, self._cache, self._time.now(), held)
        except BadMedium as error:
            self._troubles.note(f"a bundle was refused: {error}")
            self._tell(REFUSED)
            return
        if taken is None:
            self._tell(DONE)
        else:
            self._doorbell.post(lambda: self._apply(taken))

    def _held(self) -> dict[Kind, int]:
        manifests = (self._papers.manifest, self._papers.staged)
        return {Kind.MANIFEST: max((one.document.serial for one in manifests if one), default=0)}

    def _apply(self, taken: Taken) -> None:
        """Main thread: the documents go the way of those that a broker brings."""
        if taken.borrows:
            self._time.borrow(taken.moment)
            self._borrowed_at = float("-inf")
        for kind, sealed in taken.documents.items():
            self._intake.receive(kind, sealed, stored=True)
        self._intake.note_bundle(taken.index)
        log.info("bundle %s was taken in", taken.index.document.serial)
        self._say(DONE)

    def _keep_borrowed_time(self) -> None:
        """A PC without a clock battery goes on from here when it is switched on again."""
        steady = self._time.steady()
        if self._time.borrowed and steady - self._borrowed_at >= HOUR:
            self._borrowed_at = steady
            self._store.save_borrowed_time(self._time.now())

    def _tell(self, words: str) -> None:
        self._doorbell.post(lambda: self._say(words))
