"""An alert while parts are missing: a late player, a cut, restarts, an end by the clock."""

from players.contract.limits import SECOND
from signage.clock import now_ms
from signage.demo.journey.alerting import FLOOD, Names, first_pages, learn_pages
from signage.demo.journey.city import City
from signage.demo.journey.claims import require
from signage.demo.journey.people import People
from signage.demo.journey.publishing import OnAir
from signage.demo.journey.watch import Marks

LATE, RESTARTED = "ubnd", "hoa-lu"
ALERT_LASTS = 18 * SECOND
PATIENCE = 10.0
START_PATIENCE = 20.0
LATENESS = 2 * SECOND
"""An alert that ends later than this on a glass is still there when it should not be."""


def endure(city: City, people: People, on_air: OnAir) -> Marks:
    """Take everything away from the players in the middle of an alert, and give it back.

    Returns where each glass stood before broker and controller came back.
    """
    scheduled = dict.fromkeys(city.profiles, on_air.names)
    city.say("raise an alert while one player is off, then switch it on")
    names, ends = _raise_while_one_is_off(city, people)
    _switch_on(city, names)
    city.say("kill broker and controller; restart a player in the middle of the alert")
    city.cut_off()
    _restart_in_alert(city, names)
    city.say("let the alert end by the players' own clocks")
    _end_by_clock(city, names, scheduled, ends)
    city.say("restart all players offline")
    _restart_in_schedule(city, scheduled)
    city.say("broker and controller come back")
    before, since = city.watch.marks(), now_ms()
    city.start_controller()
    city.wait_until_live(since)
    city.watch.nothing_but(scheduled, since=before, step="after the outage")
    return before


def _raise_while_one_is_off(city: City, people: People) -> tuple[Names, int]:
    city.kill_player(LATE)
    hands = people.by_programs
    ends = now_ms() + ALERT_LASTS
    alert = hands.write_alert(FLOOD, list(city.profiles), until=ends)
    names = learn_pages(city, "short alert", hands.alert_pages(alert, city.kinds()))
    since = city.watch.marks()
    click = hands.raise_alert(alert, screens=len(names))
    there = {display: pages for display, pages in first_pages(names).items() if display != LATE}
    came = city.watch.wait_for(there, since=since, seconds=PATIENCE, step="alert by a program")
    city.timeline.note_each("alert by a program → on glass", came, since=click)
    return names, ends


def _switch_on(city: City, names: Names) -> None:
    since = city.watch.marks()
    began = city.start_player(LATE)
    came = city.watch.wait_for(
        {LATE: names[LATE]}, since=since, seconds=START_PATIENCE, step="a player that was off"
    )
    city.timeline.note_each("player switched on → alert on glass", came, since=began)


def _restart_in_alert(city: City, names: Names) -> None:
    city.kill_player(RESTARTED)
    since = city.watch.marks()
    began = city.start_player(RESTARTED)
    first = city.watch.wait_for_change(
        RESTARTED, since=since, seconds=START_PATIENCE, step="restart offline in the alert"
    )
    allowed = {RESTARTED: names[RESTARTED]}
    city.watch.nothing_but(allowed, since=since, step="restart offline in the alert")
    city.timeline.note_each("restart offline → alert on glass", {RESTARTED: first}, since=began)


def _end_by_clock(city: City, names: Names, scheduled: Names, ends: int) -> None:
    require(now_ms() < ends, "the alert ended before it could be watched ending: a slow machine")
    since = city.watch.marks()
    left = max(0.0, (ends - now_ms()) / SECOND)
    back = city.watch.wait_for(
        scheduled, since=since, seconds=left + PATIENCE, step="end of the alert, offline"
    )
    for display, at in back.items():
        require(
            -1 <= at - ends <= LATENESS,
            f"{display} went back {at - ends} ms after the end of the alert",
        )
    city.timeline.note_each("end of the alert → schedule, offline", back, since=ends)
    allowed = {display: [*names[display], *scheduled[display]] for display in names}
    city.watch.nothing_but(allowed, since=since, step="end of the alert, offline")


def _restart_in_schedule(city: City, scheduled: Names) -> None:
    """Every player starts from its cache alone; first on its glass is what is due."""
    for display in scheduled:
        city.kill_player(display)
    since = city.watch.marks()
    began = {display: city.start_player(display) for display in scheduled}
    for display, start in began.items():
        first = city.watch.wait_for_change(
            display, since=since, seconds=START_PATIENCE, step="restart offline"
        )
        came = {display: first}
        city.timeline.note_each("restart offline → first slide", came, since=start)
    city.watch.nothing_but(scheduled, since=since, step="restart offline")
