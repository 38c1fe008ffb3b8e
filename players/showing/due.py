"""Says what is due on the glass now: papers, clock and pictures go in, the timeline decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from players.clock import PlayerTime, SetTimer
from players.contract.holdings import Circumstances, Holdings
from players.contract.limits import COMMS_LOSS_AFTER
from players.contract.showing import Showing
from players.contract.timeline import showing_at
from players.sealed.papers import Papers


class Due:
    """Keeps the durations of alerts, drills and holds by the steady clock, and knows when the
    clock is not to be believed and when the controller counts as lost.

    `heard_at` gives when (steady clock) the controller was heard last.
    """

    def __init__(self, time: PlayerTime, papers: Papers, heard_at: Callable[[], float]) -> None:
        self._time, self._papers, self._heard_at = time, papers, heard_at
        self._timer = SetTimer()
        self._decided_under = (False, False)

    def now(self, holdings: Holdings) -> tuple[Showing, Showing | None]:
        """What is due at this moment, and what after it as far as is known now."""
        now, steady = self._time.now(), self._time.steady()
        circumstances = self._circumstances(now, steady)
        self._decided_under = _kind_of(circumstances)
        presented = self._papers.presented_ids()
        running = holdings
        if not circumstances.time_unsure:
            running = self._timer.still_running(holdings, now, steady)
        showing = showing_at(running, now, presented, circumstances)
        spent = now + self._timer.next_end(steady) - steady
        showing = replace(showing, until=int(min(showing.until, max(now + 1, spent))))
        if showing.reason in {"retired", "no-manifest", "clock-unsure"}:
            return showing, None
        return showing, showing_at(running, showing.until, presented, circumstances)

    def has_changed(self) -> bool:
        """Say whether circumstances are other than when it was last worked out what is due."""
        circumstances = self._circumstances(self._time.now(), self._time.steady())
        return _kind_of(circumstances) != self._decided_under

    def _circumstances(self, now: int, steady: float) -> Circumstances:
        cut_off_for = steady - self._heard_at() - COMMS_LOSS_AFTER
        return Circumstances(
            time_unsure=self._time.is_below_floor(),
            cut_off_since=now - int(cut_off_for) if cut_off_for > 0 else None,
        )


def _kind_of(circumstances: Circumstances) -> tuple[bool, bool]:
    return circumstances.time_unsure, circumstances.cut_off_since is not None
