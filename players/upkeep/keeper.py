"""A process that keeps a wall lit while there is no player: its last frame, again and again.

The watchdog starts it (`keeper_process.py`) and tells it when to say goodbye. Its standard input
ends without a word when the watchdog was killed: then it goes on for as long as another may take.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Final

from players.outputs import OUTPUTS
from players.outputs.led.held import Held
from players.outputs.led.line import Lines, lines_of
from players.settings import read_settings

log = logging.getLogger(__name__)

SHORTEST_SECONDS: Final = 0.02
LONGEST_SECONDS: Final = 0.25
"""Between two looks."""
ORPHAN_SECONDS: Final = 30.0


class Watchdog:
    """What standard input says: a byte for "say goodbye", nothing when there is no watchdog."""

    def __init__(self) -> None:
        self.wants_goodbye = False
        self._ends_at = float("inf")
        threading.Thread(target=self._listen, name="watchdog", daemon=True).start()

    def wants_more(self) -> bool:
        return not self.wants_goodbye and time.monotonic() < self._ends_at

    def _listen(self) -> None:
        self.wants_goodbye = bool(sys.stdin.buffer.read(1))
        self._ends_at = time.monotonic() + ORPHAN_SECONDS


def keep(held: Held, lines: Lines, watchdog: Watchdog) -> None:
    """Send what is overdue until the watchdog wants no more."""
    trouble, last = "", -1
    while watchdog.wants_more():
        if due := held.overdue():
            lines.dim(due.brightness)
            sent = lines.send(due.picture, due.number)
            held.sent(due.picture, due.number)
            last = due.number
            if sent.trouble and sent.trouble != trouble:
                log.warning("the wall can't be kept lit: %s", sent.trouble)
            trouble = sent.trouble
        time.sleep(min(max(SHORTEST_SECONDS, held.quiet_for()), LONGEST_SECONDS))
    if watchdog.wants_goodbye:
        lines.say_goodbye(held.number)
    if watchdog.wants_goodbye or held.number == last + 1:  # else a new player goes on from there
        held.forget()
    lines.close()


def main() -> None:
    # Ctrl-C reaches everybody in front of a terminal; the watchdog says when it is time.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    settings = read_settings(Path(sys.argv[1]), OUTPUTS)
    width, height, state = settings.width, settings.height, Path(settings.state)
    receivers = settings.output.receivers()
    lines = lines_of(receivers, width, height, name=settings.display, state=state)
    keep(Held(state, width, height), lines, Watchdog())


if __name__ == "__main__":
    main()
