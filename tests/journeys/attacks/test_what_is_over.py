"""What is over stays over, and a drill is never anything else: after reboots, whatever is kept."""

import msgspec
import pytest

from players.contract import topics
from players.contract.keys import Role
from players.contract.limits import SECOND
from players.contract.signature import Kind
from signage.clock import now_ms
from tests.doubles import until
from tests.journeys.attacks.field import FLEET, PROFILE

pytestmark = [pytest.mark.journey, pytest.mark.system("mosquitto")]

SET = topics.alerts(FLEET, PROFILE)


def test_a_retained_alert_that_is_over_is_not_shown_after_a_reboot(field, alert):
    """The broker keeps it, and no controller is there to take it back."""
    (real,) = field.entries_on_air()
    soon_over = msgspec.structs.replace(real, id="cu", level=5, expires_at=now_ms() + 2 * SECOND)
    field.stop_sealer()
    try:
        key = field.key(Role.ALERT)
        stale = field.sealed(field.set_of(soon_over), key)
        field.attacker.says(SET, stale)
        field.shows("cu.1.1")
        field.kill_player()
        until(lambda: now_ms() > soon_over.expires_at)
        before = len(field.changes())
        field.start_player()
        field.shows("safe")
        assert "cu.1.1" not in [change["item"] for change in field.changes()[before:]]
        assert field.attacker.retained[SET] == stale
    finally:
        field.start_sealer()


def test_a_drill_waits_beneath_a_real_alert_and_says_what_it_is(field):
    alert = field.raises("Lũ quét")
    field.shows_alert(alert)
    (real,) = field.entries_on_air()
    drilled = msgspec.structs.replace(real, id="dien-tap", level=5)
    exercise = field.set_of(drilled, exercise=True)
    drills = topics.drills(FLEET, PROFILE)
    field.attacker.says(drills, field.sealed(exercise, field.key(Role.DRILL), Kind.DRILLS))
    until(lambda: field.status().holds.get("drills"))
    field.obeys_a_command()
    field.still_shows(alert)
    field.clears(alert)
    until(lambda: field.status().showing.source == "drill")
    assert field.item == "dien-tap.1.1"
    gone = field.set_of(exercise=True)
    field.attacker.says(drills, field.sealed(gone, field.key(Role.DRILL), Kind.DRILLS))
    field.shows("safe")
