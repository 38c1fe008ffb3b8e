"""Scenes of the timeline: what is above what when displays are held, drilled and alerted."""

from typing import Any

import pytest

from players.contract.alerts import Alert, Covers, Page
from players.contract.holds import Blank, Hold, Meeting, SafeSlide
from players.contract.showing import Showing
from players.contract.timeline import showing_at
from tests.players.contract.builders import (
    alert,
    alert_set,
    blob,
    bulletin,
    drill_set,
    entry,
    hanoi,
    hold,
    hold_set,
    holdings,
)


def under(
    *holds: Hold,
    alerts: list[Alert] | None = None,
    drills: list[Alert] | None = None,
    at: int = hanoi(11),
    **schedule: Any,
) -> Showing:
    held = holdings(
        entry("news", **schedule),
        alerts=alert_set(*alerts or ()),
        drills=drill_set(*drills or ()),
        holds=hold_set(*holds),
    )
    return showing_at(held, at)


FLOOD, EXERCISE = alert("flood", level=1), alert("flood-drill", level=5)


@pytest.mark.parametrize("kind", [Blank, SafeSlide])
def test_a_stopped_display_shows_no_alert_no_drill_and_no_schedule(kind: type[Hold]) -> None:
    showing = under(hold(kind, "stop"), alerts=[FLOOD], drills=[EXERCISE])
    assert (showing.source, showing.reason) == ("hold", "stop")


def test_an_emergency_interrupts_a_meeting_and_nothing_else_does() -> None:
    meeting = hold(Meeting, "hall")
    assert under(meeting, drills=[EXERCISE], priority=9).reason == "hall"
    assert under(meeting, alerts=[FLOOD], drills=[EXERCISE], priority=9).reason == "flood"


def test_a_priority_bulletin_waits_for_the_end_of_a_meeting_and_is_shown_then() -> None:
    meeting = hold(Meeting, "hall", expires_at=hanoi(12))
    market = bulletin("market", begins_at=hanoi(11), expires_at=hanoi(14))
    held = holdings(
        entry("news"), alerts=alert_set(market), holds=hold_set(meeting), drills=drill_set()
    )
    assert showing_at(held, hanoi(11, 30)).reason == "hall"
    after = {showing_at(held, hanoi(12) + seconds * 1000).reason for seconds in range(90)}
    assert "market" in after


def test_the_meeting_is_back_when_the_emergency_is_over() -> None:
    flood = alert("flood", expires_at=hanoi(12))
    hours = (hanoi(11), hanoi(12), hanoi(14))
    shown = [under(hold(Meeting, "hall"), alerts=[flood], at=at).reason for at in hours]
    assert shown == ["flood", "hall", "news"]


def test_a_drill_never_stands_on_a_real_alert_however_high_it_is() -> None:
    assert under(alerts=[FLOOD], drills=[EXERCISE]).source == "alert"
    assert under(drills=[EXERCISE]).source == "drill"


def test_a_hold_ends_by_the_clock_to_the_millisecond() -> None:
    hall = hold(Blank, "hall")
    shown = [under(hall, at=hanoi(hour) - back).reason for hour in (10, 14) for back in (1, 0)]
    assert shown == ["news", "hall", "hall", "news"]


def test_of_two_holds_the_one_decided_last_counts() -> None:
    stop = hold(Blank, "stop-all", begins_at=hanoi(10))
    calm = hold(SafeSlide, "calm", begins_at=hanoi(11), expires_at=hanoi(12))
    hours = (hanoi(10, 30), hanoi(11, 30), hanoi(12))
    assert [under(stop, calm, at=at).reason for at in hours] == ["stop-all", "calm", "stop-all"]


def test_a_hold_of_another_unit_changes_nothing() -> None:
    assert under(hold(Blank, covers=Covers(groups=["unit:gao"]))).reason == "news"


def test_a_dark_display_has_no_picture_and_a_safe_one_its_safe_slide() -> None:
    dark, safe = under(hold(Blank)), under(hold(SafeSlide))
    assert (dark.item, dark.blob, safe.item, safe.blob) == ("blank", None, "safe", blob("safe"))


def test_a_meeting_shows_its_page_and_without_one_the_safe_slide() -> None:
    page = Page(blob=blob("in a meeting"), seconds=10)
    assert under(hold(Meeting, pages=[page])).blob == blob("in a meeting")
    assert under(hold(Meeting)).blob == blob("safe")
