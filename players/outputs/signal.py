"""The sound with which an alert asks for attention: two tones in turn, worked out, from no file."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from typing import Final

from players.contract.limits import MINUTE, SECOND
from players.contract.showing import Signal
from players.outputs.soundtrack import PIECE, RATE, SAMPLE_BYTES, SAMPLES_PER_MS

SOUNDS_FOR: Final = 8 * SECOND
EVERY: Final = MINUTE
ENDS_AFTER: Final = 10 * MINUTE
"""Whoever has heard it for so long has heard it: afterwards the alert is only seen."""
_TONES: Final = (640, 960)
"""Hz; whole numbers of samples to a wave, so that one goes over into the other without a click."""
_LOUD: Final = 24_000
_TURN: Final = RATE // 2
"""Samples of one tone before the other comes."""


class AttentionSignal:
    """Sounds for eight seconds of each minute, for ten minutes from `since` on (player time).

    A function of time, as all that players do together: two displays in one hall sound as one.
    """

    def __init__(self, signal: Signal) -> None:
        self._since = signal.since

    def sound_from(self, moment: int) -> Iterator[tuple[float, bytes]]:
        """Pieces of sound from `moment` on, each with the moment at which it is due."""
        due = float(max(moment, self._since))
        while due < self._since + ENDS_AFTER:
            yield due, _piece(round((due - self._since) * SAMPLES_PER_MS))
            due += PIECE / SAMPLES_PER_MS


def _piece(first: int) -> bytes:
    """The samples from `first` on, counted from the beginning of the signal."""
    period, place = EVERY * SAMPLES_PER_MS, first % (EVERY * SAMPLES_PER_MS)
    sounding = _WHOLE[place * SAMPLE_BYTES : (place + PIECE) * SAMPLE_BYTES]
    again = place + PIECE - period
    if again > 0:  # the next minute begins within this piece
        sounding += bytes((period - place) * SAMPLE_BYTES - len(sounding))
        sounding += _WHOLE[: again * SAMPLE_BYTES]
    return sounding + bytes(PIECE * SAMPLE_BYTES - len(sounding))


def _tone(hertz: int) -> bytes:
    length = RATE // hertz
    wave = [round(_LOUD * math.sin(2 * math.pi * at / length)) for at in range(length)]
    both = array("h", [sample for one in wave for sample in (one, one)])
    return both.tobytes() * (_TURN // length)


_WHOLE: Final = b"".join(map(_tone, _TONES)) * (SOUNDS_FOR * SAMPLES_PER_MS // (2 * _TURN))
