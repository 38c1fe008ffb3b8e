"""A key is stolen: a player's speaks for its board alone, any other is worth nothing soon."""

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from players.contract import documents, topics
from players.contract.keys import Role
from players.contract.reports import Presented
from players.contract.signature import Kind, seal
from signage.clock import now_ms
from tests.doubles import until
from tests.journeys.attacks.field import FLEET, PROFILE

pytestmark = [pytest.mark.journey, pytest.mark.system("mosquitto")]

SET = topics.alerts(FLEET, PROFILE)


@pytest.fixture
def stolen(field):
    """The key of the player before the committee's house."""
    pem = (field.config.parent / "player.pem").read_bytes()
    return load_pem_private_key(pem, password=None)


def test_a_players_key_makes_no_other_board_look_reached(field, alert, stolen):
    shown = Presented(id=alert.id, revision=1, received_at=now_ms(), presented_at=now_ms())
    lie = msgspec.structs.replace(field.status(), display="hoa-lu", alerts=[shown])
    for display in ("hoa-lu", "ubnd"):
        forged = seal(documents.encode(lie), Kind.STATUS, stolen)
        field.attacker.says(topics.status(FLEET, display), forged)
    field.obeys_a_command()
    assert field.progress(alert)["hoa-lu"] == "waiting"
    assert field.tile().reported.status.display == "ubnd"


def test_a_players_key_puts_nothing_on_a_board(field, alert, stolen):
    (real,) = field.entries_on_air()
    forged = field.set_of(msgspec.structs.replace(real, id="gia", level=5))
    field.attacker.says(SET, field.sealed(forged, stolen))
    field.obeys_a_command()
    field.still_shows(alert)


def test_a_revoked_key_is_worth_nothing_within_ten_seconds_and_no_board_lets_go(field, alert):
    stolen = field.key(Role.ALERT)
    (real,) = field.entries_on_air()
    field.files.revoke(Role.ALERT, at=now_ms())
    epoch = field.files.key_list().epoch
    until(lambda: field.status().holds["keys"].serial == field.files.key_list().serial, 10)
    forged = field.set_of(msgspec.structs.replace(real, id="gia", level=5), epoch=epoch)
    field.attacker.says(SET, field.sealed(forged, stolen))
    field.obeys_a_command()
    field.still_shows(alert)
    assert field.status().holds["alerts"].serial < forged.serial


def test_a_revocation_that_is_withheld_comes_another_way_within_a_minute(field, alert):
    field.broker.withholds("signage/1/+/keys")
    try:
        field.files.revoke(Role.CONTENT, at=now_ms())
        field.a_minute_later()
        until(lambda: field.status().holds["keys"].serial == field.files.key_list().serial)
        field.still_shows(alert)
    finally:
        field.broker.withholds()
