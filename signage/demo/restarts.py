"""Starts a child again when it died, and waits longer each time it dies soon."""

from collections.abc import Sequence

from signage.demo.children import Child

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
SOON = 20.0
"""A child that lived this long (seconds) has recovered: its next pause is short again."""


class Restarts:
    """Looks after `children`; all of them are meant to run. Times are seconds of any clock."""

    def __init__(self, children: Sequence[Child], *, now: float) -> None:
        self._children = list(children)
        self._started = {child.name: now for child in children}
        self._pauses = {child.name: FIRST_PAUSE for child in children}
        self._due: dict[str, float] = {}

    def look(self, now: float) -> list[str]:
        """Start what is due; return a line for each child that was found dead."""
        return [line for child in self._children if (line := self._look_at(child, now))]

    def _look_at(self, child: Child, now: float) -> str | None:
        name = child.name
        if child.is_running():
            return None
        if name in self._due:
            if now >= self._due[name]:
                del self._due[name]
                self._started[name] = now
                child.start()
            return None
        if now - self._started[name] >= SOON:
            self._pauses[name] = FIRST_PAUSE
        pause = self._pauses[name]
        self._due[name] = now + pause
        self._pauses[name] = min(2 * pause, LONGEST_PAUSE)
        return (
            f"{name} ended with code {child.code}; it starts again in {pause:.0f} s."
            f" Why: {child.log}"
        )
