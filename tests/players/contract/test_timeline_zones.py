"""Zones run beside the slides by the same rule, and what has expired is shown nowhere."""

from players.contract import documents
from players.contract.holdings import Holdings
from players.contract.playlist import SlideItem
from players.contract.timeline import showing_at
from players.contract.types import Area
from tests.players.contract.builders import (
    clock,
    entry,
    hanoi,
    holdings,
    playlist,
    sha256,
    slide,
    zone,
)


def wall_minute(hour: int, minute: int = 0) -> int:
    """That wall-clock time on the Monday, in minutes since 1970."""
    return (hanoi(hour, minute) // 60_000) + 420


def with_side(*beside: SlideItem) -> Holdings:
    document = playlist("news", slide("a", 10), slide("b", 20), zones=[zone("side", *beside)])
    return holdings(entry("news"), loops={"news": document})


def beside(held: Holdings, moment: int) -> list[str]:
    return [part.item.id for part in showing_at(held, moment).parts]


def test_a_zone_has_a_loop_of_its_own_that_began_with_the_slides() -> None:
    held = with_side(slide("x", 15), slide("y", 10))
    at = {second: beside(held, hanoi(0, 0, second)) for second in (0, 14, 15, 24, 25)}
    assert at == {0: ["x"], 14: ["x"], 15: ["y"], 24: ["y"], 25: ["x"]}


def test_a_change_in_a_zone_is_the_end_that_is_told() -> None:
    held = with_side(slide("x", 15), slide("y", 10))
    assert showing_at(held, hanoi(0, 0, 12)).until == hanoi(0, 0, 15)
    assert showing_at(held, hanoi(0, 0, 16)).since == hanoi(0, 0, 10)


def test_a_zone_of_one_item_stands_since_the_loop_began() -> None:
    (part,) = showing_at(with_side(slide("x", 15)), hanoi(9)).parts
    assert part.since == hanoi(0)
    assert part.area == Area(x=272, y=0, width=112, height=168)


def test_slides_say_where_they_stand_and_how_they_come_on() -> None:
    area = Area(x=0, y=24, width=384, height=168)
    one = slide("a", transition="slide", widgets=[clock()])
    held = holdings(entry("news"), loops={"news": playlist("news", one, area=area)})
    showing = showing_at(held, hanoi(9))
    assert (showing.area, showing.transition) == (area, "slide")
    assert showing.widgets == (clock(),)


def test_an_item_is_shown_until_it_expires_on_the_wall_clock() -> None:
    prices = slide("prices", 10, expires=wall_minute(9))
    held = holdings(entry("news"), loops={"news": playlist("news", prices, slide("b", 20))})
    before, after = showing_at(held, hanoi(8, 59, 55)), showing_at(held, hanoi(9))
    assert (before.item, before.until) == ("b", hanoi(9))
    assert showing_at(held, hanoi(8, 59, 30)).item == "prices"
    assert (after.item, after.since, after.until) == ("b", hanoi(9), hanoi(0, day=1))


def test_the_loop_begins_anew_when_an_item_of_it_expires() -> None:
    items = slide("a", 50), slide("b", 50), slide("gone", 10, expires=wall_minute(9))
    held = holdings(entry("news"), loops={"news": playlist("news", *items)})
    assert showing_at(held, hanoi(9)).item == "a"
    assert showing_at(held, hanoi(9, 0, 50)).item == "b"


def test_what_lies_below_comes_on_when_all_above_has_expired() -> None:
    loops = {
        "market": playlist("market", slide("prices", expires=wall_minute(9))),
        "news": playlist("news", slide("a", 30), slide("b", 30)),
    }
    held = holdings(entry("market", priority=9), entry("news"), loops=loops)
    showing = showing_at(held, hanoi(9, 0, 1))
    assert (showing.item, showing.since) == ("a", hanoi(9))


def test_the_safe_slide_is_up_when_everything_has_expired() -> None:
    prices = slide("prices", expires=wall_minute(9))
    held = holdings(entry("news"), loops={"news": playlist("news", prices)})
    showing = showing_at(held, hanoi(10))
    assert (showing.source, showing.reason, showing.since) == ("fallback", "expired", hanoi(9))


def test_a_zone_goes_without_what_expired_and_stays_away_when_empty() -> None:
    held = with_side(slide("weather", 15, expires=wall_minute(9)))
    assert beside(held, hanoi(8, 59)) == ["weather"]
    assert beside(held, hanoi(9)) == []


def test_an_item_whose_sheet_is_missing_is_left_out() -> None:
    items = slide("clock", widgets=[clock()]), slide("a")
    held = holdings(entry("news"), loops={"news": playlist("news", *items)})
    (loop,) = held.loops.values()
    kept = loop.without(frozenset({clock().sheet.sha256}))
    assert [item.id for item in kept.items] == ["a"]


def test_every_blob_of_a_document_is_named_once() -> None:
    document = playlist(
        "news", slide("a", widgets=[clock()]), slide("b"), zones=[zone("side", slide("b"))]
    )
    named = [blob.sha256 for blob in documents.blobs_of(document)]
    assert named == [sha256("a"), sha256("figures"), sha256("b")]
