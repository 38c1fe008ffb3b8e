"""What is wrong now, and the newest thing that went wrong: English lines for log and status."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from typing import Final

from players.contract.reports import MAX_PROBLEMS

log = logging.getLogger(__name__)

LINES_A_MINUTE: Final = 30
"""A flood of forgeries must not fill the disk with log lines; the status always has the newest."""
LONGEST: Final = 200


class Troubles:
    """Filled from any thread. `now` gives player time.

    `sentence` is the newest, from `at` on; `count` grows with all that a status should tell.
    """

    def __init__(self, display: str, now: Callable[[], int]) -> None:
        self._display, self._now = display, now
        self._lock = threading.Lock()
        self._standing: dict[str, str] = {}
        self.sentence = ""
        self.at = 0
        self.count = 0
        self._minute = self._lines = 0

    def note(self, sentence: str) -> None:
        """Log what went wrong once and keep it; the newest wins. The same again is not logged."""
        with self._lock:
            self._note(sentence)

    def of(self, about: str, sentence: str) -> None:
        """Say how it stands with a part: its trouble, or nothing when it works."""
        with self._lock:
            before = self._standing.get(about, "")
            if sentence[:LONGEST] == before:
                return
            self._standing.pop(about, None)
            if sentence:
                self._standing[about] = sentence[:LONGEST]
                self._note(sentence)
            else:
                self.count += 1

    def over(self, about: str) -> None:
        """It works again; the next time is told again."""
        self.of(about, "")

    def all_of(self, kind: str, sentences: Collection[str]) -> None:
        """Say all that is wrong with things of one kind, such as pictures; others are well."""
        wrong = {f"{kind}: {sentence}": sentence for sentence in sentences}
        with self._lock:
            gone = [key for key in self._standing if key.startswith(f"{kind}: ")]
        for key in set(gone) - wrong.keys():
            self.over(key)
        for key, sentence in wrong.items():
            self.of(key, sentence)

    def current(self) -> list[str]:
        """What is wrong now, the newest first, as many as a status tells."""
        with self._lock:
            return list(reversed(self._standing.values()))[:MAX_PROBLEMS]

    def _note(self, sentence: str) -> None:
        if sentence[:LONGEST] != self.sentence:
            self._log(sentence)
        self.sentence, self.at = sentence[:LONGEST], self._now()
        self.count += 1

    def _log(self, sentence: str) -> None:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._lines = minute, 0
        self._lines += 1
        if self._lines <= LINES_A_MINUTE:
            log.warning("%s: %s", self._display, sentence)
        if self._lines == LINES_A_MINUTE:
            log.warning("%s: more of this; silent for the rest of the minute", self._display)
