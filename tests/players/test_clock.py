"""Player time: when the system clock is believed, when it is not, and what an answer changes."""

import pytest

from players.clock import PlayerTime
from players.contract.daypart import Daypart
from players.contract.limits import DAY, HOUR, MINUTE, SECOND
from players.system_clock import SystemClock
from tests.doubles import NOON, StillClock
from tests.players.test_player import ORANGE, plays_orange, raises

YEAR = 365 * DAY


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def time(clock):
    return PlayerTime(clock)


def answered(time, clock, answer, *, trip=40):
    nonce = time.ask()
    clock.passes(trip)
    return time.learn(nonce, answer)


def test_player_time_is_the_system_clock_at_first(time):
    assert time.now() == NOON


def test_an_answer_sets_the_offset_by_half_of_the_trip(time, clock):
    assert answered(time, clock, NOON + HOUR, trip=40) is None
    assert time.now() == NOON + HOUR + 20


def test_an_answer_that_took_too_long_is_of_no_use(time, clock):
    assert answered(time, clock, NOON + HOUR, trip=6 * SECOND)
    assert time.now() == NOON + 6 * SECOND


def test_only_the_newest_question_is_answered(time):
    first = time.ask()
    time.ask()
    assert time.learn(first, NOON + HOUR) == "a time answer to another question"


def test_an_answer_counts_once(time, clock):
    nonce = time.ask()
    assert time.learn(nonce, NOON) is None
    assert time.learn(nonce, NOON + HOUR)


def test_no_answer_leads_back_before_what_was_signed(time, clock):
    time.raise_floor(NOON)
    assert answered(time, clock, NOON - HOUR)
    assert time.now() >= NOON


def test_five_seconds_of_difference_are_let_pass(time):
    assert not time.differs_from(NOON + 5 * SECOND)
    assert time.differs_from(NOON + 5 * SECOND + 1)


def test_a_jump_of_a_clock_that_was_confirmed_is_not_followed(time, clock):
    time.differs_from(NOON)
    clock.is_set(NOON - YEAR)
    assert time.now() == NOON


def test_a_jump_of_a_clock_that_nobody_confirmed_is_followed(time, clock):
    clock.is_set(NOON + HOUR)
    assert time.now() == NOON + HOUR


def test_small_corrections_of_the_system_clock_are_followed(time, clock):
    time.differs_from(NOON)
    clock.is_set(NOON + 2 * SECOND)
    assert time.now() == NOON + 2 * SECOND


def test_a_clock_below_the_floor_is_known_to_be_wrong(time, clock):
    time.raise_floor(NOON)
    assert not time.is_below_floor()
    clock.is_set(NOON - 6 * SECOND)
    assert time.is_below_floor()


def test_a_clock_that_is_a_little_slow_is_not_below_what_was_signed(time):
    time.raise_floor(NOON + 9 * MINUTE)
    assert not time.is_below_floor()


def test_a_moment_far_ahead_raises_no_floor(time):
    time.raise_floor(NOON + YEAR)
    assert time.floor == 0


# In a whole player


def test_a_clock_a_year_back_asks_the_controller_and_goes_on(rig):
    plays_orange(rig)
    rig.assembled.stop()
    rig.controller_clock = type(rig.clock)()
    rig.clock.is_set(NOON - YEAR)
    rig.restart()
    rig.assembled.player._parts.intake.ask_time()
    rig.until(lambda: rig.assembled.player._parts.time.now() > NOON - MINUTE)
    rig.shows("orange")


def test_a_clock_a_year_back_and_nobody_to_ask_shows_the_safe_slide(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    rig.settle()
    rig.clock.is_set(NOON - YEAR)
    rig.restart(offline=True)
    rig.shows("safe")
    assert rig.reason == "clock-unsure"


def test_a_clock_a_year_ahead_is_put_right_by_a_live_beat(rig):
    plays_orange(rig)
    rig.controller_clock = type(rig.clock)()
    rig.clock.is_set(NOON + 30 * DAY)
    rig.hears_beat()
    rig.until(lambda: abs(rig.assembled.player._parts.time.now() - NOON) < MINUTE)


def test_a_key_that_looks_expired_makes_the_player_ask_for_the_time(rig):
    plays_orange(rig)
    rig.controller_clock = type(rig.clock)()
    rig.clock.is_set(NOON + 200 * DAY)
    slide = rig.controller.slide("purple", "purple")
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.shows("purple")


def test_a_beat_that_agrees_asks_for_nothing(rig):
    rig.hears_beat()
    rig.settle()
    assert not [path for path, _ in rig.controller.requests if path.startswith("/time")]


def test_an_old_beat_that_the_broker_kept_asks_for_nothing(rig):
    beat = rig.controller.beat()
    rig.clock.passes(2 * MINUTE)
    rig.hears_beat(beat, stored=True)
    rig.settle()
    assert not [path for path, _ in rig.controller.requests if path.startswith("/time")]


def test_an_alert_ends_after_its_own_duration_when_the_clock_is_set_back(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(expires_at=NOON + 5 * HOUR))
    rig.shows("flood.1.1")
    rig.passes(3 * HOUR)
    rig.clock.is_set(NOON + HOUR)
    rig.passes(HOUR)
    assert rig.item == "flood.1.1"
    rig.passes(HOUR)
    rig.shows("orange")


def test_an_alert_already_running_shows_at_once_on_a_slow_clock(rig):
    plays_orange(rig)
    rig.controller_clock = type(rig.clock)(NOON + 3 * MINUTE)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")


def test_a_message_dated_2099_blocks_nothing_that_follows(rig):
    plays_orange(rig)
    far = NOON + 74 * YEAR
    rig.hears_manifest(
        rig.controller.manifest(issued_at=far, serial=far, valid_until=far + DAY, groups=["odd"])
    )
    rig.until(lambda: "ahead of this player's clock" in rig.problem)
    slide = rig.controller.slide("purple", "purple")
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide), serial=NOON))
    rig.shows("purple")


def test_a_beat_of_2099_does_not_spoil_the_clock(rig):
    plays_orange(rig)
    rig.controller.answers_time = False
    rig.hears_beat(rig.controller.beat(issued_at=NOON + 74 * YEAR))
    rig.passes(MINUTE)
    assert rig.colour == ORANGE
    assert not rig.assembled.player._parts.time.is_below_floor()


# Learnt before a restart

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
WRONG = pytest.mark.parametrize("error", [7 * HOUR, -7 * HOUR], ids=["fast", "slow"])


def hour(starts):
    return Daypart(weekdays=EVERY_DAY, starts=starts * 60, ends=starts * 60 + 60)


def learns(rig, error):
    """A player on a PC whose clock is `error` off gets a programme for two hours of the day."""
    rig.controller_clock = type(rig.clock)()
    rig.clock.is_set(NOON + error)
    rig.hears_keys()
    rig.hears_beat()
    time = rig.assembled.player._parts.time
    rig.until(lambda: abs(time.now() - NOON) < MINUTE)
    controller = rig.controller
    noon = controller.entry(controller.slide("noon", "orange"), id="n", dayparts=[hour(12)])
    one = controller.entry(controller.slide("one", "purple"), id="o", dayparts=[hour(13)])
    rig.hears_manifest(controller.manifest(noon, one))
    rig.shows("noon")
    rig.saves()


def was_off(rig, milliseconds, *, clock_says=None):
    """Off for a while; the line is down when the PC starts."""
    rig.controller_clock.passes(milliseconds)
    rig.clock.passes(milliseconds)
    rig.clock.starts_anew()
    if clock_says is not None:
        rig.clock.is_set(clock_says)
    rig.restart(offline=True)


@WRONG
def test_a_pc_seven_hours_wrong_plays_the_right_hour_after_a_cold_start_without_a_line(rig, error):
    learns(rig, error)
    was_off(rig, HOUR)
    rig.shows("one")


@WRONG
def test_the_second_cold_start_without_a_line_is_right_as_well(rig, error):
    learns(rig, error)
    was_off(rig, HOUR)
    rig.shows("one")
    rig.saves()
    was_off(rig, 23 * HOUR)
    rig.shows("noon")


@WRONG
def test_a_clock_that_was_put_right_while_the_player_was_down_is_seen_by_the_steady_clock(
    rig, error
):
    learns(rig, error)
    rig.clock.passes(HOUR)
    rig.clock.is_set(NOON + HOUR)
    rig.restart(offline=True)
    rig.shows("one")


def test_a_fast_clock_that_was_put_right_while_the_pc_was_off_is_believed(rig):
    learns(rig, 7 * HOUR)
    was_off(rig, HOUR, clock_says=NOON + HOUR)
    rig.shows("one")
    rig.saves()
    # What was learnt is forgotten, else it would come back once the clock says more than then.
    was_off(rig, 23 * HOUR, clock_says=NOON + 24 * HOUR)
    rig.shows("noon")


def test_a_slow_clock_that_a_source_of_time_put_right_is_believed(rig):
    learns(rig, -7 * HOUR)
    rig.clock.kept_right = True
    was_off(rig, HOUR, clock_says=NOON + HOUR)
    rig.shows("one")


def test_a_source_of_time_that_steps_the_clock_after_the_start_is_believed(rig):
    learns(rig, -7 * HOUR)
    was_off(rig, HOUR)
    rig.shows("one")
    rig.clock.is_set(NOON + 24 * HOUR)
    rig.settle()
    rig.shows("noon")


def test_an_empty_battery_leads_to_the_safe_slide_and_an_answer_out_of_it(rig):
    learns(rig, 7 * HOUR)
    was_off(rig, HOUR, clock_says=NOON - 10 * YEAR)
    rig.shows("safe")
    rig.restart()
    rig.shows("one")


def test_what_was_recalled_and_is_wrong_after_all_is_put_right_by_the_controller(rig):
    learns(rig, -7 * HOUR)
    was_off(rig, HOUR, clock_says=NOON + HOUR)  # set by hand: nobody can know
    rig.restart()
    rig.hears_beat()
    rig.shows("one")


def test_this_machine_tells_one_start_from_another_and_whether_its_clock_is_kept():
    clock = SystemClock()
    assert clock.boot == SystemClock().boot
    assert clock.is_kept_right() in {True, False}
