"""Says what is due on the glass now: papers, clock and pictures go in, the timeline decides."""

from __future__ import annotations

from dataclasses import replace

from players.clock import AlertTimer, PlayerTime
from players.contract.limits import DAY
from players.contract.timeline import Holdings, Showing, showing_at
from players.papers import Papers


class Due:
    """Keeps the durations of alerts by the steady clock, and knows when the clock is not to be
    believed.
    """

    def __init__(self, time: PlayerTime, papers: Papers) -> None:
        self._time, self._papers = time, papers
        self._timer = AlertTimer()

    def now(self, holdings: Holdings) -> tuple[Showing, Showing | None]:
        """What is due at this moment, and what after it as far as is known now."""
        now = self._time.now()
        if self._time.is_below_floor() and not self._papers.retired:
            safe = holdings.manifest.safe if holdings.manifest else None
            return Showing("fallback", "clock-unsure", "safe", safe, now, now + DAY), None
        steady = self._time.steady()
        presented = self._papers.presented_ids()
        running = self._timer.still_running(holdings, now, steady)
        showing = showing_at(running, now, presented)
        spent = now + self._timer.next_end(steady) - steady
        showing = replace(showing, until=int(min(showing.until, max(now + 1, spent))))
        if showing.reason in {"retired", "no-manifest"}:
            return showing, None
        return showing, showing_at(running, showing.until, presented)
