"""How well this display keeps step with the others: its clock by the beats, its changes by time."""

from __future__ import annotations

from collections import deque
from typing import Final

from players.clock import PlayerTime
from players.contract.limits import MINUTE, SECOND
from players.contract.reports import Pace

FEW: Final = 5
"""Beats of which the one that was on its way the shortest counts."""
KEPT: Final = 60
JUMP: Final = 2 * SECOND
OUT_OF_STEP: Final = 100
"""Milliseconds that people notice on two displays side by side."""
PUT_RIGHT_EVERY: Final = 10 * MINUTE
LARGEST: Final = 10**9


class Steps:
    """Main thread only."""

    def __init__(self, time: PlayerTime) -> None:
        self._time = time
        self._beats: deque[tuple[float, float]] = deque(maxlen=KEPT)
        self._late: deque[int] = deque(maxlen=KEPT)
        self._put_right_at = float("-inf")

    def heard(self, signed: int) -> None:
        """A beat that was sealed a moment ago has come."""
        ahead = signed - self._time.exact() + self._time.offset
        if self._beats and abs(ahead - self._beats[-1][1]) > JUMP:
            self._beats.clear()  # somebody has set the system clock
        self._beats.append((self._time.steady(), ahead))

    def changed(self, due: int) -> None:
        """An item that was due at `due` has come on the glass just now."""
        late = round(self._time.exact() - due)
        if 0 <= late <= MINUTE:
            self._late.append(late)

    def must_be_put_right(self) -> bool:
        """Say, now and then, that several beats agree on a clock which is out of step."""
        steady = self._time.steady()
        if len(self._beats) < FEW or abs(self._error()) <= OUT_OF_STEP:
            return False
        if steady - self._put_right_at < PUT_RIGHT_EVERY:
            return False
        self._put_right_at = steady
        return True

    def told(self) -> Pace | None:
        """For the status; None before the first beat."""
        if not self._beats:
            return None
        return Pace(
            clock_error=_bounded(self._error()),
            drift_ppm=_bounded(self._drift()),
            latest_change=max(self._late, default=0),
        )

    def _error(self) -> float:
        """Milliseconds that player time is ahead of the controller's."""
        return self._time.offset - _least_delayed(list(self._beats)[-FEW:])

    def _drift(self) -> float:
        """Microseconds that the system clock gains in a second, once there is enough to tell."""
        if len(self._beats) < 2 * FEW:
            return 0.0
        beats = list(self._beats)
        first, last = beats[:FEW], beats[-FEW:]
        gained = _least_delayed(first) - _least_delayed(last)
        return gained / (last[0][0] - first[0][0]) * 1e6


def _least_delayed(beats: list[tuple[float, float]]) -> float:
    return max(ahead for _, ahead in beats)


def _bounded(number: float) -> int:
    return max(-LARGEST, min(LARGEST, round(number)))
