"""Problems are told once, in one line, and never flood the log."""

import logging

from players.contract.reports import MAX_PROBLEMS
from players.troubles import LINES_A_MINUTE, Troubles


def test_the_newest_problem_wins():
    troubles = Troubles("hoa-lu", lambda: 5)
    troubles.note("first")
    troubles.note("second")
    assert (troubles.sentence, troubles.at, troubles.count) == ("second", 5, 2)


def test_the_same_again_is_logged_once(caplog):
    troubles = Troubles("hoa-lu", lambda: 0)
    for _ in range(9):
        troubles.note("the same")
    assert [record.getMessage() for record in caplog.records] == ["hoa-lu: the same"]


def test_what_works_again_may_be_told_anew():
    troubles = Troubles("hoa-lu", lambda: 0)
    for _ in range(2):
        troubles.of("cable", "broken")
    assert troubles.count == 1
    troubles.over("cable")
    troubles.of("cable", "broken")
    assert troubles.count == 3


def test_all_that_is_wrong_now_is_told_and_what_works_again_is_not():
    troubles = Troubles("hoa-lu", lambda: 0)
    troubles.of("board", "the board can't be reached")
    troubles.all_of("picture", ["picture 1 is broken", "picture 2 is broken"])
    troubles.of("card", "the card is silent")
    troubles.note("an alert was refused")
    troubles.over("board")
    troubles.all_of("picture", ["picture 2 is broken"])
    assert troubles.current() == ["the card is silent", "picture 2 is broken"]
    assert troubles.sentence == "an alert was refused"


def test_no_more_problems_than_a_status_holds():
    troubles = Troubles("hoa-lu", lambda: 0)
    for number in range(50):
        troubles.of(f"part {number}", f"part {number} is broken")
    assert len(troubles.current()) == MAX_PROBLEMS
    assert troubles.current()[0] == "part 49 is broken"


def test_a_flood_of_problems_does_not_flood_the_log(caplog):
    caplog.set_level(logging.WARNING)
    troubles = Troubles("hoa-lu", lambda: 0)
    for number in range(1000):
        troubles.note(f"forgery {number}")
    assert len(caplog.records) <= 2 * (LINES_A_MINUTE + 1)
    assert troubles.sentence == "forgery 999"


def test_a_long_sentence_fits_the_status():
    troubles = Troubles("hoa-lu", lambda: 0)
    troubles.note("x" * 1000)
    assert len(troubles.sentence) == 200
