"""What stands in when nothing is due: the slide that says why, or else the safe slide."""

import pytest

from players.contract.holdings import Circumstances, Holdings
from players.contract.limits import DAY
from players.contract.manifest import Fallbacks
from players.contract.timeline import showing_at
from tests.players.contract.builders import (
    FALLBACKS,
    LIFE,
    MONDAY,
    alert,
    alert_set,
    blob,
    entry,
    hanoi,
    holdings,
)
from tests.players.contract.test_timeline import MORNING

CUT_OFF = Circumstances(cut_off_since=hanoi(9))
UNSURE = Circumstances(time_unsure=True)


def held(**fields: object) -> Holdings:
    return holdings(entry("news", MORNING), **{"fallbacks": FALLBACKS, **fields})


def test_what_is_scheduled_plays_on_through_an_outage() -> None:
    assert showing_at(held(), hanoi(10), frozenset(), CUT_OFF).reason == "news"


def test_a_gap_in_the_schedule_says_that_news_are_awaited_when_the_controller_is_lost() -> None:
    showing = showing_at(held(), hanoi(12), frozenset(), CUT_OFF)
    assert (showing.reason, showing.item) == ("cut-off", "comms-loss")
    assert (showing.blob, showing.since) == (blob("comms loss"), hanoi(11))


def test_the_outage_begins_when_it_began_and_not_with_the_gap() -> None:
    since = hanoi(15)
    showing = showing_at(held(), hanoi(16), frozenset(), Circumstances(cut_off_since=since))
    assert showing.since == since


def test_a_gap_is_the_safe_slide_while_the_controller_is_heard() -> None:
    assert showing_at(held(), hanoi(12)).item == "safe"


def test_an_alert_is_shown_through_an_outage() -> None:
    raised = held(alerts=alert_set(alert("flood")))
    assert showing_at(raised, hanoi(12), frozenset(), CUT_OFF).reason == "flood"


def test_a_clock_that_can_not_be_right_shows_power_recovery_and_no_alert() -> None:
    raised = held(alerts=alert_set(alert("flood")))
    showing = showing_at(raised, hanoi(12), frozenset(), UNSURE)
    assert (showing.reason, showing.blob) == ("clock-unsure", blob("power recovery"))


def test_a_programme_that_has_run_out_says_so() -> None:
    showing = showing_at(held(), MONDAY + LIFE + DAY, frozenset(), CUT_OFF)
    assert (showing.item, showing.blob) == ("end-of-programme", blob("end of programme"))


@pytest.mark.parametrize(
    ("moment", "circumstances"),
    [(hanoi(12), CUT_OFF), (hanoi(12), UNSURE), (MONDAY + LIFE, Circumstances())],
)
def test_without_a_slide_of_its_own_each_case_is_the_safe_slide(
    moment: int, circumstances: Circumstances
) -> None:
    showing = showing_at(held(fallbacks=Fallbacks()), moment, frozenset(), circumstances)
    assert (showing.item, showing.blob) == ("safe", blob("safe"))


def test_a_retired_display_stays_calm_whatever_happens() -> None:
    for circumstances in (CUT_OFF, UNSURE):
        showing = showing_at(held(retired=True), hanoi(12), frozenset(), circumstances)
        assert (showing.reason, showing.blob) == ("retired", None)


def test_the_end_of_a_gap_is_known_during_an_outage_too() -> None:
    showing = showing_at(held(), hanoi(5, 59), frozenset(), CUT_OFF)
    assert showing.until == hanoi(6)
