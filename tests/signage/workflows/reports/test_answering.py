"""Beats, times and acknowledgements, sealed with the beat key."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents, topics
from players.contract.alerts import Beat, TimeAnswer
from players.contract.limits import DAY, MAX_PROFILES, MINUTE
from players.contract.reports import PlaysAck
from players.contract.signature import Kind, key_id, open_sealed
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.publication.sealing import ClockWrong, SealingDesk
from signage.workflows.reports.answering import seal_acknowledgements, seal_beat, sealed_time
from tests.signage.pleiku import NOON

KEY = Ed25519PrivateKey.generate()
TRUSTED = {key_id(KEY.public_key()): KEY.public_key()}
NONCE = "0123456789abcdef" * 2
JOURNAL = "1" * 16


@pytest.fixture
def desk() -> SealingDesk:
    return SealingDesk(KEY, fleet="pleiku", epoch=1, boot_ms=lambda: 0)


def opened(sealed: bytes, kind: Kind, shape):
    return documents.decode(open_sealed(sealed, kind, TRUSTED)[0], shape)


def keep_set(store: Store, profile: str, serial: int) -> None:
    with store.transaction():
        store.publications.commit(
            Sealed(
                topic=topics.alerts("pleiku", profile),
                kind=Kind.ALERTS,
                addressee=profile,
                epoch=1,
                serial=serial,
                issued_at=NOON,
                says="",
                sealed=b"a set",
            )
        )


def test_a_beat_names_the_serial_of_every_alert_set(empty_store, desk):
    keep_set(empty_store, "led-384x192", NOON)
    keep_set(empty_store, "led-192x96", NOON + 5)
    beat = opened(seal_beat(empty_store, desk, key_list_serial=7, at=NOON).sealed, Kind.BEAT, Beat)
    assert beat.alerts == {"led-384x192": NOON, "led-192x96": NOON + 5}
    assert (beat.keys, beat.issued_at) == (7, NOON)


def test_there_is_a_beat_however_many_profiles_other_controllers_have(empty_store, desk):
    for number in range(MAX_PROFILES + 5):
        keep_set(empty_store, f"profile-{number}", NOON + number)
    beat = seal_beat(empty_store, desk, key_list_serial=7, at=NOON)
    assert len(opened(beat.sealed, Kind.BEAT, Beat).alerts) == MAX_PROFILES


def test_there_is_no_beat_while_the_clock_is_wrong(empty_store, desk):
    seal_beat(empty_store, desk, key_list_serial=7, at=NOON)
    with pytest.raises(ClockWrong):
        seal_beat(empty_store, desk, key_list_serial=7, at=NOON - MINUTE)


def test_an_acknowledgement_says_how_far_a_journal_is_stored(empty_store, desk):
    stored = {("hoa-lu", JOURNAL): 12}
    (sealed,) = seal_acknowledgements(empty_store, desk, stored, at=NOON)
    ack = opened(sealed.sealed, Kind.PLAYS_ACK, PlaysAck)
    assert (ack.display, ack.journal, ack.up_to) == ("hoa-lu", JOURNAL, 12)
    assert sealed.topic == topics.plays_ack("pleiku", "hoa-lu")


def test_the_same_acknowledgement_is_sealed_anew_so_that_a_player_hears_it(empty_store, desk):
    stored = {("hoa-lu", JOURNAL): 12}
    (first,) = seal_acknowledgements(empty_store, desk, stored, at=NOON)
    (second,) = seal_acknowledgements(empty_store, desk, stored, at=NOON)
    assert second.serial > first.serial


def test_nothing_is_acknowledged_while_the_clock_is_wrong(empty_store, desk):
    seal_beat(empty_store, desk, key_list_serial=7, at=NOON)
    with pytest.raises(ClockWrong):
        seal_acknowledgements(empty_store, desk, {("hoa-lu", JOURNAL): 1}, at=NOON - DAY)


def test_the_time_is_sealed_with_the_nonce_asked_for(empty_store, desk):
    answer = opened(sealed_time(empty_store, desk, NONCE, at=NOON), Kind.TIME, TimeAnswer)
    assert (answer.nonce, answer.now, answer.fleet) == (NONCE, NOON, "pleiku")


def test_a_clock_that_can_not_be_right_tells_nobody_the_time(empty_store, desk):
    seal_beat(empty_store, desk, key_list_serial=7, at=NOON)
    assert sealed_time(empty_store, desk, NONCE, at=NOON - DAY) == b""


@pytest.mark.parametrize("nonce", ["", NONCE[:-1], NONCE + "0", NONCE.upper(), NONCE + "\n"])
def test_what_is_no_nonce_is_not_sealed(empty_store, desk, nonce):
    assert sealed_time(empty_store, desk, nonce, at=NOON) == b""
