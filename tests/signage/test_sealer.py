"""The sealer: pages before the set, listening before speaking, no page keeps an alert back."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from players.contract import documents, topics
from players.contract.alerts import Alert as SealedAlert
from players.contract.alerts import AlertSet, AllClear
from players.contract.keys import Role
from players.contract.limits import HOUR, MINUTE
from players.contract.signature import Kind, open_sealed, seal
from signage import sealer as sealer_module
from signage.broker import Connection
from signage.clock import now_ms
from signage.domain.alert import Alert, AlertState
from signage.keys import KeyFiles, KeysUnusable
from signage.sealer import Sealer
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.wake import AlreadyRunning, Bell, bell_path, wake
from signage.workflows.alerts import alerting
from signage.workflows.alerts.alert_entries import entry_of
from signage.workflows.alerts.alert_sets import publish_sets
from tests.broker import start_broker
from tests.doubles import until
from tests.signage.pleiku import DUTY_OFFICER, HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD, settle
from tests.signage.sealing import freely
from tests.signage.workflows.alarm import draft, raise_

NUMBERS = itertools.count()
PROFILES = {ROAD_BOARD.id, SMALL_BOARD.id, HOUSE_SCREEN.id}
BOARD = SMALL_BOARD.id


@pytest.fixture(scope="module")
def broker() -> Iterator[tuple[str, int]]:
    host, port, stop = start_broker()
    yield host, port
    stop()


@pytest.fixture
def settings(broker: tuple[str, int], tmp_path: Path) -> Settings:
    """Settings of a house with Pleiku and keys in it; a fleet of its own on the broker."""
    fleet = f"pleiku-{next(NUMBERS)}"
    settings = Settings(
        home=str(tmp_path), fleet=fleet, broker_host=broker[0], broker_port=broker[1]
    )
    store = Store.open(settings.database_url, settings.media_root)
    store.upgrade()
    settle(store)
    store.close()
    KeyFiles(settings.keys_folder, fleet).make(at=now_ms())
    return settings


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The store as the web process has it open."""
    store = Store.open(settings.database_url, settings.media_root)
    yield store
    store.close()


@pytest.fixture
def sealer(settings: Settings) -> Iterator[Sealer]:
    sealer = Sealer(settings)
    sealer.connection.start()
    assert sealer.connection.wait_until_up(5)
    yield sealer
    sealer.close()


def book_of(store: Store) -> Book:
    return Book.open(store.blobs.root.parent.parent / "keys" / "sealer")


def flood(store: Store, *, at: int) -> Alert:
    """A flood warning that an officer's factor has authorised: it stands in the sealer's book."""
    return raise_(store, draft(store, at=at), at, into=book_of(store))


class Air:
    """What stands on the broker, in the order in which it came."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.heard: list[tuple[str, bytes]] = []
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"{settings.fleet}-air",
            subscriptions=[f"signage/1/{settings.fleet}/#"],
            received=lambda topic, payload, _retained: self.heard.append((topic, payload)),
        )
        self.connection.start()
        assert self.connection.wait_until_up(5)

    @property
    def retained(self) -> dict[str, bytes]:
        return dict(list(self.heard))

    def sealed(self, profile: str = BOARD) -> bytes | None:
        return self.retained.get(topics.alerts(self.settings.fleet, profile))

    def entries(self, profile: str = BOARD) -> list[SealedAlert | AllClear] | None:
        sealed = self.sealed(profile)
        if not sealed:
            return None
        keys = KeyFiles(self.settings.keys_folder, self.settings.fleet).key_list()
        payload, _ = open_sealed(sealed, Kind.ALERTS, keys.trusted_for(Kind.ALERTS, now_ms()))
        return documents.alert_entries(documents.decode(payload, AlertSet).entries)[0]

    def say(self, profile: str, payload: bytes) -> None:
        topic = topics.alerts(self.settings.fleet, profile)
        assert self.connection.publish(topic, payload)
        until(lambda: self.retained.get(topic) == payload)

    def close(self) -> None:
        self.connection.close()


@pytest.fixture
def air(settings: Settings) -> Iterator[Air]:
    air = Air(settings)
    yield air
    air.close()


def rounds(sealer: Sealer, ready, at: int | None = None):
    """Run rounds until something holds."""

    def one() -> object:
        sealer.step(at or now_ms())
        return ready()

    return until(one)


def raised_elsewhere(settings: Settings, store: Store, *, serial: int) -> bytes:
    """A set for the small board, sealed by another controller with the same key."""
    now = now_ms()
    alert = draft(store, "display:ubnd", at=now).raised(at=now)
    entry = entry_of(msgspec.structs.replace(alert, id="noi-khac"), alert.pages[BOARD])
    alert_set = AlertSet(
        schema=1,
        fleet=settings.fleet,
        epoch=1,
        serial=serial,
        issued_at=now,
        profile=BOARD,
        entries=[documents.raw(entry)],
    )
    key = KeyFiles(settings.keys_folder, settings.fleet).signer(Role.ALERT)
    return seal(documents.encode(alert_set), Kind.ALERTS, key)


# Sending


def test_a_raised_alert_reaches_every_profile(sealer, air, store):
    flood(store, at=now_ms())
    rounds(sealer, lambda: all(air.entries(profile) for profile in PROFILES))


def test_pages_go_out_before_the_set_that_names_them(sealer, air, store, settings):
    alert = flood(store, at=now_ms())
    rounds(sealer, air.sealed)
    order = [topic for topic, _ in air.heard]
    for page in alert.pages[BOARD]:
        named = topics.page(settings.fleet, BOARD, page.blob)
        assert order.index(named) < order.index(topics.alerts(settings.fleet, BOARD))
        assert air.retained[named] == store.blobs.read(page.blob)


def test_what_stands_on_the_broker_is_what_was_committed(sealer, air, store):
    flood(store, at=now_ms())
    rounds(sealer, lambda: all(air.entries(profile) for profile in PROFILES))
    for one in store.publications.of_kind(Kind.ALERTS):
        assert air.retained[one.topic] == one.sealed


def test_pages_that_no_set_names_any_more_are_cleared(sealer, air, store, settings):
    alert = flood(store, at=now_ms())
    rounds(sealer, air.sealed)
    sealer.step(now_ms())  # the database is told of the alert, so that it can be cleared
    authorise = freely(book_of(store))
    alerting.clear(store, alert.id, authorise=authorise, by=DUTY_OFFICER, at=now_ms())
    gone = topics.page(settings.fleet, BOARD, alert.pages[BOARD][0].blob)
    rounds(sealer, lambda: air.retained[gone] == b"")
    assert isinstance(air.entries()[0], AllClear)


def test_the_sealer_is_woken_by_a_ring(sealer, store, settings):
    flood(store, at=now_ms())
    wake(settings.home_path, "sealer")
    assert sealer.bell.wait(10)


def test_it_wakes_the_worker_when_it_has_published(sealer, air, store, settings):
    worker_bell = Bell(bell_path(settings.home_path, "worker"))
    flood(store, at=now_ms())
    rounds(sealer, air.sealed)
    assert worker_bell.wait(10)
    worker_bell.close()


def test_an_alert_that_was_sealed_before_a_crash_is_sent_at_the_next_start(settings, air, store):
    flood(store, at=now_ms())
    first = Sealer(settings)
    published = publish_sets(first.book, first.desk, at=now_ms())  # and here the power goes
    committed = {one.profile: one.sealed.sealed for one in published}
    first.close()
    second = Sealer(settings)
    second.connection.start()
    rounds(second, lambda: air.sealed() == committed[BOARD])
    second.close()


def test_a_broker_that_forgot_everything_is_told_again(settings, store):
    host, port, stop = start_broker()
    own = msgspec.structs.replace(settings, broker_host=host, broker_port=port)
    sealer = Sealer(own)
    sealer.connection.start()
    alert = flood(store, at=now_ms())
    rounds(sealer, lambda: store.publications.of_kind(Kind.ALERTS))
    stop()
    until(lambda: not sealer.connection.is_up())
    _, _, stop = start_broker(port)
    air = Air(own)
    rounds(sealer, air.sealed)
    assert topics.page(own.fleet, BOARD, alert.pages[BOARD][0].blob) in air.retained
    air.close()
    sealer.close()
    stop()


def test_an_alert_that_is_raised_while_there_is_no_broker_goes_out_when_there_is(settings, store):
    host, port, stop = start_broker()
    stop()
    own = msgspec.structs.replace(settings, broker_host=host, broker_port=port)
    sealer = Sealer(own)
    sealer.connection.start()
    flood(store, at=now_ms())
    sealer.step(now_ms())
    assert store.publications.of_kind(Kind.ALERTS) == []
    _, _, stop = start_broker(port)
    air = Air(own)
    rounds(sealer, air.entries)
    air.close()
    sealer.close()
    stop()


# Pages ahead


def stands(air, settings, page) -> bool:
    return bool(air.retained.get(topics.page(settings.fleet, BOARD, page.blob)))


def test_pages_of_a_proposal_go_out_ahead_and_are_not_sent_again(sealer, air, store, settings):
    drafted = draft(store, at=now_ms())
    pages = drafted.pages[BOARD]
    ahead = {
        topics.page(settings.fleet, profile, page.blob)
        for profile, drawn in drafted.pages.items()
        for page in drawn
    }
    rounds(sealer, lambda: ahead <= {topic for topic, _ in air.heard})
    assert air.sealed() is None
    already = len(air.heard)
    raise_(store, drafted, now_ms(), into=book_of(store))
    rounds(sealer, lambda: all(air.entries(profile) for profile in PROFILES))
    assert {topic.split("/")[3] for topic, _ in air.heard[already:]} == {"sets"}
    assert all(stands(air, settings, page) for page in pages)


def test_pages_of_a_proposal_that_is_gone_are_taken_back(sealer, air, store, settings):
    drafted = draft(store, at=now_ms())
    page = drafted.pages[BOARD][0]
    rounds(sealer, lambda: stands(air, settings, page))
    rounds(sealer, lambda: not stands(air, settings, page), now_ms() + HOUR)


def test_pages_that_were_sent_ahead_before_a_restart_do_not_stay_for_ever(settings, air, store):
    page = draft(store, at=now_ms()).pages[BOARD][0]
    for at in (now_ms(), now_ms() + HOUR):
        sealer = Sealer(settings)
        sealer.connection.start()
        gone = at > now_ms() + MINUTE
        rounds(sealer, lambda gone=gone: stands(air, settings, page) is not gone, at)
        sealer.close()


# Faults


def test_a_page_that_can_not_be_read_keeps_no_alert_back(sealer, air, store):
    alert = flood(store, at=now_ms())
    store.blobs.path(alert.pages[BOARD][0].blob).unlink()
    rounds(sealer, lambda: all(air.entries(profile) for profile in PROFILES))


def test_a_page_on_a_failing_disk_keeps_no_alert_back(sealer, air, store):
    alert = flood(store, at=now_ms())
    path = store.blobs.path(alert.pages[BOARD][0].blob)
    path.unlink()
    path.mkdir()  # reading it is an error of another kind
    rounds(sealer, lambda: all(air.entries(profile) for profile in PROFILES))


def test_what_somebody_overwrites_on_the_broker_is_repaired(sealer, air, store):
    flood(store, at=now_ms())
    rounds(sealer, air.sealed)
    ours = air.sealed()
    air.say(BOARD, b"garbage")
    rounds(sealer, lambda: air.sealed() == ours)


def test_what_somebody_clears_on_the_broker_is_repaired(sealer, air, store):
    flood(store, at=now_ms())
    rounds(sealer, air.sealed)
    ours = air.sealed()
    air.say(BOARD, b"")
    rounds(sealer, lambda: air.sealed() == ours)


def test_it_does_not_quarrel_without_end(sealer, air, store, settings):
    at = now_ms()
    flood(store, at=at)
    rounds(sealer, air.sealed, at)
    ours = air.sealed()
    air.say(BOARD, b"garbage")
    rounds(sealer, lambda: air.sealed() == ours, at)
    air.say(BOARD, b"garbage")
    until(lambda: not sealer._inbox.is_empty())
    sealer.step(at + 1)
    assert air.sealed() == b"garbage"
    air.say(BOARD, b"garbage again")
    rounds(sealer, lambda: air.sealed() == ours, at + MINUTE)


def test_a_wrong_clock_seals_no_alert_until_it_is_right(sealer, air, store):
    at = now_ms()
    flood(store, at=at)
    rounds(sealer, air.sealed, at)
    flood(store, at=at)
    sealer.step(at - HOUR)
    assert len(air.entries()) == 1
    rounds(sealer, lambda: len(air.entries()) == 2, at)


def test_an_expired_alert_leaves_the_air(sealer, air, store):
    at = now_ms()
    flood(store, at=at)
    rounds(sealer, air.entries, at)
    rounds(sealer, lambda: air.entries() == [], at + HOUR)


# From outside (rule R)


def test_it_listens_before_it_speaks_so_that_nothing_newer_is_overwritten(settings, air, store):
    theirs = raised_elsewhere(settings, store, serial=now_ms())
    air.say(BOARD, theirs)
    sealer = Sealer(settings)
    sealer.connection.start()
    rounds(sealer, lambda: sealer._sent_for)
    assert air.sealed() == theirs
    assert store.alerts.get("noi-khac").state is AlertState.RAISED
    sealer.close()


def test_what_is_raised_elsewhere_meanwhile_is_adopted_and_not_overwritten(
    sealer, air, store, settings
):
    theirs = raised_elsewhere(settings, store, serial=now_ms())
    rounds(sealer, lambda: sealer._sent_for)
    air.say(BOARD, theirs)
    rounds(sealer, lambda: store.alerts.get("noi-khac"))
    rounds(sealer, sealer._may_seal)
    sealer.step(now_ms())
    assert store.publications.sealed(topics.alerts(settings.fleet, BOARD)) == theirs


def test_our_alert_joins_one_from_elsewhere(sealer, air, store, settings):
    air.say(BOARD, raised_elsewhere(settings, store, serial=now_ms()))
    ours: Alert = flood(store, at=now_ms())
    rounds(sealer, lambda: len(air.entries()) == 2)
    assert {entry.id for entry in air.entries()} == {ours.id, "noi-khac"}


# Processes


def test_its_connection_carries_nothing_but_alerts(sealer, air, store, settings):
    flood(store, at=now_ms())
    rounds(sealer, lambda: all(air.entries(profile) for profile in PROFILES))
    assert {topic.split("/")[3] for topic, _ in air.heard} == {"sets", "pages"}


def test_it_reads_no_key_but_its_own(settings):
    for name in ("root/root.pem", "worker/content.pem", "worker/beat.pem"):
        (settings.keys_folder / name).unlink()
    Sealer(settings).close()


def test_without_its_key_it_says_so(settings):
    (settings.keys_folder / "sealer" / "alert.pem").unlink()
    with pytest.raises(KeysUnusable):
        Sealer(settings)


def test_only_one_sealer_runs_in_a_house(sealer, settings):
    with pytest.raises(AlreadyRunning):
        Sealer(settings)


def test_a_new_epoch_is_taken_up(sealer, air, store):
    at = now_ms()
    flood(store, at=at)
    rounds(sealer, air.entries, at)
    sealer.files.begin_epoch(at=at + 1)
    rounds(sealer, lambda: store.publications.of_kind(Kind.ALERTS)[0].epoch == 2, at + MINUTE)


def test_a_stopped_sealer_ends(settings):
    sealer = Sealer(settings)
    sealer.stop()
    sealer.run()
    Sealer(settings).close()


def test_it_waits_for_the_keys_that_the_worker_makes(settings, monkeypatch):
    waited = []
    files = KeyFiles(settings.keys_folder / "new", settings.fleet)
    monkeypatch.setattr(sealer_module.time, "sleep", lambda _: waited.append(files.make(at=1)))
    sealer_module._wait_for_keys(files)
    assert waited == [True]
