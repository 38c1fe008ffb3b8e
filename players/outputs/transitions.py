"""Transitions: how one picture gives way to the next; the place in one is a function of time.

So two players change together, and one that comes late joins in the middle or cuts. Alerts and what
comes after them always cut.
"""

from __future__ import annotations

from players.contract.playlist import TRANSITIONS
from players.outputs import Entrance, Scene
from players.outputs.layers import panes_of

LEAST_RATE = 20
"""Frames a second below which a transition would only stutter."""


def entrance_of(
    before: Scene | None, scene: Scene, moment: int, size: tuple[int, int]
) -> Entrance | None:
    """How `scene` comes on at `moment` after `before`; None for a cut. `size` is the glass."""
    if before is None or {before.source, scene.source} != {"schedule"}:
        return None
    old, new = panes_of(before, *size), panes_of(scene, *size)
    if [pane.area for pane in old] != [pane.area for pane in new]:
        return None
    for was, pane in zip(old, new, strict=True):
        how, began = pane.arrival.how, pane.arrival.since
        changed = (was.picture, was.arrival.since) != (pane.picture, began)
        if changed and began <= moment < began + TRANSITIONS.get(how, 0):
            return Entrance(before=before, how=how, area=pane.area, began=began)
    return None


def is_over(entrance: Entrance, moment: int) -> bool:
    """Say whether the transition has ended, or the clock was set back before it."""
    return not 0 <= moment - entrance.began < TRANSITIONS[entrance.how]


def progress(entrance: Entrance, moment: int) -> float:
    """How far the transition is, from 0 to 1."""
    return min(max((moment - entrance.began) / TRANSITIONS[entrance.how], 0.0), 1.0)


def slid(entrance: Entrance, moment: int) -> int:
    """Pixels by which the old picture has left to the left, the new one following it.

    It slows down towards the end, and every pixel stays on its grid.
    """
    left = 1 - progress(entrance, moment)
    return round(entrance.area.width * (1 - left * left * left))
