"""Scenes of the timeline: an ordinary week in Pleiku, and what is missing in it."""

import msgspec

from players.contract import documents
from players.contract.daypart import Daypart
from players.contract.holdings import Holdings
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.playlist import Ticker
from players.contract.timeline import showing_at
from tests.players.contract.builders import (
    EVERY_DAY,
    LIFE,
    MONDAY,
    alert,
    alert_set,
    blob,
    entry,
    hanoi,
    holdings,
    manifest,
    playlist,
    sha256,
    slide,
)
from tests.players.contract.strategies import SUMMER_TIME

MORNING = Daypart(weekdays=EVERY_DAY, starts=6 * 60, ends=11 * 60)
NOON = Daypart(weekdays=EVERY_DAY, starts=9 * 60, ends=10 * 60)
LATE_SHOW = Daypart(weekdays=[4], starts=22 * 60, ends=2 * 60)
THREE = playlist("three", slide("one", 10), slide("two", 20), slide("three", 30))


def items(held: Holdings, *moments: int) -> list[str]:
    return [showing_at(held, moment).item for moment in moments]


def test_without_a_manifest_there_is_nothing_to_show() -> None:
    showing = showing_at(Holdings.of("hoa-lu", None, {}, None), hanoi(9))
    assert (showing.source, showing.reason, showing.blob) == ("fallback", "no-manifest", None)


def test_an_alert_for_everything_is_shown_before_the_first_manifest() -> None:
    held = Holdings.of("hoa-lu", None, {}, alert_set(alert("flood")))
    assert showing_at(held, hanoi(11)).reason == "flood"


def test_outside_its_dayparts_the_safe_slide_is_up_since_the_last_end() -> None:
    showing = showing_at(holdings(entry("news", MORNING)), hanoi(15))
    assert (showing.reason, showing.blob) == ("nothing-scheduled", blob("safe"))
    assert (showing.since, showing.until) == (hanoi(11), hanoi(6, day=1))


def test_the_safe_slide_remembers_an_end_weeks_ago() -> None:
    held = holdings(entry("news", MORNING, last_date="2025-11-24"))
    assert showing_at(held, hanoi(12, day=20)).since == hanoi(11)


def test_before_anything_was_scheduled_the_safe_slide_is_up_since_the_manifest() -> None:
    held = holdings(entry("news", MORNING, first_date="2025-12-24"))
    assert showing_at(held, hanoi(12)).since == MONDAY


def test_a_manifest_that_has_ended_is_not_played_on() -> None:
    held = holdings(entry("news"))
    end = MONDAY + LIFE
    assert showing_at(held, end - 1).source == "schedule"
    assert showing_at(held, end - 1).until == end
    assert showing_at(held, end).reason == "programme-ended"
    assert showing_at(held, end + 400 * DAY).blob == blob("safe")


def test_an_alert_is_shown_also_after_the_manifest_has_ended() -> None:
    late = {"begins_at": MONDAY + LIFE + HOUR, "expires_at": MONDAY + LIFE + 2 * HOUR}
    held = holdings(entry("news"), alerts=alert_set(alert("flood", **late)))
    assert showing_at(held, late["begins_at"]).reason == "flood"


def test_a_retired_display_shows_not_even_an_alert() -> None:
    held = holdings(entry("news"), alerts=alert_set(alert("flood")), retired=True)
    assert showing_at(held, hanoi(11)).reason == "retired"
    assert showing_at(held, hanoi(11)).blob is None


def test_slides_follow_each_other_for_their_seconds_and_begin_anew() -> None:
    held = holdings(entry("news", MORNING), loops={"news": THREE})
    start = hanoi(6)
    moments = [start, start + 9999, start + 10_000, start + 30_000, start + 59_999, start + 60_000]
    assert items(held, *moments) == ["one", "one", "two", "three", "three", "one"]


def test_a_slide_says_from_when_to_when_it_stands() -> None:
    showing = showing_at(holdings(entry("news", MORNING), loops={"news": THREE}), hanoi(8, 0, 17))
    assert (showing.since, showing.until) == (hanoi(8, 0, 10), hanoi(8, 0, 30))


def test_a_player_started_late_shows_what_the_others_show() -> None:
    held = holdings(entry("news", MORNING), loops={"news": THREE})
    started_late = holdings(entry("news", MORNING), loops={"news": THREE})
    for second in range(0, 120, 7):
        assert items(held, hanoi(9, 0, second)) == items(started_late, hanoi(9, 0, second))


def test_the_last_slide_ends_with_the_daypart() -> None:
    long_show = playlist("long", slide("a", 3600), slide("b", 3600))
    held = holdings(entry("news", MORNING), loops={"news": long_show})
    showing = showing_at(held, hanoi(10, 59))
    assert (showing.item, showing.until) == ("a", hanoi(11))


def test_one_slide_alone_stands_until_something_else_is_due() -> None:
    showing = showing_at(holdings(entry("news", MORNING)), hanoi(8))
    assert (showing.since, showing.until) == (hanoi(6), hanoi(11))


def test_one_slide_all_day_is_looked_at_again_at_midnight() -> None:
    showing = showing_at(holdings(entry("news")), hanoi(8))
    assert (showing.since, showing.until) == (hanoi(0), hanoi(24))


def test_the_higher_priority_is_shown_alone() -> None:
    held = holdings(entry("news", MORNING), entry("visit", NOON, priority=8))
    shown = [showing_at(held, hanoi(hour)).reason for hour in (8, 9, 10)]
    assert shown == ["news", "visit", "news"]


def test_the_entry_below_gives_way_to_the_moment() -> None:
    held = holdings(
        entry("news", MORNING),
        entry("visit", NOON, priority=8),
        loops={"news": THREE, "visit": THREE},
    )
    assert showing_at(held, hanoi(9) - 1).until == hanoi(9)


def test_a_loop_begins_anew_when_the_one_above_it_has_ended() -> None:
    short = Daypart(weekdays=EVERY_DAY, starts=9 * 60, ends=9 * 60 + 7)
    held = holdings(
        entry("news", MORNING),
        entry("visit", short, priority=8),
        loops={"news": playlist("p", slide("a", 300), slide("b", 300)), "visit": THREE},
    )
    showing = showing_at(held, hanoi(9, 7))
    assert (showing.item, showing.since) == ("a", hanoi(9, 7))


def test_what_is_left_of_equals_begins_anew_when_one_of_them_has_ended() -> None:
    short = Daypart(weekdays=EVERY_DAY, starts=6 * 60, ends=9 * 60)
    pair = playlist("p", slide("a", 7), slide("b", 12))
    held = holdings(
        entry("news", MORNING), entry("market", short), loops={"news": pair, "market": THREE}
    )
    showing = showing_at(held, hanoi(9))
    assert (showing.item, showing.since) == ("a", hanoi(9))


def test_a_higher_entry_of_the_day_before_yesterday_is_not_forgotten() -> None:
    from_ten_to_ten = Daypart(weekdays=EVERY_DAY, starts=600, ends=600)
    all_night = Daypart(weekdays=[0], starts=12 * 60, ends=11 * 60)
    held = holdings(entry("news", from_ten_to_ten), entry("visit", all_night, priority=8))
    assert showing_at(held, hanoi(9, day=2)).since == hanoi(11, day=1)


def test_entries_of_one_priority_take_turns_in_the_order_of_the_manifest() -> None:
    held = holdings(
        entry("news", MORNING), entry("market", MORNING), loops={"news": THREE, "market": THREE}
    )
    shown = [showing_at(held, hanoi(6, minute)).reason for minute in range(4)]
    assert shown == ["news", "market", "news", "market"]


def test_two_entries_of_the_same_name_do_not_mix_their_hours() -> None:
    held = holdings(entry("news", MORNING), entry("news", LATE_SHOW), loops={"news": THREE})
    assert showing_at(held, hanoi(8)).source == "schedule"
    assert showing_at(held, hanoi(23, day=4)).source == "schedule"
    assert showing_at(held, hanoi(23)).source == "fallback"


def test_a_late_show_goes_on_past_midnight() -> None:
    held = holdings(entry("show", LATE_SHOW))
    assert showing_at(held, hanoi(1, 59, day=5)).reason == "show"
    assert showing_at(held, hanoi(1, 59, day=4)).source == "fallback"


def test_a_document_that_has_not_come_lets_the_one_below_be_shown() -> None:
    held = holdings(entry("news", MORNING), entry("visit", NOON, priority=8), loops={"news": THREE})
    assert showing_at(held, hanoi(9)).reason == "news"


def test_where_no_document_has_come_the_safe_slide_says_so() -> None:
    showing = showing_at(holdings(entry("news", MORNING), loops={}), hanoi(8))
    assert (showing.reason, showing.since) == ("documents-missing", hanoi(6))


def test_a_document_of_a_higher_schema_is_not_played() -> None:
    tomorrow_s = msgspec.structs.replace(THREE, schema=2)
    held = holdings(entry("news", MORNING), loops={"news": tomorrow_s})
    assert showing_at(held, hanoi(8)).reason == "documents-missing"
    assert held.unknown == ("schema 2",)


def test_slides_of_an_unknown_kind_are_left_out_and_named() -> None:
    stream = msgspec.Raw(b'{"kind":"live-stream"}')
    mixed = msgspec.structs.replace(THREE, items=[THREE.items[0], stream, THREE.items[1]])
    held = holdings(entry("news", MORNING), loops={"news": mixed})
    assert items(held, hanoi(6), hanoi(6, 0, 10), hanoi(6, 0, 30)) == ["one", "two", "one"]
    assert held.unknown == ("live-stream",)


def test_a_playlist_of_unknown_kinds_alone_lets_the_one_below_be_shown() -> None:
    streams = msgspec.structs.replace(THREE, items=[msgspec.Raw(b'{"kind":"live-stream"}')])
    held = holdings(
        entry("news", MORNING),
        entry("visit", NOON, priority=8),
        loops={"news": THREE, "visit": streams},
    )
    assert showing_at(held, hanoi(9)).reason == "news"


def test_an_unknown_kind_of_entry_is_left_out_and_named() -> None:
    raws = [msgspec.Raw(b'{"kind":"live-stream"}'), documents.raw(entry("news", MORNING))]
    by_hash = {sha256("news"): THREE}
    held = Holdings.of("hoa-lu", manifest(entries=raws), by_hash, None)
    assert showing_at(held, hanoi(8)).reason == "news"
    assert held.unknown == ("live-stream",)


def test_a_ticker_runs_under_the_slides_of_its_own_playlist() -> None:
    strip = Ticker(blob=blob("strip", width=900, height=24), step=1)
    held = holdings(
        entry("news", MORNING),
        entry("market", MORNING),
        loops={"news": playlist("news", ticker=strip), "market": playlist("market")},
    )
    assert showing_at(held, hanoi(6)).ticker == strip
    assert showing_at(held, hanoi(6, 0, 10)).ticker is None


def test_what_begins_in_24_hours_is_foreseen_on_a_day_of_23() -> None:
    after_midnight = Daypart(weekdays=[2], starts=15, ends=600)
    held = holdings(entry("news", after_midnight), utc_offsets=SUMMER_TIME)
    change = SUMMER_TIME[1].begins_at  # Tuesday 02:00, which becomes 03:00
    monday_2345 = change - 2 * HOUR - 15 * MINUTE
    assert showing_at(held, monday_2345).until == change + 21 * HOUR + 15 * MINUTE


def test_a_manifest_of_a_minute_hence_is_played_on_a_slow_clock() -> None:
    held = holdings(entry("news", MORNING), issued_at=hanoi(5))
    assert showing_at(held, hanoi(5) - MINUTE).since == hanoi(11, day=-1)
    empty = holdings(issued_at=hanoi(5))
    before = showing_at(empty, hanoi(5) - MINUTE)
    assert (before.since, before.until) == (0, hanoi(5))


def test_when_the_clock_goes_back_a_loop_goes_on_in_true_time() -> None:
    held = holdings(entry("news"), loops={"news": THREE}, utc_offsets=SUMMER_TIME)
    change = SUMMER_TIME[2].begins_at
    assert items(held, change - 1, change) == ["three", "one"]
    assert showing_at(held, change - 1).until == change
    assert showing_at(held, change - HOUR).since == change - HOUR
