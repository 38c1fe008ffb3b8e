"""What is on the glass: puts scenes there, remembers since when, and moves what moves."""

from __future__ import annotations

import logging
import math
import time

from players.clock import PlayerTime
from players.contract.limits import DAY, SECOND
from players.contract.reports import OnGlass
from players.contract.timeline import Showing
from players.outputs import Output, Scene
from players.troubles import Troubles

log = logging.getLogger(__name__)


class Glass:
    """Main thread only. `on` says what is there; None before the first picture."""

    def __init__(
        self, display: str, output: Output, player_time: PlayerTime, troubles: Troubles
    ) -> None:
        self._display, self._output, self._time = display, output, player_time
        self._troubles = troubles
        self._scene: Scene | None = None
        self._frame = -1
        self.on: OnGlass | None = None
        self.frames = 0

    def show(self, scene: Scene, showing: Showing) -> bool:
        """Show `scene` unless it is on already; True when it is new on the glass."""
        if self._scene == scene:
            if self.on and self.on.until != showing.until:
                self.on = on_glass(showing, self.on.sha256, self.on.since)
            self._tick()
            return False
        if not self._put(scene):
            return False
        self._scene = scene
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
        return self._scene is not None and self._scene.moves()

    def _tick(self) -> None:
        if self._scene and self._scene.moves() and self._frame_now() != self._frame:
            self._put(self._scene)

    def _put(self, scene: Scene) -> bool:
        frame = self._frame_now()
        # The start of the frame, so that the strip stands at the same place on every board in it.
        moment = math.ceil(frame * SECOND / self._output.rate)
        try:
            self._output.show(scene, moment)
        except Exception as error:  # noqa: BLE001 - drivers raise anything
            self._troubles.note_once(f"the output failed: {error}", about="output")
            return False
        self._troubles.over("output")
        self._frame = frame
        self.frames += 1
        return True

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
