"""Serials only grow, what is sealed is kept first, and a clock that is wrong seals nothing."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents
from players.contract.alerts import Beat
from players.contract.limits import DAY, MAX_PAYLOAD_BYTES, MINUTE
from players.contract.reports import PlaysAck
from players.contract.signature import Kind, key_id, open_sealed
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.publication.sealing import (
    CLOCK_TOLERANCE,
    ClockWrong,
    SealingDesk,
    TooMuch,
    hash_of,
)
from tests.signage.pleiku import NOON

KEY = Ed25519PrivateKey.generate()


class Steady:
    """Milliseconds since the machine started."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def desk(steady: Steady) -> SealingDesk:
    return SealingDesk(KEY, fleet="pleiku", epoch=1, boot_ms=steady)


def commit(store: Store, desk: SealingDesk, at: int, topic: str = "beat", **changes) -> Sealed:
    def document(header):
        return Beat(**header, keys=1, alerts={})

    details = {"kind": Kind.BEAT, "addressee": "all", "says": "", "document": document}
    with store.transaction():
        return desk.commit(store, topic=topic, at=at, **(details | changes))


def opened(sealed: Sealed) -> Beat:
    payload, _ = open_sealed(sealed.sealed, Kind.BEAT, {key_id(KEY.public_key()): KEY.public_key()})
    return documents.decode(payload, Beat)


# Serials (rule S)


def test_a_serial_is_the_time_in_milliseconds(empty_store, desk):
    assert commit(empty_store, desk, NOON).serial == NOON


def test_a_serial_is_above_the_last_one_whatever_the_clock_says(empty_store, desk):
    commit(empty_store, desk, NOON)
    assert commit(empty_store, desk, NOON).serial == NOON + 1
    assert commit(empty_store, desk, NOON - MINUTE).serial == NOON + 2


def test_each_topic_counts_for_itself(empty_store, desk):
    commit(empty_store, desk, NOON)
    assert commit(empty_store, desk, NOON, topic="another").serial == NOON


def test_serials_start_anew_in_a_new_epoch(empty_store, desk):
    commit(empty_store, desk, NOON + DAY)
    later = SealingDesk(KEY, fleet="pleiku", epoch=2)
    assert commit(empty_store, later, NOON).serial == NOON


def test_the_document_says_what_the_row_says(empty_store, desk):
    sealed = commit(empty_store, desk, NOON)
    beat = opened(sealed)
    assert (beat.fleet, beat.epoch, beat.serial, beat.issued_at) == ("pleiku", 1, NOON, NOON)


def test_what_is_sealed_is_kept_as_it_will_be_sent(empty_store, desk):
    sealed = commit(empty_store, desk, NOON)
    assert empty_store.publications.sealed("beat") == sealed.sealed


def test_a_crash_before_the_commit_leaves_what_was_sealed_before(empty_store, desk):
    before = commit(empty_store, desk, NOON)

    class PowerCut(Exception):
        """The machine stops here."""

    with pytest.raises(PowerCut), empty_store.transaction():
        commit_inside(empty_store, desk)
        raise PowerCut
    assert empty_store.publications.sealed("beat") == before.sealed


def commit_inside(store: Store, desk: SealingDesk) -> None:
    desk.commit(
        store,
        kind=Kind.BEAT,
        topic="beat",
        addressee="all",
        says="",
        document=lambda header: Beat(**header, keys=2, alerts={}),
        at=NOON + 1,
    )


# Too much (rule E)


def test_an_oversized_document_is_not_sealed(empty_store, desk):
    class Large(Beat, frozen=True, kw_only=True):
        text: str

    def document(header):
        return Large(**header, keys=1, alerts={}, text="x" * MAX_PAYLOAD_BYTES)

    with pytest.raises(TooMuch, match="beat"):
        commit(empty_store, desk, NOON, document=document)
    assert empty_store.publications.sealed("beat") is None


def test_a_document_that_no_player_could_read_is_not_sealed(empty_store, desk):
    def document(header):
        return PlaysAck(**header, display="KHÔNG PHẢI MÃ", journal="0" * 16, up_to=1)

    with pytest.raises(TooMuch):
        commit(empty_store, desk, NOON, kind=Kind.PLAYS_ACK, document=document)
    assert empty_store.publications.sealed("beat") is None


# The clock (rule T)


def test_nothing_is_sealed_while_the_clock_is_behind_the_last_seal(empty_store, desk):
    commit(empty_store, desk, NOON)
    with pytest.raises(ClockWrong, match="behind"):
        desk.check_clock(empty_store, NOON - CLOCK_TOLERANCE - 1)


def test_a_clock_set_back_by_a_moment_is_no_matter(empty_store, desk):
    commit(empty_store, desk, NOON)
    desk.check_clock(empty_store, NOON - CLOCK_TOLERANCE)


def test_nothing_is_sealed_after_the_clock_jumped_by_more_than_a_day(empty_store, desk):
    desk.check_clock(empty_store, NOON)
    with pytest.raises(ClockWrong, match="jumped"):
        desk.check_clock(empty_store, NOON + DAY + 1)


def test_days_that_truly_pass_are_no_jump(empty_store, desk, steady):
    desk.check_clock(empty_store, NOON)
    steady.now += 400 * DAY
    desk.check_clock(empty_store, NOON + 400 * DAY)


def test_a_machine_that_was_off_for_long_may_seal(empty_store, desk):
    commit(empty_store, desk, NOON)
    SealingDesk(KEY, fleet="pleiku", epoch=1).check_clock(empty_store, NOON + 90 * DAY)


def test_after_a_clock_that_was_ahead_a_new_epoch_seals_again(empty_store, desk):
    commit(empty_store, desk, NOON + 1000 * DAY)
    with pytest.raises(ClockWrong, match="epoch"):
        SealingDesk(KEY, fleet="pleiku", epoch=1).check_clock(empty_store, NOON)
    SealingDesk(KEY, fleet="pleiku", epoch=2).check_clock(empty_store, NOON)


def test_the_reason_stays_the_same_while_the_clock_goes_on(empty_store, desk):
    commit(empty_store, desk, NOON)
    reasons = set()
    for at in (NOON - DAY, NOON - DAY + MINUTE):
        with pytest.raises(ClockWrong) as wrong:
            desk.check_clock(empty_store, at)
        reasons.add(str(wrong.value))
    assert len(reasons) == 1


# Hashes


def test_equal_content_has_an_equal_hash_in_whatever_order_it_is_said():
    assert hash_of({"a": 1, "b": 2}) == hash_of({"b": 2, "a": 1})


def test_different_content_has_a_different_hash():
    class Said(msgspec.Struct):
        text: str

    assert hash_of(Said("a")) != hash_of(Said("b"))
