"""The newest thing that went wrong, in one English line for the log and the status."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

REMEMBERED: Final = 500
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

    def note(self, sentence: str) -> None:
        """Log a problem and keep it; the newest wins. The same one again is not logged again."""
        with self._lock:
            if sentence != self.sentence:
                log.warning("%s: %s", self._display, sentence)
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

    def over(self, about: str) -> None:
        """It works again; the next time is told again."""
        with self._lock:
            self._said.pop(about, None)
