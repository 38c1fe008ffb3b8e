"""Keeping step: the clock is compared with the beats, put right in time, and told."""

import pytest

from players.clock import PlayerTime
from players.contract.limits import MINUTE, SECOND
from players.pace import FEW, OUT_OF_STEP, Steps
from tests.doubles import NOON, StillClock


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def steps(clock):
    return Steps(PlayerTime(clock))


def hears(steps, clock, beats, *, ahead=0, gains=0.0, delays=(0,)):
    """Beats of a true clock, heard by one that is `ahead` ms and gains `gains` ms a minute."""
    true = float(NOON)
    for number in range(beats):
        clock.passes(MINUTE + gains)
        true += MINUTE
        clock.is_set(true + ahead + gains * (number + 1))
        steps.heard(round(true) - delays[number % len(delays)])


def test_nothing_is_told_before_the_first_beat(steps):
    assert steps.told() is None


def test_a_clock_that_is_ahead_is_told(steps, clock):
    hears(steps, clock, 3, ahead=250)
    assert steps.told().clock_error == 250


def test_a_beat_that_was_long_on_its_way_does_not_count(steps, clock):
    hears(steps, clock, FEW, delays=(900, 30, 4000))
    assert steps.told().clock_error == 30


def test_a_clock_that_gains_is_told_as_drift(steps, clock):
    hears(steps, clock, 30, gains=3.0)
    assert steps.told().drift_ppm == pytest.approx(50, abs=1)


def test_a_clock_somewhat_out_of_step_is_put_right_after_some_beats(rig):
    rig.controller.now = lambda: int(rig.clock.system()) - 300
    for _ in range(FEW):
        rig.clock.passes(MINUTE)
        rig.hears_beat()
    rig.until(lambda: rig.assembled.player._parts.time.offset == pytest.approx(-300, abs=2))


def test_a_clock_in_step_is_left_alone(steps, clock):
    hears(steps, clock, FEW + 3, ahead=OUT_OF_STEP)
    assert not steps.must_be_put_right()


def test_when_somebody_sets_the_clock_the_beats_before_do_not_count(steps, clock):
    hears(steps, clock, FEW, ahead=40 * SECOND)
    hears(steps, clock, 1)
    assert steps.told().clock_error == 0


def test_the_status_tells_how_late_an_item_came(rig):
    rig.connects()
    rig.hears_beat()
    slides = [rig.controller.slide(name, name, 5) for name in ("orange", "purple")]
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*slides)))
    rig.until(lambda: rig.item in {"orange", "purple"})
    until = rig.assembled.player._parts.glass.on.until
    before = rig.item
    rig.settle()
    rig.clock.passes(until - rig.clock.system() + 70)
    rig.until(lambda: rig.item != before)
    assert rig.statuses[-1].pace.latest_change == 70
