"""What was learnt of the clock outlives a restart: recalled at start, kept while it changes."""

from __future__ import annotations

import logging
from typing import Final

from players.clock import Memory, PlayerTime
from players.contract.limits import HOUR, SECOND
from players.errands import Errands
from players.sealed.holdings import HoldingsStore

log = logging.getLogger(__name__)

CHANGED: Final = 1 * SECOND
"""An offset that changed by less is kept with the hour."""


class Timekeeping:
    """Main thread only."""

    def __init__(self, time: PlayerTime, store: HoldingsStore, errands: Errands) -> None:
        self._time, self._store, self._errands = time, store, errands
        self._kept: Memory | None = None

    def recall(self) -> None:
        """Before anything is decided."""
        self._kept = self._store.clock()
        if self._kept:
            self._time.recall(self._kept)
            log.info("player time is the system's plus %.1f s", self._time.offset / SECOND)

    def tend(self) -> None:
        """Keep what is new; each hour tells a later start how late it was known to be."""
        memory = self._time.memory()
        if not _is_new(self._kept, memory):
            return
        self._kept = memory
        self._errands.save("save the time", lambda: self._store.save_clock(memory))


def _is_new(kept: Memory | None, memory: Memory | None) -> bool:
    if kept is None or memory is None:
        return kept is not memory
    changed = abs(memory.offset - kept.offset) > CHANGED
    return changed or kept.boot != memory.boot or memory.steady - kept.steady >= HOUR
