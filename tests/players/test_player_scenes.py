"""A whole player with transitions, clocks and zones: what is redrawn when, and what counts."""

import pytest

from players.contract.limits import MINUTE, SECOND
from players.contract.playlist import Zone
from players.contract.types import Area
from tests.doubles import NOON, png
from tests.players.contract import builders

MAIN = Area(x=0, y=0, width=40, height=32)
SIDE = Area(x=40, y=0, width=24, height=32)


@pytest.fixture
def controller(rig):
    return rig.controller


def plays(rig, *items, **document):
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*items, **document)))
    rig.until(lambda: rig.item == items[0].id)
    rig.settle()


def entrances(rig):
    return [scene.entrance.how if scene.entrance else "" for scene, _ in rig.output.shown]


def to_the_next_slide(rig):
    """Ten seconds make one slide; the timeline begins its loop at midnight."""
    rig.output.shown.clear()
    rig.clock.passes(10 * SECOND)
    rig.until(lambda: rig.output.shown)


def crossfades(rig):
    """Two slides that take turns, the first on at noon."""
    slides = [rig.controller.slide(name, colour, transition="crossfade")
              for name, colour in (("a", "orange"), ("b", "purple"))]  # fmt: skip
    plays(rig, *slides)


def test_a_slide_fades_in_and_stands_alone_when_it_is_over(rig):
    crossfades(rig)
    to_the_next_slide(rig)
    for _ in range(3):
        rig.passes(SECOND / 60 + 1)
    assert set(entrances(rig)) == {"crossfade"}
    rig.passes(400)
    assert entrances(rig)[-1] == ""
    frames = len(rig.output.shown)
    rig.passes(SECOND)
    assert len(rig.output.shown) == frames


def test_an_alert_cuts_into_a_transition(rig):
    crossfades(rig)
    to_the_next_slide(rig)
    assert entrances(rig)[-1] == "crossfade"
    alert = rig.controller.alert()
    rig.hears_page(rig.controller.blobs[alert.pages[0].blob.sha256], alert.pages[0].blob.sha256)
    rig.hears_alerts(rig.controller.alerts(alert))
    rig.until(lambda: rig.item == "flood.1.1")
    assert entrances(rig)[-1] == ""


def with_a_clock(rig, *says):
    sheet = rig.controller.blob(png("white", (96, 16)), "image/png", (96, 16))
    return builders.widget(*says, sheet=sheet)


def test_a_clock_is_redrawn_once_a_minute(rig):
    slide = rig.controller.slide("clock", "teal", widgets=[with_a_clock(rig, "hour", "minute")])
    plays(rig, slide)
    rig.output.shown.clear()
    for _ in range(7):
        rig.passes(MINUTE / 4)
    moments = [moment for _, moment in rig.output.shown]
    assert len(moments) in {1, 2}
    assert all(moment % MINUTE < MINUTE / 4 for moment in moments)


def test_the_player_wakes_for_the_next_second_of_a_countdown(rig):
    widget = with_a_clock(rig, "second")
    plays(rig, rig.controller.slide("clock", "teal", widgets=[widget]))
    glass = rig.assembled.player._parts.glass
    assert glass.changes_at() == NOON + SECOND


def in_zones(rig):
    beside = [rig.controller.slide(name, colour, 10, size=(24, 32))
              for name, colour in (("x", "navy"), ("y", "maroon"))]  # fmt: skip
    side = builders.zone("side", *beside, area=SIDE)
    assert isinstance(side, Zone)
    plays(rig, rig.controller.slide("a", "orange", size=(40, 32)), area=MAIN, zones=[side])


def test_a_zone_changes_beside_a_slide_that_stays(rig):
    in_zones(rig)
    before = rig.output.shown[-1][0]
    to_the_next_slide(rig)
    after = rig.output.shown[-1][0]
    assert before.picture == after.picture
    assert before.beside[0].picture.sha256 != after.beside[0].picture.sha256


def test_a_change_in_a_zone_is_no_new_play_of_the_slide(rig):
    in_zones(rig)
    rig.connects()
    to_the_next_slide(rig)
    rig.passes(MINUTE)
    started = {play.started_at for batch in rig.controller.plays() for play in batch.plays}
    assert len(started) <= 1
