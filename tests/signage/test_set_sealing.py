"""The sealer sends hold and drill sets beside alerts, and a key that lacks stops nothing else."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import update

from players.contract import topics
from players.contract.keys import Role
from players.contract.limits import HOUR
from players.contract.signature import Kind, seal
from signage.broker import Connection
from signage.clock import now_ms
from signage.domain.hold import HoldKind
from signage.keys import KeyFiles, write_atomically
from signage.sealer import Sealer
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.store.displays import profiles
from signage.workflows.sets import holding
from tests.broker import start_broker
from tests.doubles import until
from tests.signage.pleiku import DUTY_OFFICER, SMALL_BOARD, settle
from tests.signage.sealing import freely_set

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def broker() -> Iterator[tuple[str, int]]:
    host, port, stop = start_broker()
    yield host, port
    stop()


@pytest.fixture
def settings(broker: tuple[str, int], tmp_path: Path) -> Settings:
    fleet = f"held-{next(NUMBERS)}"
    settings = Settings(
        home=str(tmp_path), fleet=fleet, broker_host=broker[0], broker_port=broker[1]
    )
    store = Store.open(settings.database_url, settings.media_root)
    store.upgrade()
    settle(store)
    KeyFiles(settings.keys_folder, fleet).make(at=now_ms())
    book = Book.open(settings.keys_folder / "sealer")
    holding.place(
        store,
        HoldKind.MEETING,
        targets=["display:ubnd"],
        until=now_ms() + HOUR,
        authorise=freely_set(book),
        by=DUTY_OFFICER,
        at=now_ms(),
    )
    book.close()
    store.close()
    return settings


@pytest.fixture
def heard(settings: Settings) -> Iterator[list[tuple[str, bytes]]]:
    told: list[tuple[str, bytes]] = []
    connection = Connection(
        settings.broker_host,
        settings.broker_port,
        name=f"{settings.fleet}-air",
        subscriptions=[f"signage/1/{settings.fleet}/#"],
        received=lambda topic, payload, _retained: told.append((topic, payload)),
    )
    connection.start()
    assert connection.wait_until_up(5)
    yield told
    connection.publish(topics.holds(settings.fleet, SMALL_BOARD.id), b"")
    connection.close()


def running(settings: Settings) -> Sealer:
    sealer = Sealer(settings)
    sealer.connection.start()
    assert sealer.connection.wait_until_up(5)
    return sealer


def step_until(sealer: Sealer, ready) -> None:
    def one() -> object:
        sealer.step(now_ms())
        return ready()

    until(one)


def test_the_page_of_a_meeting_goes_out_before_its_set_and_both_come_back(settings, heard):
    sealer, topic = running(settings), topics.holds(settings.fleet, SMALL_BOARD.id)
    step_until(sealer, lambda: topic in dict(heard))
    pages = [at for at, (name, _) in enumerate(heard) if "/pages/" in name]
    assert pages[0] < [name for name, _ in heard].index(topic)
    ours = dict(heard)[topic]
    sealer.connection.publish(topic, b"something else")

    def came_back() -> bool:
        on_air = [sealed for name, sealed in heard if name == topic]
        return b"something else" in on_air and on_air[-1] == ours

    step_until(sealer, came_back)
    sealer.close()


def test_an_installation_without_the_new_keys_still_seals_alerts(settings, heard):
    files = KeyFiles(settings.keys_folder, settings.fleet)
    old = [key for key in files.key_list().keys if key.role not in {Role.DRILL, Role.HOLD}]
    root = load_pem_private_key((files.folder / "root" / "root.pem").read_bytes(), None)
    shorter = msgspec.structs.replace(files.key_list(), keys=old)
    sealed = seal(msgspec.json.encode(shorter), Kind.KEYS, root)
    write_atomically(files.folder / "list.sealed", sealed, mode=0o644)
    sealer = running(settings)
    assert sealer.desk.key
    sealer.step(now_ms())
    assert not any("/sets/hold/" in topic for topic, _ in heard)
    files.make(at=now_ms())
    step_until(
        sealer,
        lambda: sealer.step(now_ms() + HOUR) or any("/sets/hold/" in topic for topic, _ in heard),
    )
    sealer.close()


def test_a_database_that_can_not_be_read_keeps_no_screen_lit(settings, heard):
    sealer, topic = running(settings), topics.holds(settings.fleet, SMALL_BOARD.id)
    step_until(sealer, lambda: topic in dict(heard))
    before = dict(heard)[topic]
    with sealer.store.transaction():
        sealer.store.rows.write(update(profiles).values(languages="{"))
    holding.place(
        sealer.store,
        HoldKind.BLANK,
        targets=["all"],
        until=now_ms() + HOUR,
        authorise=freely_set(sealer.book),
        by=DUTY_OFFICER,
        at=now_ms(),
    )
    step_until(sealer, lambda: dict(heard)[topic] != before)
    sealer.close()
