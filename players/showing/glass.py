"""What is on the glass: puts scenes there, remembers since when, and moves what moves."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import replace
from typing import Final

from players.clock import PlayerTime
from players.contract.limits import DAY, SECOND
from players.contract.reports import OnGlass
from players.contract.showing import Showing
from players.outputs import Output, Scene, transitions
from players.outputs.layers import changes_after
from players.pace import Steps
from players.troubles import Troubles

log = logging.getLogger(__name__)

NEVER: Final = math.inf
LONGEST_HITCH_SECONDS: Final = 10
"""More frames than this take were not left out: the clock has jumped."""


class Glass:
    """Main thread only. `on` says what is there; None before the first picture."""

    def __init__(
        self,
        display: str,
        output: Output,
        player_time: PlayerTime,
        troubles: Troubles,
        steps: Steps,
    ) -> None:
        self._display, self._output, self._time = display, output, player_time
        self._troubles, self._steps = troubles, steps
        self._scene: Scene | None = None
        self._put_on: Scene | None = None
        self._put_at = 0
        self._changes_at = NEVER
        self._frame = -1
        self.on: OnGlass | None = None
        self.frames = 0
        self.late_frames = 0

    def show(self, scene: Scene, showing: Showing) -> bool:
        """Show `scene` unless it is on already; True when it is new on the glass.

        A zone beside the slides that changes makes no new showing.
        """
        if self._scene == scene:
            if self.on and self.on.until != showing.until:
                self.on = on_glass(showing, self.on.sha256, self.on.since)
            self._tick()
            return False
        before, output = self._scene, self._output
        entrance = None
        if output.rate >= transitions.LEAST_RATE:
            size = output.width, output.height
            entrance = transitions.entrance_of(before, scene, self._moment(), size)
        if not self._put(replace(scene, entrance=entrance)):
            return False
        self._scene = scene
        if scene.tells_the_same(before) and self.on:
            self.on = on_glass(showing, self.on.sha256, self.on.since)
            return False
        if self.on and self.on.until == showing.since:  # not in the middle, as after a start
            self._steps.changed(showing.since)
        self.on = on_glass(showing, scene.picture.sha256, self._time.now())
        log.info(
            '%s: showing "%s" (%s) until %s',
            self._display,
            scene.item,
            scene.source,
            _clock(showing),
        )
        return True

    def moves(self) -> bool:
        return self._put_on is not None and self._put_on.moves()

    def changes_at(self) -> float:
        """When (player time) figures on the glass may change; never, when there are none."""
        return self._changes_at

    def _tick(self) -> None:
        """Put on what has changed since the last frame: a strip, a transition, figures."""
        if self._put_on is None or self._scene is None or self._frame_now() == self._frame:
            return
        if self._put_on.runs():
            self._count_left_out(self._frame_now() - self._frame - 1)
        if self._put_on.entrance and transitions.is_over(self._put_on.entrance, self._moment()):
            self._put(self._scene)
        elif self._put_on.moves() or not self._put_at <= self._moment() < self._changes_at:
            self._put(self._put_on)

    def _count_left_out(self, frames: int) -> None:
        if 0 < frames <= LONGEST_HITCH_SECONDS * self._output.rate:
            self.late_frames += frames

    def _put(self, scene: Scene) -> bool:
        frame, moment = self._frame_now(), self._moment()
        try:
            self._output.show(scene, moment)
        except Exception as error:  # noqa: BLE001 - drivers raise anything
            self._troubles.of("output", f"the output failed: {error}")
            self._changes_at = moment + SECOND
            return False
        self._troubles.over("output")
        self._put_on, self._put_at, self._frame = scene, moment, frame
        self._changes_at = changes_after(scene, moment) or NEVER
        self.frames += 1
        return True

    def _moment(self) -> int:
        """The start of the frame, so that a strip stands at the same place on every board in it."""
        return math.ceil(self._frame_now() * SECOND / self._output.rate)

    def _frame_now(self) -> int:
        return math.floor(self._time.exact() * self._output.rate / SECOND)


def on_glass(showing: Showing, sha256: str, since: int) -> OnGlass:
    """A showing as the status tells it; `sha256` names the picture, `since` is player time."""
    return OnGlass(
        source=showing.source,
        reason=showing.reason,
        item=showing.item,
        sha256=sha256,
        since=since,
        until=showing.until,
    )


def _clock(showing: Showing) -> str:
    if showing.until - showing.since >= DAY:
        return "further notice"
    return time.strftime("%H:%M", time.localtime(showing.until // SECOND))
