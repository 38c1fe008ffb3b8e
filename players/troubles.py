"""The newest thing that went wrong, in one English line for the log and the status."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

REMEMBERED: Final = 500
LINES_A_MINUTE: Final = 30
"""A flood of forgeries must not fill the disk with log lines; the status always has the newest."""
LONGEST: Final = 200


class Troubles:
    """Filled from any thread. `now` gives player time."""

    def __init__(self, display: str, now: Callable[[], int]) -> None:
        self._display, self._now = display, now
        self._lock = threading.Lock()
        self._said: OrderedDict[str, None] = OrderedDict()
        self.sentence = ""
        self.at = 0
        self.count = 0
        self._minute = self._lines = 0

    def note(self, sentence: str) -> None:
        """Log a problem and keep it; the newest wins. The same one again is not logged again."""
        with self._lock:
            if sentence != self.sentence:
                self._log(sentence)
            self.sentence, self.at = sentence[:LONGEST], self._now()
            self.count += 1

    def note_once(self, sentence: str, *, about: str) -> None:
        """Note a problem that would come up again and again."""
        with self._lock:
            known = about in self._said
            self._said[about] = None
            while len(self._said) > REMEMBERED:
                self._said.popitem(last=False)
        if not known:
            self.note(sentence)

    def _log(self, sentence: str) -> None:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._lines = minute, 0
        self._lines += 1
        if self._lines <= LINES_A_MINUTE:
            log.warning("%s: %s", self._display, sentence)
        if self._lines == LINES_A_MINUTE:
            log.warning("%s: more of this; silent for the rest of the minute", self._display)

    def of(self, about: str, sentence: str) -> None:
        """Note how it stands with a part: its trouble, or nothing when it works."""
        if sentence:
            self.note_once(sentence, about=about)
        else:
            self.over(about)

    def over(self, about: str) -> None:
        """It works again; the next time is told again."""
        with self._lock:
            self._said.pop(about, None)
