"""The player falls back: a lost controller, a clock that can't be right, a programme at its end."""

import pytest

from players.contract.daypart import Daypart
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.manifest import Fallbacks
from tests.doubles import SimulatedController

EVENING = Daypart(weekdays=[0, 1, 2, 3, 4, 5, 6], starts=18 * 60, ends=20 * 60)
OLIVE, NAVY = (128, 128, 0), (0, 0, 128)


@pytest.fixture
def player(rig):
    """A player at noon whose programme begins at 18:00; nobody answers over HTTP either."""
    rig.controller.answers_time = False
    evening = rig.controller.entry(rig.controller.slide("orange", "orange"), dayparts=[EVENING])
    rig.hears_manifest(rig.controller.manifest(evening, fallbacks=rig.controller.fallbacks()))
    rig.shows("safe")
    return rig


def test_without_a_beat_for_five_minutes_a_gap_says_that_news_are_awaited(player):
    player.passes(5 * MINUTE + 2)
    player.shows("comms-loss")
    assert player.reason == "cut-off"
    player.hears_beat()
    player.shows("safe")


def test_a_held_schedule_plays_through_an_outage_to_its_end(player):
    player.passes(6 * HOUR + 1)
    player.shows("orange")
    player.passes(2 * HOUR)
    player.shows("comms-loss")


def test_a_beat_each_minute_keeps_the_gap_calm(player):
    for _ in range(7):
        player.passes(MINUTE)
        player.hears_beat()
    assert player.item == "safe"


def test_a_start_with_a_clock_that_can_not_be_right_shows_power_recovery(player):
    player.clock.passes(-400 * DAY)
    player.restart(offline=True)
    player.shows("power-recovery")
    assert player.colour == OLIVE


def test_power_recovery_ends_once_the_time_is_known(player):
    right = player.clock.system()
    player.clock.is_set(right - 400 * DAY)
    player.restart()
    player.shows("power-recovery")
    player.clock.is_set(right)
    player.shows("safe")


def test_a_programme_that_ran_out_during_an_outage_says_so(player):
    player.passes(31 * DAY)
    player.shows("end-of-programme")


def test_a_fallback_slide_that_can_not_be_decoded_gives_way_to_the_safe_slide(rig, caplog):
    rig.controller.answers_time = False
    broken = rig.controller.blob(b"no picture", "image/png", SimulatedController().size)
    rig.hears_manifest(rig.controller.manifest(fallbacks=Fallbacks(comms_loss=broken)))
    rig.shows("safe")
    rig.passes(6 * MINUTE)
    rig.until(lambda: f"picture {broken.sha256[:12]} can't be decoded" in caplog.text)
    assert (rig.item, rig.colour) == ("safe", NAVY)


def test_the_slides_are_fetched_with_the_manifest_that_names_them(player):
    fallbacks = player.controller.fallbacks()
    asked = {path.rpartition("/")[2] for path, _ in player.controller.requests}
    assert {slide.sha256 for slide in fallbacks.blobs()} <= asked
