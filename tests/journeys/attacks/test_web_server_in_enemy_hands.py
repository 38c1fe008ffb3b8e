"""The attacker owns the web server and writes the database at will, but has no alert key."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import topics
from players.contract.limits import HOUR
from signage.clock import now_ms
from signage.domain.alert import AlertState
from signage.wake import wake
from signage.workflows.alerts import alerting
from tests.doubles import until
from tests.journeys.attacks.field import FLEET, PROFILE
from tests.signage.pleiku import DUTY_OFFICER
from tests.signage.workflows.alarm import FLOOD

pytestmark = [pytest.mark.journey, pytest.mark.system("mosquitto")]

SET = topics.alerts(FLEET, PROFILE)


def test_rows_of_an_alert_put_nothing_on_a_board(field, alert):
    at = now_ms()
    drawn = alerting.draft(
        field.store, FLOOD, targets=["all"], until=at + HOUR, by=DUTY_OFFICER, at=at
    ).alert
    written = msgspec.structs.replace(
        drawn, state=AlertState.RAISED, begins_at=at, raised_at=at, revised_at=at
    )
    with field.store.transaction():
        field.store.alerts.save(written, by=DUTY_OFFICER.login, at=at)
    wake(field.settings.home_path, "sealer")
    until(lambda: field.logged("alert.unauthorised"))
    assert field.store.alerts.get(written.id).state is AlertState.ENDED
    field.obeys_a_command()
    field.still_shows(alert)


def test_a_set_written_where_players_fetch_it_is_not_believed(field, alert):
    (real,) = field.entries_on_air()
    forged = field.set_of(msgspec.structs.replace(real, id="gia", level=5))
    sealed = field.sealed(forged, Ed25519PrivateKey.generate())
    ours = field.store.publications.latest(SET)
    with field.store.transaction():
        field.store.publications.commit(
            msgspec.structs.replace(ours, serial=forged.serial, sealed=sealed)
        )
    field.a_minute_later()
    until(lambda: field.store.publications.sealed(SET) == field.attacker.retained[SET])
    field.obeys_a_command()
    field.still_shows(alert)


def test_rows_taken_away_take_no_alert_from_a_board(field, alert):
    with field.store.transaction():
        field.store.alerts.save(alert.ended(), by="web", at=now_ms())
    wake(field.settings.home_path, "sealer")
    until(lambda: field.store.alerts.get(alert.id) == alert)
    field.obeys_a_command()
    field.still_shows(alert)
