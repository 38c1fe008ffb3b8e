"""The display follows the sun, within the limits of its manifest; an alert can always be read."""

from datetime import UTC, datetime

import pytest
from astral import Observer
from astral.sun import elevation as astral_elevation
from hypothesis import given, settings
from hypothesis import strategies as st

from players.contract.limits import DAY, HOUR
from players.contract.manifest import Light
from players.showing.brightness import wanted
from players.showing.sun import elevation
from tests.doubles import NOON, until
from tests.players.rig import Rig

PLEIKU = {"latitude_e6": 13_983_000, "longitude_e6": 108_000_000}
LIGHT = Light(**PLEIKU)
MIDNIGHT = NOON - 12 * HOUR


def hanoi_time(hour, minute=0, *, day=(2026, 11, 23)):
    return int(datetime(*day, hour, minute, tzinfo=UTC).timestamp() * 1000) - 7 * HOUR


@settings(max_examples=60)
@given(st.integers(1_577_836_800_000, 2_208_988_800_000), st.floats(-89, 89), st.floats(-180, 180))
def test_the_sun_stands_where_astral_says(moment, latitude, longitude):
    at = datetime.fromtimestamp(moment / 1000, UTC)
    said = astral_elevation(Observer(latitude, longitude), at, with_refraction=False)
    assert elevation(moment, latitude, longitude) == pytest.approx(said, abs=0.05)


@pytest.mark.parametrize(
    ("hour", "minute", "percent"),
    [
        (3, 0, 8),
        (5, 45, 9),
        (6, 0, 13),
        (6, 30, 32),
        (7, 0, 58),
        (12, 0, 100),
        (17, 0, 17),
        (18, 0, 8),
    ],
)
def test_a_november_day_in_pleiku(hour, minute, percent):
    assert wanted(LIGHT, hanoi_time(hour, minute), alert=False) == pytest.approx(percent, abs=3)


def test_an_alert_at_night_is_bright_enough_and_by_day_not_darker_than_anything_else():
    assert wanted(LIGHT, hanoi_time(2), alert=True) == 40
    assert wanted(LIGHT, hanoi_time(12), alert=True) == 100


def test_a_lower_ceiling_lowers_the_night_only_where_it_is_above_it():
    light = Light(**PLEIKU, day=5, night=8)
    assert {wanted(light, hanoi_time(hour), alert=False) for hour in range(24)} == {5}


class Dimmed:
    """An output that can be dimmed, on top of one that records."""

    def dim(self, brightness):
        self.levels.append(brightness)


@pytest.fixture
def rig(tmp_path, monkeypatch):
    dimmed = Dimmed()
    dimmed.levels = []
    monkeypatch.setattr("players.assembly.dimmer_of", lambda *_: dimmed)
    rig = Rig(tmp_path / "player")
    rig.levels = dimmed.levels
    rig.hears_keys()
    yield rig
    rig.close()


def test_a_player_dims_by_the_manifest_also_without_network_and_says_so(rig):
    rig.hears_manifest(rig.controller.manifest(light=LIGHT))
    rig.settle()
    assert rig.levels == [1.0]
    rig.restart(offline=True)
    rig.connects()
    rig.passes(12 * HOUR)
    assert rig.levels[-1] == 0.08
    assert until(lambda: rig.statuses and rig.statuses[-1].brightness) is not None


def test_an_alert_at_night_brightens_the_display_and_its_end_darkens_it(rig):
    rig.hears_manifest(rig.controller.manifest(light=LIGHT))
    rig.passes(12 * HOUR)
    rig.hears_alerts(rig.controller.alerts(rig.controller.alert(expires_at=NOON + 14 * HOUR)))
    rig.until(lambda: rig.levels[-1] == 0.4)
    rig.passes(2 * HOUR)
    rig.until(lambda: rig.levels[-1] == 0.08)


def test_a_display_without_limits_is_left_alone(rig):
    rig.hears_manifest(rig.controller.manifest())
    rig.passes(DAY)
    assert rig.levels == []
