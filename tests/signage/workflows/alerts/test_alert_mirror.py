"""Whoever writes the database raises nothing, changes nothing that is up and clears nothing."""

import msgspec
import pytest
from sqlalchemy import delete

from players.contract import documents, topics
from players.contract.alerts import AlertSet
from players.contract.limits import HOUR, MINUTE, SECOND
from players.contract.signature import Kind
from signage.domain.alert import Alert, AlertState
from signage.store import Store
from signage.store.alerts import alerts_table, revisions_table
from signage.store.book import Book
from signage.workflows.alerts.alert_entries import entry_of
from signage.workflows.alerts.alert_mirror import mirror
from signage.workflows.alerts.alert_sets import publish_sets
from tests.signage.pleiku import NOON, SMALL_BOARD
from tests.signage.workflows.alarm import Desk, draft, raise_

BOARD = SMALL_BOARD.id
TOPIC = topics.alerts("pleiku", BOARD)


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path / "keys")


@pytest.fixture
def on_air(store: Store, book: Book, desk: Desk) -> Alert:
    """An alert that an officer confirmed, sealed, and told to the database."""
    alert = raise_(store, draft(store), into=book)
    publish_sets(book, desk.sealing, at=NOON)
    mirror(book, store, at=NOON)
    return alert


def sealed_now(book: Book, store: Store, desk: Desk, at: int) -> list:
    """What the sealer says on the small board after a round."""
    publish_sets(book, desk.sealing, at=at)
    mirror(book, store, at=at)
    sealed = book.publications.sealed(TOPIC)
    return desk.entries(sealed) if sealed else []


def write(store: Store, *alerts: Alert) -> None:
    with store.transaction():
        for alert in alerts:
            store.alerts.save(alert, by="truc-ban", at=NOON)


def told(store: Store, alert: Alert) -> list[str]:
    return [row.act for row in store.audit.page(subject=f"alert:{alert.id}")]


def test_the_database_is_told_what_stands_in_the_book(store, book, desk, on_air):
    assert store.alerts.live() == [on_air]
    assert store.publications.sealed(TOPIC) == book.publications.sealed(TOPIC)
    assert store.publications.is_published(on_air.pages[BOARD][0].blob)
    assert told(store, on_air) == ["alert.raised"]
    assert not mirror(book, store, at=NOON + 1)


def test_an_alert_written_into_the_database_is_not_sealed_and_the_log_says_so(store, book, desk):
    forged = draft(store).raised(at=NOON)
    write(store, forged)
    assert sealed_now(book, store, desk, NOON + SECOND) == []
    assert told(store, forged) == ["alert.unauthorised"]
    assert store.alerts.get(forged.id).state is AlertState.ENDED


@pytest.mark.parametrize(
    "forge",
    [
        lambda alert: alert.cleared(at=NOON + SECOND),
        lambda alert: alert.ended(),
        lambda alert: msgspec.structs.replace(alert, expires_at=NOON + MINUTE),
        lambda alert: msgspec.structs.replace(
            alert, revision=9, words=msgspec.structs.replace(alert.words, headline="Vui quá")
        ),
    ],
)
def test_what_is_up_stays_as_it_is_whatever_is_written(store, book, desk, on_air, forge):
    before = sealed_now(book, store, desk, NOON + SECOND)
    write(store, forge(on_air))
    assert sealed_now(book, store, desk, NOON + 2 * MINUTE) == before
    assert store.alerts.get(on_air.id) == on_air
    assert "alert.unauthorised" in told(store, on_air)


def test_an_alert_whose_rows_are_gone_is_up_and_comes_back(store, book, desk, on_air):
    with store.transaction():
        for table in (alerts_table, revisions_table):
            store.rows.write(delete(table))
    assert len(sealed_now(book, store, desk, NOON + SECOND)) == 1
    assert store.alerts.live() == [on_air]


def test_a_set_written_into_the_database_is_not_carried_on(store, book, desk, on_air):
    strange = entry_of(msgspec.structs.replace(on_air, id="gia"), on_air.pages[BOARD])
    forged = AlertSet(
        schema=1,
        fleet="pleiku",
        epoch=1,
        serial=NOON + HOUR,
        issued_at=NOON,
        profile=BOARD,
        entries=[documents.raw(strange)],
    )
    known = store.publications.latest(TOPIC)
    sealed = desk.seal(forged, desk.content_key)
    with store.transaction():
        store.publications.commit(
            msgspec.structs.replace(known, sealed=sealed, serial=NOON + HOUR, says="gia")
        )
    entries = sealed_now(book, store, desk, NOON + SECOND)
    assert [entry.id for entry in entries] == [on_air.id]
    assert store.publications.sealed(TOPIC) == book.publications.sealed(TOPIC)


def test_a_moment_in_the_future_written_into_the_database_stops_no_sealing(store, book, desk):
    with store.transaction():
        store.publications.commit(
            msgspec.structs.replace(
                desk.sealing.prepare(
                    kind=Kind.ALERTS,
                    topic=TOPIC,
                    addressee=BOARD,
                    says="",
                    document=lambda header: AlertSet(**header, profile=BOARD, entries=[]),
                    at=NOON + 9 * HOUR,
                    last=None,
                ),
                issued_at=NOON + 9 * HOUR,
            )
        )
    raise_(store, draft(store), into=book)
    assert len(sealed_now(book, store, desk, NOON)) == 1


def test_every_revision_reaches_the_history_that_people_read(store, book, desk, on_air):
    with book.transaction():
        second = on_air.cleared(at=NOON + SECOND)
        book.alerts.save(second, by="truc-ban", at=NOON + SECOND)
    publish_sets(book, desk.sealing, at=second.green_until)
    mirror(book, store, at=second.green_until)
    history = [(one.revision, one.state.value) for one, _, _ in store.alerts.history(on_air.id)]
    assert history == [(1, "raised"), (2, "cleared"), (2, "ended")]
