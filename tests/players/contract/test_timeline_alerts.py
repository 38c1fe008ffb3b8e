"""Scenes of the timeline: an alert over the schedule, its revisions, its end, and a slow clock."""

from dataclasses import replace

import msgspec
import pytest

from players.contract.alerts import Covers, Page
from players.contract.limits import MAX_AHEAD, MINUTE, SECOND
from players.contract.timeline import showing_at
from tests.players.contract.builders import (
    alert,
    alert_set,
    all_clear,
    blob,
    entry,
    hanoi,
    holdings,
)


def under(*entries: object, presented: frozenset[str] = frozenset(), at: int = hanoi(11)) -> str:
    held = holdings(entry("news"), alerts=alert_set(*entries))  # type: ignore[arg-type]
    return showing_at(held, at, presented).reason


def test_an_alert_begins_and_ends_to_the_millisecond() -> None:
    flood = alert("flood", begins_at=hanoi(10), expires_at=hanoi(14))
    shown = [under(flood, at=hanoi(hour) - back) for hour in (10, 14) for back in (1, 0)]
    assert shown == ["news", "flood", "flood", "news"]


def test_an_alert_says_how_long_it_stands_and_what_it_says_without_its_page() -> None:
    held = holdings(entry("news"), alerts=alert_set(alert("flood", revision=3)))
    showing = showing_at(held, hanoi(11))
    assert (showing.since, showing.until) == (hanoi(10), hanoi(14))
    assert (showing.item, showing.revision) == ("flood.3.1", 3)
    assert showing.text.startswith("Cảnh báo lũ trên sông Ayun\nPhường Hội Phú")


def test_the_schedule_knows_when_the_next_alert_begins() -> None:
    held = holdings(entry("news"), alerts=alert_set(alert("flood")))
    assert showing_at(held, hanoi(9)).until == hanoi(10)


@pytest.mark.parametrize(
    ("covers", "shown"),
    [
        (Covers(everything=True), "flood"),
        (Covers(displays=["ubnd", "hoa-lu"]), "flood"),
        (Covers(groups=["tag:led"]), "flood"),
        (Covers(groups=["unit:gao"]), "news"),
        (Covers(displays=["unit:hoi-phu"]), "news"),
        (Covers(groups=["hoa-lu"]), "news"),
        (Covers(), "news"),
    ],
)
def test_an_alert_is_shown_where_it_covers_and_nowhere_else(covers: Covers, shown: str) -> None:
    assert under(alert("flood", covers=covers)) == shown


def test_the_highest_alert_is_shown_alone() -> None:
    assert under(alert("rain", level=2), alert("flood", level=4), alert("wind", level=3)) == "flood"


def test_an_alert_of_level_nought_is_still_above_the_schedule() -> None:
    assert under(alert("lost-child", level=0)) == "lost-child"


def test_equal_alerts_take_turns() -> None:
    held = holdings(alerts=alert_set(alert("flood"), alert("storm")))
    shown = [showing_at(held, hanoi(10, 0, second)).reason for second in (0, 8, 16)]
    assert shown == ["flood", "storm", "flood"]


def test_the_newest_of_equal_alerts_is_on_the_glass_at_once() -> None:
    pages = [Page(blob=blob(f"page {number}"), seconds=30) for number in range(3)]
    held = holdings(
        alerts=alert_set(
            alert("flood", pages=pages), alert("storm", begins_at=hanoi(11), pages=pages)
        )
    )
    assert showing_at(held, hanoi(11)).item == "storm.1.1"


def test_pages_of_one_alert_take_turns_and_each_stands_its_seconds() -> None:
    pages = [Page(blob=blob("first"), seconds=8), Page(blob=blob("second"), seconds=5)]
    held = holdings(alerts=alert_set(alert("flood", pages=pages)))
    shown = [showing_at(held, hanoi(10, 0, second)) for second in (0, 8, 13)]
    assert [one.blob for one in shown] == [blob("first"), blob("second"), blob("first")]
    assert [one.until for one in shown] == [hanoi(10, 0, second) for second in (8, 13, 21)]


def test_an_alert_begins_with_its_first_page_when_a_higher_one_has_ended() -> None:
    pages = [Page(blob=blob("first"), seconds=8), Page(blob=blob("second"), seconds=8)]
    held = holdings(
        alerts=alert_set(
            alert("flood", pages=pages), alert("dam", level=5, expires_at=hanoi(11, 0, 9))
        )
    )
    showing = showing_at(held, hanoi(11, 0, 9))
    assert (showing.item, showing.since) == ("flood.1.1", hanoi(11, 0, 9))


def test_what_is_left_of_equal_alerts_begins_with_its_first_page() -> None:
    pages = [Page(blob=blob("first"), seconds=8), Page(blob=blob("second"), seconds=8)]
    held = holdings(
        alerts=alert_set(alert("flood", pages=pages), alert("storm", expires_at=hanoi(11, 0, 9)))
    )
    showing = showing_at(held, hanoi(11, 0, 9))
    assert (showing.item, showing.since) == ("flood.1.1", hanoi(11, 0, 9))


def test_only_the_newest_revision_is_shown() -> None:
    assert under(alert("flood", revision=2, covers=Covers()), alert("flood", revision=1)) == "news"


def test_an_old_revision_does_not_come_back_when_the_new_one_has_expired() -> None:
    shorter = alert("flood", revision=2, expires_at=hanoi(11))
    assert under(alert("flood"), shorter, at=hanoi(12)) == "news"


def test_an_extension_that_comes_late_shows_again() -> None:
    longer = alert("flood", revision=2, begins_at=hanoi(15), expires_at=hanoi(18))
    assert under(longer, at=hanoi(16)) == "flood"


def test_of_an_alert_and_its_end_with_one_number_the_alert_counts() -> None:
    both = alert("flood", revision=2), all_clear("flood", revision=2)
    assert [under(*both), under(*reversed(both))] == ["flood", "flood"]


def test_an_alert_is_over_once_its_end_is_in_the_set() -> None:
    both = alert("flood"), all_clear("flood")
    assert [under(*both), under(*reversed(both))] == ["news", "news"]


def test_the_green_page_is_shown_where_the_alert_was() -> None:
    assert under(all_clear("flood"), presented=frozenset({"flood"})) == "flood"


def test_the_green_page_is_not_shown_where_the_alert_never_was() -> None:
    assert under(all_clear("flood"), presented=frozenset({"storm"})) == "news"


def test_the_green_page_waits_while_another_alert_runs() -> None:
    green = all_clear("flood", level=5)
    assert under(green, alert("rain", level=0), presented=frozenset({"flood", "rain"})) == "rain"


def test_the_green_page_ends_and_the_schedule_returns() -> None:
    green = all_clear("flood", expires_at=hanoi(10, 10))
    shown = frozenset({"flood"})
    assert under(green, presented=shown, at=hanoi(10, 10) - 1) == "flood"
    assert under(green, presented=shown, at=hanoi(10, 10)) == "news"


def test_an_alert_sealed_as_running_is_shown_at_once_on_a_slow_clock() -> None:
    held = holdings(entry("news"), alerts=alert_set(alert("flood"), issued_at=hanoi(10)))
    slow_by = [0, 3 * SECOND, 4 * MINUTE, MAX_AHEAD]
    shown = {showing_at(held, hanoi(10) - slow).reason for slow in slow_by}
    assert shown == {"flood"}


def test_between_two_revisions_the_schedule_does_not_flash_up_on_a_slow_clock() -> None:
    revised = alert("flood", revision=2, begins_at=hanoi(11))
    held = holdings(entry("news"), alerts=alert_set(revised, issued_at=hanoi(11)))
    assert showing_at(held, hanoi(11) - 2 * SECOND).revision == 2


def test_on_a_slow_clock_the_first_page_stands_first_and_for_its_whole_time() -> None:
    pages = [Page(blob=blob("first"), seconds=8), Page(blob=blob("second"), seconds=8)]
    held = holdings(alerts=alert_set(alert("flood", pages=pages), issued_at=hanoi(10)))
    showing = showing_at(held, hanoi(10) - 3 * SECOND)
    assert (showing.item, showing.until) == ("flood.1.1", hanoi(10, 0, 8))


def test_an_alert_that_was_over_when_it_was_sealed_is_not_brought_forward() -> None:
    over = alert("flood", begins_at=hanoi(10), expires_at=hanoi(10))
    held = holdings(entry("news"), alerts=alert_set(over, issued_at=hanoi(10)))
    assert showing_at(held, hanoi(10) - 1).source == "schedule"
    assert showing_at(held, hanoi(10)).source == "schedule"


def test_an_alert_sealed_ahead_of_its_time_waits_for_it() -> None:
    held = holdings(entry("news"), alerts=alert_set(alert("flood"), issued_at=hanoi(10) - 1))
    assert showing_at(held, hanoi(10) - 1).source == "schedule"


def test_a_clock_that_is_wrong_by_hours_brings_no_stored_alert_back() -> None:
    held = holdings(entry("news"), alerts=alert_set(alert("flood"), issued_at=hanoi(10)))
    assert showing_at(held, hanoi(10) - MAX_AHEAD - 1).source == "schedule"


def test_the_name_of_a_page_fits_into_a_play_however_long_the_alert_s_is() -> None:
    long_name = "a" * 80
    held = holdings(alerts=alert_set(alert(long_name, revision=2**53)))
    assert len(showing_at(held, hanoi(11)).item) == 80
    assert showing_at(held, hanoi(11)).item.endswith(f".{2**53}.1")


def test_a_broken_alert_hides_no_other() -> None:
    whole = alert_set(alert("flood"))
    broken = msgspec.Raw(b'{"kind":"alert","id":"storm"}')
    whole = msgspec.structs.replace(whole, entries=[broken, *whole.entries])
    held = holdings(entry("news"), alerts=whole)
    assert showing_at(held, hanoi(11)).reason == "flood"
    assert held.unknown == ("unreadable alert",)


def test_holdings_of_two_displays_differ_only_where_they_are_named() -> None:
    one = holdings(
        entry("news"), alerts=alert_set(alert("flood", covers=Covers(displays=["ubnd"])))
    )
    assert showing_at(one, hanoi(11)).source == "schedule"
    assert showing_at(replace(one, display="ubnd"), hanoi(11)).source == "alert"
