"""The parts of a round fail each for itself, are told once, and come round when they are due."""

import pytest
from structlog.testing import capture_logs

from signage.rounds import Rounds
from signage.workflows.publication.sealing import ClockWrong

MINUTE = 60_000


def breaks(_at: int) -> None:
    raise OSError("no space left on device")


def goes_well(_at: int) -> None:
    return


def test_a_part_that_fails_is_told_with_its_reason():
    rounds = Rounds()
    with capture_logs() as told:
        assert rounds.attempt("publish", breaks, 1) is False
    assert [(line["what"], line["why"]) for line in told] == [
        ("publish", "OSError: no space left on device")
    ]


def test_the_same_trouble_is_told_once():
    rounds = Rounds()
    with capture_logs() as told:
        for at in range(100):
            rounds.attempt("publish", breaks, at)
    assert len(told) == 1


def test_it_is_told_once_when_it_is_over():
    rounds = Rounds()
    rounds.attempt("publish", breaks, 1)
    with capture_logs() as told:
        for at in range(100):
            assert rounds.attempt("publish", goes_well, at)
    assert [line["event"] for line in told] == ["possible again"]


def test_a_wrong_clock_is_told_without_a_traceback():
    def wrong(_at: int) -> None:
        raise ClockWrong("the clock jumped")

    with capture_logs() as told:
        Rounds().attempt("seal", wrong, 1)
    assert told[0]["why"] == "the clock jumped"
    assert not told[0]["exc_info"]


def test_what_ends_the_process_is_not_swallowed():
    def ends(_at: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Rounds().attempt("publish", ends, 1)


def test_something_is_due_at_once_and_then_each_time():
    rounds = Rounds()
    due = [at for at in range(0, 5 * MINUTE, 1000) if rounds.is_due("beat", MINUTE, at)]
    assert due == [0, MINUTE, 2 * MINUTE, 3 * MINUTE, 4 * MINUTE]


def test_after_the_clock_was_set_back_it_is_due_again():
    rounds = Rounds()
    assert rounds.is_due("beat", MINUTE, 10**12)
    assert rounds.is_due("beat", MINUTE, 10**12 - 10 * MINUTE)
    assert not rounds.is_due("beat", MINUTE, 10**12 - 10 * MINUTE + 1)


def test_different_things_are_due_each_for_itself():
    rounds = Rounds()
    assert rounds.is_due("beat", MINUTE, 1)
    assert rounds.is_due("keys", MINUTE, 1)
