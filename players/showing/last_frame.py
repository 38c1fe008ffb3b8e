"""Keeps what is on the glass for when the player dies, and looks whether it went black."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from players.clock import PlayerTime
from players.contract.limits import SECOND
from players.errands import Errands
from players.outputs import Output, Scene
from players.outputs.composing import decode
from players.troubles import Troubles

if TYPE_CHECKING:
    from PIL.Image import Image

AFTER: Final = 1 * SECOND
"""A transition is over by then; an alert is kept at once."""
NEVER: Final = float("inf")


class LastFrame:
    """Main thread only; the work is done by the errands. `keep` puts a picture where it stays."""

    def __init__(
        self,
        output: Output,
        errands: Errands,
        time: PlayerTime,
        troubles: Troubles,
        keep: Callable[[Image], None] | None,
    ) -> None:
        self._output, self._errands, self._time = output, errands, time
        self._troubles, self._keep = troubles, keep
        self._scene: Scene | None = None
        self._due = NEVER
        self.black_frames = 0

    def presented(self, scene: Scene) -> None:
        """A scene is new on the glass."""
        first = self._scene is None
        self._scene = scene
        at_once = first or scene.source != "schedule"
        # Not later than it was: slides of a second each must not put it off for ever.
        self._due = min(self._due, self._time.steady() + (0 if at_once else AFTER))

    def tend(self) -> None:
        """Take the frame when it is due."""
        scene = self._scene
        if scene is None or self._time.steady() < self._due:
            return
        self._due = NEVER
        take = self._output.grab()
        self._errands.run("keep the last frame", lambda: self._look_at(take(), scene))

    def _look_at(self, shown: Image, scene: Scene) -> None:
        if _is_black(shown) and not scene.moves() and not _is_black(decode(scene.picture.encoded)):
            self.black_frames += 1
            self._troubles.note(f"the glass was black instead of {scene.item}")
        elif self._keep:
            self._keep(shown)


def keeper_for(output: Output) -> Callable[[Image], None] | None:
    """What keeps the last frame of this output up without a player; None where nothing can, or
    where the surface does so itself.
    """
    standing: tuple[int, int, int] | None = getattr(output, "standing", None)
    if standing is None or not os.environ.get("DISPLAY"):
        return None
    from players.outputs.window.backdrop import Backdrop

    try:
        backdrop = Backdrop()
    except OSError:
        return None
    left, top, turned = standing
    return lambda picture: backdrop.keep(picture.rotate(-turned, expand=True), left, top)


def _is_black(picture: Image) -> bool:
    return picture.convert("L").getextrema() == (0, 0)
