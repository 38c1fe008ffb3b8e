"""A whole player under holds and drills: what is on the glass, what is refused, what is told."""

import pytest

from players.contract.alerts import Page
from players.contract.holds import Blank, Meeting, SafeSlide
from players.contract.limits import HOUR, MINUTE
from players.contract.signature import Kind
from players.showing.plain import PURPLE
from tests.doubles import NOON
from tests.players.rig import Rig

BLACK, NAVY, ORANGE = (0, 0, 0), (0, 0, 128), (255, 165, 0)


@pytest.fixture
def rig(tmp_path):
    made = Rig(tmp_path)
    controller = made.controller
    made.hears_keys()
    made.hears_manifest(controller.manifest(controller.entry(controller.slide("o", "orange"))))
    made.until(lambda: made.output.shown and made.colour == ORANGE)
    yield made
    made.close()


def holds(rig, kind, **changes):
    rig.hears_holds(rig.controller.holds(rig.controller.hold(kind, **changes)))


def test_a_stopped_display_is_dark_until_its_hold_ends(rig):
    holds(rig, Blank, expires_at=NOON + MINUTE)
    rig.until(lambda: rig.colour == BLACK)
    rig.passes(MINUTE)
    rig.until(lambda: rig.colour == ORANGE)


def test_the_safe_slide_is_held_even_when_an_alert_comes(rig):
    holds(rig, SafeSlide)
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert()))
    rig.until(lambda: rig.colour == NAVY)
    rig.settle()
    assert rig.colour == NAVY


def test_an_emergency_interrupts_a_meeting_and_then_it_goes_on(rig):
    page = Page(blob=rig.controller.picture("teal"), seconds=10)
    holds(rig, Meeting, pages=[page])
    rig.shows("hall.1.1")
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert(expires_at=NOON + MINUTE)))
    rig.shows("flood.1.1")
    rig.passes(MINUTE)
    rig.shows("hall.1.1")


def test_a_hold_that_is_lifted_gives_the_schedule_back_at_once(rig):
    holds(rig, Blank)
    rig.until(lambda: rig.colour == BLACK)
    rig.hears_holds(rig.controller.holds())
    rig.until(lambda: rig.colour == ORANGE)


def test_a_hold_survives_a_restart_without_network(rig):
    holds(rig, Blank)
    rig.until(lambda: rig.colour == BLACK)
    rig.restart(offline=True)
    rig.until(lambda: rig.output.shown and rig.colour == BLACK)


def test_a_hold_ends_after_its_own_duration_though_the_clock_was_set_back(rig):
    holds(rig, Blank, expires_at=NOON + MINUTE)
    rig.until(lambda: rig.colour == BLACK)
    rig.clock.is_set(NOON - 30 * MINUTE)
    rig.passes(MINUTE)
    rig.until(lambda: rig.colour != BLACK)


@pytest.mark.parametrize("signer", ["alert", "content", "drill"])
def test_only_the_hold_key_holds_a_display(rig, signer):
    key = getattr(rig.controller.keys, signer)
    rig.hears_holds(rig.controller.holds(rig.controller.hold(Blank), signed_by=[key]))
    rig.settle()
    assert rig.colour == ORANGE
    assert "trusted for it" in rig.problem


def test_a_drill_is_shown_and_told_as_what_it_is(rig):
    rig.connects()
    rig.hears_drills(rig.controller.drills(rig.controller.alert("exercise", colour="purple")))
    rig.shows("exercise.1.1")
    told = rig.until(lambda: [s for s in rig.statuses if s.showing and s.showing.source == "drill"])
    assert told[-1].alerts[0].id == "exercise"
    assert told[-1].alerts[0].presented_at == NOON
    assert told[-1].holds["drills"].serial == 1


def test_a_real_alert_takes_the_glass_from_a_drill_and_keeps_it(rig):
    drill = rig.controller.alert("exercise", colour="purple", level=5)
    rig.hears_drills(rig.controller.drills(drill))
    rig.shows("exercise.1.1")
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert(level=0)))
    rig.shows("flood.1.1")
    rig.hears_drills(rig.controller.drills(drill, rig.controller.alert("second", level=5)))
    rig.passes(MINUTE)
    assert rig.item == "flood.1.1"


def test_a_drill_without_its_page_says_that_it_is_one_in_a_colour_of_its_own(rig):
    missing = rig.controller.picture("purple")
    del rig.controller.blobs[missing.sha256]
    drill = rig.controller.alert("exercise", pages=[Page(blob=missing, seconds=10)])
    rig.hears_drills(rig.controller.drills(drill))
    rig.shows("exercise.1.1")
    assert rig.output.grab()().getpixel((0, 0)) == PURPLE


def test_a_drill_sealed_by_the_alert_key_is_refused(rig):
    sealed = rig.controller.drills(rig.controller.alert(), signed_by=[rig.controller.keys.alert])
    rig.hears_drills(sealed)
    rig.settle()
    assert rig.colour == ORANGE


@pytest.mark.parametrize(("kind", "exercise"), [(Kind.ALERTS, True), (Kind.DRILLS, False)])
def test_a_set_that_says_the_wrong_thing_about_being_an_exercise_is_refused(rig, kind, exercise):
    if kind is Kind.ALERTS:
        rig.hears_alerts(rig.controller.alerts(rig.controller.alert(), exercise=exercise))
    else:
        rig.hears_drills(rig.controller.drills(rig.controller.alert(), exercise=exercise))
    rig.settle()
    assert rig.colour == ORANGE
    assert "exercise" in rig.problem


def test_a_drill_that_was_scheduled_begins_by_the_players_own_clock(rig):
    later = rig.controller.alert("exercise", begins_at=NOON + HOUR, expires_at=NOON + 2 * HOUR)
    rig.hears_drills(rig.controller.drills(later))
    rig.settle()
    assert rig.colour == ORANGE
    rig.passes(HOUR)
    rig.shows("exercise.1.1")


def test_sets_that_a_beat_tells_of_are_fetched_over_http(rig):
    sealed = rig.controller.holds(rig.controller.hold(Blank))
    rig.controller.sealed["signage/1/pleiku/sets/hold/led-64x32"] = sealed
    rig.hears_beat()
    rig.until(lambda: rig.colour == BLACK)
