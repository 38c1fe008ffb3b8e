"""Says what is due on the glass now: papers, clock and pictures go in, the timeline decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from players.clock import AlertTimer, PlayerTime
from players.contract.limits import DAY
from players.contract.timeline import Holdings, Showing, showing_at
from players.papers import Papers
from players.staging import Needs


def holdings_of(
    display: str, papers: Papers, needs: Needs | None, unplayable: Collection[str]
) -> Holdings:
    """Everything to go by, less the items whose pictures can't be shown."""
    manifest = papers.manifest.document if papers.manifest else None
    alerts = papers.alerts.document if papers.alerts else None
    holdings = Holdings.of(display, manifest, needs.playlists if needs else {}, alerts)
    loops = {
        name: tuple(item for item in items if item.blob.sha256 not in unplayable)
        for name, items in holdings.loops.items()
    }
    return replace(holdings, loops=loops)


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
