"""Commands to a player: done once and told; replays, stale and strange ones change nothing."""

import pytest

from players.contract import topics
from players.contract.holds import Blank
from players.contract.limits import MINUTE, SECOND
from tests.doubles import NOON
from tests.players.rig import Rig

ORANGE = (255, 165, 0)


@pytest.fixture
def rig(tmp_path):
    made = Rig(tmp_path)
    controller = made.controller
    made.hears_keys()
    made.hears_manifest(controller.manifest(controller.entry(controller.slide("o", "orange"))))
    made.until(lambda: made.output.shown and made.colour == ORANGE)
    made.connects()
    yield made
    made.close()


def command(rig, act, **changes):
    return rig.controller.command(act, **changes)


def hears(rig, sealed, *, stored=False):
    rig.hears(topics.commands("pleiku", "hoa-lu"), sealed, stored=stored)


def obeyed(rig):
    return [status.command for status in rig.statuses if status.command]


def test_the_name_stands_over_the_picture_for_a_while_and_then_goes(rig):
    hears(rig, command(rig, "identify", words="Ngã ba Hoa Lư"))
    rig.shows("identify")
    rig.passes(20 * SECOND)
    rig.until(lambda: rig.colour == ORANGE and rig.item == "o")


def test_a_test_pattern_fills_the_glass_and_the_status_says_so(rig):
    hears(rig, command(rig, "test_pattern"))
    rig.shows("test_pattern")
    told = rig.until(lambda: [s for s in rig.statuses if s.showing.source == "command"])
    assert told[-1].showing.item == "test_pattern"


def test_a_command_is_told_with_its_number_and_result(rig):
    hears(rig, command(rig, "screenshot", serial=77))
    told = rig.until(lambda: obeyed(rig))
    assert (told[-1].number, told[-1].act, told[-1].result) == (77, "screenshot", "done")


def test_a_screenshot_asked_for_is_of_what_was_presented(rig):
    before = len(rig.controller.screenshots())
    hears(rig, command(rig, "screenshot"))
    rig.until(lambda: len(rig.controller.screenshots()) > before)
    assert rig.controller.screenshots()[-1].sha256 == rig.output.shown[-1][0].picture.sha256


def test_the_newest_commands_are_told_with_their_results(rig):
    for serial in range(1, 12):
        hears(rig, command(rig, "screenshot", serial=serial))
    hears(rig, command(rig, "dance", serial=12))
    status = rig.until(lambda: [s for s in rig.statuses if s.command and s.command.number == 12])[
        -1
    ]
    assert [one.number for one in status.commands] == [12, 11, 10, 9, 8, 7, 6, 5]
    assert [one.result for one in status.commands[:2]] == ["not known here", "done"]


def test_a_restart_is_told_before_the_player_ends(rig):
    hears(rig, command(rig, "restart"))
    rig.until(lambda: obeyed(rig))
    assert not rig.assembled.player._stopping.is_set()
    rig.passes(SECOND)
    assert rig.assembled.player._stopping.is_set()


def test_a_command_heard_again_is_not_done_again(rig):
    sealed = command(rig, "identify")
    hears(rig, sealed)
    rig.shows("identify")
    rig.passes(20 * SECOND)
    rig.shows("o")
    hears(rig, sealed)
    rig.settle()
    assert rig.item == "o"


def test_a_command_heard_again_after_a_restart_is_not_done_again(rig):
    sealed = command(rig, "identify")
    hears(rig, sealed)
    rig.shows("identify")
    rig.restart()
    rig.until(lambda: rig.item == "o")
    hears(rig, sealed)
    rig.settle()
    assert rig.item == "o"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"expires_at": NOON - 1, "issued_at": NOON - MINUTE}, "is not of this moment"),
        ({"issued_at": NOON + 20 * MINUTE, "expires_at": NOON + 21 * MINUTE}, "not of this moment"),
        ({"expires_at": NOON + 11 * MINUTE}, "more than 10 minutes"),
        ({"display": "ubnd"}, "for display ubnd"),
        ({"fleet": "hanoi"}, "for fleet hanoi"),
    ],
)
def test_a_command_for_another_time_or_player_is_refused(rig, changes, why):
    hears(rig, command(rig, "identify", **changes))
    rig.settle()
    assert rig.item == "o"
    assert why in rig.problem


@pytest.mark.parametrize("signer", ["alert", "content", "beat"])
def test_only_the_hold_key_commands(rig, signer):
    hears(rig, command(rig, "restart", signed_by=[getattr(rig.controller.keys, signer)]))
    rig.passes(2 * SECOND)
    assert not rig.assembled.player._stopping.is_set()


def test_a_command_that_a_broker_kept_is_refused(rig):
    hears(rig, command(rig, "identify"), stored=True)
    rig.settle()
    assert rig.item == "o"


def test_an_unknown_command_is_told_as_such(rig):
    hears(rig, command(rig, "dance"))
    assert rig.until(lambda: obeyed(rig))[-1].result == "not known here"


def test_nothing_stands_over_an_alert(rig):
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert()))
    rig.shows("flood.1.1")
    hears(rig, command(rig, "test_pattern"))
    told = rig.until(lambda: obeyed(rig))
    rig.settle()
    assert rig.item == "flood.1.1"
    assert told[-1].result == "not over alert"


def test_an_alert_takes_the_glass_from_a_test_pattern_at_once(rig):
    hears(rig, command(rig, "test_pattern"))
    rig.shows("test_pattern")
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert()))
    rig.shows("flood.1.1")


def test_nothing_stands_over_a_display_that_was_stopped(rig):
    rig.hears_holds(rig.controller.holds(rig.controller.hold(Blank)))
    rig.shows("blank")
    hears(rig, command(rig, "identify"))
    rig.settle()
    assert rig.item == "blank"
