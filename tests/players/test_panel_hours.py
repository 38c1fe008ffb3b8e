"""Panel hours on a whole player: off when nothing is to be seen, woken by an alert, dark again."""

import pytest

from players.contract.daypart import Daypart
from players.contract.holds import Blank
from players.contract.limits import HOUR, MINUTE
from players.contract.panel import Loudness, PanelHours
from tests.doubles import ALWAYS, NOON
from tests.players.panels.makers import SamsungPanel, on_the_network
from tests.players.rig import Rig

ORANGE, BLACK = (255, 165, 0), (0, 0, 0)
UNTIL_ONE = PanelHours(
    on=[Daypart(weekdays=[0, 1, 2, 3, 4, 5, 6], starts=6 * 60, ends=13 * 60)],
    volume=40,
    louder=[Loudness(dayparts=[Daypart(weekdays=[1], starts=720, ends=730)], percent=75)],
)
"""Lit from 6 to 13 o'clock; it is noon on a Tuesday."""


@pytest.fixture
def panel():
    return SamsungPanel()


@pytest.fixture
def rig(tmp_path, panel):
    with on_the_network(panel) as port:
        made = Rig(tmp_path, panel={"kind": "samsung", "port": port})
        made.assembled.panel.start()
        controller = made.controller
        made.hears_keys()
        made.hears_manifest(
            controller.manifest(controller.entry(controller.slide("o", "orange")), panel=UNTIL_ONE)
        )
        made.until(lambda: made.output.shown and made.colour == ORANGE and panel.on)
        yield made
        made.close()


def test_the_panel_goes_off_with_its_hours_and_the_glass_is_dark(rig, panel):
    rig.passes(HOUR)
    rig.until(lambda: rig.colour == BLACK and not panel.on)
    assert rig.reason == "panel-hours"


def test_the_panel_is_lit_again_in_the_morning(rig, panel):
    rig.passes(HOUR)
    rig.until(lambda: not panel.on)
    rig.passes(17 * HOUR)
    rig.until(lambda: panel.on and rig.colour == ORANGE)


def test_an_alert_wakes_the_panel_which_is_put_back_after_it(rig, panel):
    rig.passes(HOUR)
    rig.until(lambda: not panel.on)
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert(expires_at=NOON + 2 * HOUR)))
    rig.until(lambda: panel.on and rig.item == "flood.1.1")
    rig.passes(HOUR)
    rig.until(lambda: rig.colour == BLACK and not panel.on)


def test_a_display_that_is_stopped_has_its_panel_off(rig, panel):
    rig.hears_holds(rig.controller.holds(rig.controller.hold(Blank)))
    rig.until(lambda: not panel.on)


def test_the_volume_follows_the_hour(rig, panel):
    rig.until(lambda: panel.volume == 75)
    rig.passes(11 * MINUTE)
    rig.until(lambda: panel.volume == 40)


def test_the_status_says_what_the_panel_says_of_itself(rig, panel):
    rig.connects()
    rig.passes(HOUR)
    told = rig.until(lambda: [s for s in rig.statuses if s.panel and s.panel.is_on is False])
    assert (told[-1].panel.kind, told[-1].panel.wanted_on) == ("samsung", False)


def test_a_panel_that_refuses_stands_in_the_status(rig, panel):
    rig.connects()
    panel.refuses = True
    rig.passes(HOUR)
    told = rig.until(lambda: [s for s in rig.statuses if s.panel and s.panel.problem])
    assert "refuses" in told[-1].panel.problem
    assert rig.colour == BLACK, "at least the picture is dark"


def test_without_hours_the_panel_is_always_lit():
    hours = PanelHours()
    assert hours.dark_at(NOON, []) is None


def test_hours_round_the_clock_are_never_dark(rig):
    offsets = rig.assembled.player._parts.repertoire.holdings.manifest.utc_offsets
    assert PanelHours(on=[ALWAYS]).dark_at(NOON + 5 * HOUR, offsets) is None
