"""What may be heard: where the manifest allows sound, an alert with a signal, never a drill."""

from collections.abc import Iterator

import pytest

from players.contract.alerts import ATTENTION
from players.outputs.signal import AttentionSignal
from tests.players.rig import Rig


@pytest.fixture
def rig(tmp_path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


def plays(rig: Rig, *, sound: bool) -> None:
    entry = rig.controller.entry(rig.controller.slide("orange", "orange", 60))
    rig.hears_keys()
    rig.hears_manifest(rig.controller.manifest(entry, sound=sound))
    rig.shows("orange")


def raises(rig: Rig, **changes) -> AttentionSignal | None:
    """Raise a flood warning and say what is heard with it."""
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert(**changes)))
    rig.shows("flood.1.1")
    return rig.output.shown[-1][0].sound


def test_an_alert_with_a_signal_is_heard_where_sound_is_allowed(rig):
    plays(rig, sound=True)
    assert isinstance(raises(rig, sound=ATTENTION), AttentionSignal)


def test_it_is_only_seen_where_sound_is_not_allowed(rig):
    plays(rig, sound=False)
    assert raises(rig, sound=ATTENTION) is None


@pytest.mark.parametrize("name", [None, "a-song-of-later-days"])
def test_an_alert_without_a_signal_or_with_one_nobody_knows_is_silent(rig, name):
    plays(rig, sound=True)
    assert raises(rig, sound=name) is None


def test_pages_in_turn_go_on_with_the_same_signal(rig):
    plays(rig, sound=True)
    first = rig.controller.alert(sound=ATTENTION)
    second = rig.controller.alert("storm", begins_at=first.begins_at - 1)
    rig.hears_alerts(rig.controller.alerts(first, second))
    rig.shows("flood.1.1")
    signal = rig.output.shown[-1][0].sound
    rig.passes(first.pages[0].seconds * 1000)
    rig.shows("storm.1.1")
    assert signal is not None
    assert rig.output.shown[-1][0].sound is signal


def test_a_drill_is_never_heard(rig):
    plays(rig, sound=True)
    drill = rig.controller.alert(sound=ATTENTION)
    rig.hears_drills(rig.controller.drills(drill))
    rig.shows("flood.1.1")
    assert rig.output.shown[-1][0].sound is None
