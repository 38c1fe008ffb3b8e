"""Priority bulletins: inserted where a slide ends, again each minute, never over an alert."""

import pytest

from players.contract.alerts import AnyAlert, Page
from players.contract.limits import MINUTE, SECOND
from players.contract.showing import Showing
from players.contract.timeline import showing_at
from tests.players.contract.builders import (
    alert,
    alert_set,
    blob,
    bulletin,
    entry,
    hanoi,
    holdings,
    playlist,
    slide,
)

TEN = hanoi(10)
TWO_SLIDES = playlist("news", slide("one", seconds=10), slide("two", seconds=10))
PAGES = [Page(blob=blob(f"page {n}"), seconds=6) for n in (1, 2)]
MARKET = bulletin("market", begins_at=TEN + 3 * SECOND, pages=PAGES)


def at(moment: int, *entries: AnyAlert) -> Showing:
    held = holdings(entry("news"), loops={"news": TWO_SLIDES}, alerts=alert_set(*entries))
    return showing_at(held, moment)


def shown(*entries: AnyAlert, since: int = TEN, seconds: int = 150) -> list[tuple[int, str]]:
    """What is on the glass, with the second at which it came, as a player would ask."""
    found: list[tuple[int, str]] = []
    moment = since
    while moment < since + seconds * SECOND:
        showing = at(moment, *entries)
        if not found or found[-1][1] != showing.item:
            found.append(((moment - since) // SECOND, showing.item))
        assert showing.until > moment
        moment = showing.until
    return found


def test_a_bulletin_comes_when_the_slide_that_runs_ends() -> None:
    assert shown(MARKET, seconds=25)[:4] == [
        (0, "one"),
        (10, "market.1.1"),
        (16, "market.1.2"),
        (22, "one"),
    ]


def test_it_comes_again_and_the_schedule_has_a_minute_between() -> None:
    pages = [second for second, item in shown(MARKET) if item == "market.1.1"]
    assert pages == [10, 80]


def test_it_ends_by_itself() -> None:
    short = bulletin("market", begins_at=TEN, expires_at=TEN + MINUTE, pages=PAGES)
    assert "market.1.1" not in [item for second, item in shown(short) if second >= 60]


def test_an_alert_is_alone_all_the_same() -> None:
    items = {item for _, item in shown(MARKET, alert("flood", begins_at=TEN))}
    assert items == {"flood.1.1"}


@pytest.mark.parametrize("moment", range(0, 200, 7))
def test_two_players_agree_whenever_they_look(moment: int) -> None:
    here, there = at(TEN + moment * SECOND, MARKET), at(TEN + moment * SECOND + 500, MARKET)
    assert here.item == there.item or there.since > here.since


def test_without_a_schedule_it_alternates_with_the_safe_slide() -> None:
    showing = showing_at(holdings(alerts=alert_set(MARKET)), MARKET.begins_at)
    assert (showing.source, showing.reason) == ("bulletin", "market")
