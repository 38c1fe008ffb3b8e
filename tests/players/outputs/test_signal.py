"""The signal of an alert: eight seconds of each minute, in step everywhere, for ten minutes."""

import array
from itertools import islice

import pytest

from players.contract.limits import MINUTE, SECOND
from players.contract.showing import Signal
from players.outputs.signal import AttentionSignal
from players.outputs.soundtrack import PIECE, RATE, SAMPLE_BYTES
from tests.doubles import NOON

LENGTH = PIECE / RATE * SECOND


def heard(moment: int, seconds: int) -> list[bool]:
    """Whether each tenth of a second from `moment` on is loud."""
    many = int(seconds * SECOND / LENGTH) + 1
    sound = islice(AttentionSignal(Signal("attention", NOON)).sound_from(moment), many)
    left = array.array("h", b"".join(data for _, data in sound))[::2]
    tenth = RATE // 10
    starts = range(0, seconds * RATE, tenth)
    return [max(map(abs, left[start + 100 : start + tenth - 100])) > 3000 for start in starts]


def test_it_sounds_for_eight_seconds_and_is_quiet_until_the_next_minute() -> None:
    assert heard(NOON, 10) == [True] * 80 + [False] * 20
    assert heard(NOON + MINUTE - 500, 2) == [False] * 5 + [True] * 15


def test_two_displays_that_join_at_different_moments_sound_alike() -> None:
    assert heard(NOON + 3 * SECOND, 6) == [True] * 50 + [False] * 10


def test_pieces_are_whole_and_follow_each_other_until_ten_minutes_are_over() -> None:
    found = list(AttentionSignal(Signal("attention", NOON)).sound_from(NOON + 9 * MINUTE))
    assert {len(data) for _, data in found} == {PIECE * SAMPLE_BYTES}
    assert [due for due, _ in found] == pytest.approx(
        [NOON + 9 * MINUTE + number * LENGTH for number in range(len(found))]
    )
    assert found[-1][0] < NOON + 10 * MINUTE <= found[-1][0] + LENGTH


def test_it_does_not_begin_before_its_time() -> None:
    first, _ = next(AttentionSignal(Signal("attention", NOON)).sound_from(NOON - MINUTE))
    assert first == NOON
