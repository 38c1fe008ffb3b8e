"""The worker: looks before it speaks, sends what was committed, goes on when a part of it fails."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents, topics
from players.contract.alerts import Beat, TimeAnswer
from players.contract.keys import KeyList, Role, root_set
from players.contract.limits import BEAT_EVERY, DAY, HOUR, MINUTE, SECOND
from players.contract.manifest import Manifest, UtcOffset
from players.contract.reports import Health, Held, Play, Plays, PlaysAck, Presence, Status
from players.contract.signature import Kind, encoded, open_sealed, seal
from players.contract.types import BlobRef
from signage import worker as worker_module
from signage.broker import Connection, retained
from signage.clock import now_ms
from signage.keys import KeyFiles
from signage.settings import Settings
from signage.store import Store
from signage.wake import AlreadyRunning, ask_time
from signage.worker import Worker
from signage.workflows.displays import provisioning
from signage.workflows.publication import overtaken
from tests.broker import start_broker
from tests.doubles import until
from tests.signage.pleiku import ADMINISTRATOR, DISPLAYS, settle

PLAYER = Ed25519PrivateKey.generate()
NUMBERS = itertools.count()
JOURNAL = "1" * 16


@pytest.fixture(scope="module")
def broker() -> Iterator[tuple[str, int]]:
    host, port, stop = start_broker()
    yield host, port
    stop()


@pytest.fixture
def settings(broker: tuple[str, int], tmp_path: Path, monkeypatch) -> Settings:
    """Settings of a house with Pleiku in it; each test has a fleet of its own on the broker."""
    monkeypatch.setattr(worker_module, "LISTEN_SECONDS", 0.4)
    fleet = f"pleiku-{next(NUMBERS)}"
    settings = Settings(
        home=str(tmp_path), fleet=fleet, broker_host=broker[0], broker_port=broker[1]
    )
    store = Store.open(settings.database_url, settings.media_root)
    store.upgrade()
    settle(store)
    with store.transaction():
        public = encoded(PLAYER.public_key())
        store.displays.save(msgspec.structs.replace(DISPLAYS[0], player_key=public))
    store.close()
    return settings


@pytest.fixture
def worker(settings: Settings) -> Iterator[Worker]:
    """A worker that is connected; the test runs its rounds."""
    worker = Worker(settings)
    worker.connection.start()
    assert worker.connection.wait_until_up(5)
    until(lambda: worker._connections)
    yield worker
    worker.close()


class Air:
    """What stands on the broker: a listener that keeps the newest of every topic."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.retained: dict[str, bytes] = {}
        self.heard: list[tuple[str, bytes]] = []
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"{settings.fleet}-air",
            subscriptions=[f"signage/1/{settings.fleet}/#"],
            received=self._hear,
        )
        self.connection.start()
        assert self.connection.wait_until_up(5)

    def _hear(self, topic: str, payload: bytes, _retained: bool) -> None:
        self.retained[topic] = payload
        self.heard.append((topic, payload))

    def manifest(self, display: str) -> Manifest | None:
        sealed = self.retained.get(topics.manifest(self.settings.fleet, display))
        return self.opened(sealed, Kind.MANIFEST, Manifest) if sealed else None

    def opened(self, sealed: bytes, kind: Kind, shape):
        keys = KeyFiles(self.settings.keys_folder, self.settings.fleet).key_list()
        payload, _ = open_sealed(sealed, kind, keys.trusted_for(kind, now_ms()))
        return documents.decode(payload, shape)

    def say(self, topic: str, payload: bytes, *, retain: bool = True) -> None:
        assert self.connection.publish(topic, payload, retain=retain)

    def close(self) -> None:
        self.connection.close()


@pytest.fixture
def air(settings: Settings) -> Iterator[Air]:
    air = Air(settings)
    yield air
    air.close()


def rounds(worker: Worker, ready, at: int | None = None):
    """Run rounds until something holds."""

    def one() -> object:
        worker.step(at or now_ms())
        return ready()

    return until(one)


def status_of(settings: Settings, *, serial: int | None, number: int = 1, **changes) -> Status:
    holds = {} if serial is None else {"manifest": Held(serial=serial, sha256="0" * 64)}
    fields = {
        "schema": 1,
        "fleet": settings.fleet,
        "display": "hoa-lu",
        "boot": "0" * 16,
        "number": number,
        "at": now_ms(),
        "started_at": 0,
        "showing": None,
        "next": None,
        "holds": holds,
        "alerts": [],
        "version": "1",
        "kinds": [],
        "formats": [],
        "output": "png_folder",
        "clock_offset": 0,
        "connected": True,
        "health": Health(cache_bytes=0, disk_free=0, missing=0, frames=0),
    }
    return Status(**(fields | changes))


def say_status(air: Air, **details) -> None:
    sealed = seal(documents.encode(status_of(air.settings, **details)), Kind.STATUS, PLAYER)
    air.say(topics.status(air.settings.fleet, "hoa-lu"), sealed)


def say_plays(air: Air, *numbers: int) -> None:
    plays = [
        Play(
            number=n,
            source="schedule",
            reason="e1",
            item="s1",
            sha256="",
            started_at=1,
            shown_ms=1,
        )
        for n in numbers
    ]
    batch = Plays(
        schema=1,
        fleet=air.settings.fleet,
        display="hoa-lu",
        journal=JOURNAL,
        holds_up_to=max(numbers),
        plays=plays,
    )
    sealed = seal(documents.encode(batch), Kind.PLAYS, PLAYER)
    air.say(topics.plays(air.settings.fleet, "hoa-lu"), sealed, retain=False)


def all_published(air: Air) -> bool:
    return all(air.manifest(display.id) for display in DISPLAYS)


# Sending


def test_every_display_finds_its_manifest_on_the_broker(worker, air):
    rounds(worker, lambda: all_published(air))


def test_what_stands_on_the_broker_is_what_was_committed(worker, air):
    rounds(worker, lambda: all_published(air))
    for sealed in worker.store.publications.of_kind(Kind.MANIFEST):
        assert air.retained[sealed.topic] == sealed.sealed


def test_players_find_the_key_list_before_anything_sealed_with_its_keys(worker, air, settings):
    rounds(worker, lambda: all_published(air))
    assert air.heard[0][0] == topics.keys(settings.fleet)
    payload, _ = open_sealed(air.heard[0][1], Kind.KEYS, root_set(worker.files.pinned_roots()))
    assert documents.decode(payload, KeyList) == worker.key_list


def test_the_beat_tells_the_time_and_the_serials_to_hold(worker, air, settings):
    topic = topics.beat(settings.fleet)
    rounds(worker, lambda: topic in air.retained)
    beat = air.opened(air.retained[topic], Kind.BEAT, Beat)
    assert beat.keys == worker.key_list.serial
    assert abs(beat.issued_at - now_ms()) < MINUTE


def test_the_beat_is_sent_once_a_minute(worker, air, settings):
    topic, at = topics.beat(settings.fleet), now_ms()
    rounds(worker, lambda: topic in air.retained, at)
    first = air.retained[topic]
    worker.step(at + BEAT_EVERY - 1)
    rounds(worker, lambda: air.retained[topic] != first, at + BEAT_EVERY)


def test_a_change_is_sent_at_the_next_round(worker, air):
    rounds(worker, lambda: all_published(air))
    provisioning.retire_display(worker.store, "hoa-lu", by=ADMINISTRATOR, at=now_ms())
    rounds(worker, lambda: air.manifest("hoa-lu").retired)


def test_a_worker_that_died_before_sending_sends_when_it_starts_again(settings, air):
    first = Worker(settings)
    first._connections = first._looked_for = 1  # nothing stands on the air
    first.step(now_ms())
    committed = {one.topic: one.sealed for one in first.store.publications.of_kind(Kind.MANIFEST)}
    first.close()
    assert committed
    second = Worker(settings)
    second.connection.start()
    rounds(second, lambda: all_published(air))
    second.close()
    assert committed.items() <= air.retained.items()


def test_a_broker_that_forgot_everything_is_told_again(settings, tmp_path):
    host, port, stop = start_broker()
    own = msgspec.structs.replace(settings, broker_host=host, broker_port=port)
    worker = Worker(own)
    worker.connection.start()
    rounds(worker, lambda: worker._sent_for == 1)
    stop()
    until(lambda: not worker.connection.is_up())
    _, _, stop = start_broker(port)

    def is_told() -> bool:
        # Asked anew each time: a subscription made while it is told can miss a part.
        every = topics.manifest(own.fleet, "+")
        return len(retained(host, port, name="look", topic=every, seconds=0.2)) == len(DISPLAYS)

    rounds(worker, is_told)
    worker.close()
    stop()


def test_what_a_player_lacks_is_sent_again(worker, air, settings):
    at = now_ms()
    rounds(worker, lambda: all_published(air), at)
    topic = topics.manifest(settings.fleet, "hoa-lu")
    air.say(topic, b"")  # somebody clears what the broker retains
    until(lambda: air.retained[topic] == b"")
    time.sleep(0.01)
    say_status(air, serial=None)
    until(lambda: not worker._inbox.is_empty())
    worker.step(at + 1)
    with worker.store.transaction():
        reported = worker.store.reports.status("hoa-lu")
        worker.store.reports.save_status(reported.status, at + 10 * SECOND)
    rounds(worker, lambda: air.retained[topic] != b"", at + 30 * SECOND)


def test_topics_of_a_wiped_display_are_cleared(worker, air, settings):
    at = now_ms()
    rounds(worker, lambda: all_published(air), at)
    provisioning.retire_display(worker.store, "hoa-lu", by=ADMINISTRATOR, at=at)
    rounds(worker, lambda: air.manifest("hoa-lu").retired, at + 1)
    say_status(air, serial=air.manifest("hoa-lu").serial)
    until(lambda: not worker._inbox.is_empty())
    topic = topics.manifest(settings.fleet, "hoa-lu")
    rounds(worker, lambda: air.retained[topic] == b"", at + MINUTE)
    assert worker.store.publications.latest(topic) is None


# An overtaken database (rule R)


def newer_on_air(settings: Settings, air: Air, *, ahead: int = HOUR) -> bytes:
    """A manifest sealed by our own key, newer than anything in the database."""
    files = KeyFiles(settings.keys_folder, settings.fleet)
    files.make(at=now_ms())
    at = now_ms()
    manifest = Manifest(
        schema=1,
        fleet=settings.fleet,
        epoch=1,
        serial=at + ahead,
        issued_at=at,
        display="hoa-lu",
        groups=[],
        profile=DISPLAYS[0].profile,
        width=384,
        height=192,
        valid_until=at + DAY,
        utc_offsets=[UtcOffset(begins_at=0, minutes=420)],
        entries=[],
        safe=BlobRef(sha256="0" * 64, bytes=1, media_type="image/png"),
    )
    sealed = seal(documents.encode(manifest), Kind.MANIFEST, files.signer(Role.CONTENT))
    topic = topics.manifest(settings.fleet, "hoa-lu")
    air.say(topic, sealed)
    until(lambda: topic in air.retained)
    return sealed


def settled(worker: Worker) -> None:
    """Rounds until the worker has looked."""
    rounds(worker, worker._has_looked)


def test_a_worker_whose_database_is_older_than_the_air_publishes_nothing(settings, air):
    newer = newer_on_air(settings, air)
    worker = Worker(settings)
    worker.connection.start()
    settled(worker)
    worker.step(now_ms())
    worker.close()
    assert air.retained == {topics.manifest(settings.fleet, "hoa-lu"): newer}


def test_it_says_which_displays_are_ahead_until_a_person_releases_it(settings, air):
    newer_on_air(settings, air)
    worker = Worker(settings)
    worker.connection.start()
    settled(worker)
    assert overtaken.held(worker.store) == "hoa-lu"
    overtaken.release(worker.store, by=ADMINISTRATOR, at=now_ms())
    rounds(worker, lambda: all_published(air))
    worker.close()


def test_once_released_its_manifests_stand_above_those_on_the_air(settings, air):
    newer_on_air(settings, air, ahead=SECOND)
    before = air.manifest("hoa-lu").serial
    worker = Worker(settings)
    worker.connection.start()
    settled(worker)
    overtaken.release(worker.store, by=ADMINISTRATOR, at=now_ms())
    rounds(worker, lambda: air.manifest("hoa-lu").serial > before)
    worker.close()


def test_garbage_on_the_air_holds_nobody(settings, air):
    air.say(topics.manifest(settings.fleet, "hoa-lu"), b'{"payload": "garbage"}')
    until(lambda: air.retained)
    worker = Worker(settings)
    worker.connection.start()
    rounds(worker, lambda: worker._sent_for)
    assert overtaken.held(worker.store) is None
    worker.close()


def test_a_status_that_came_while_the_worker_was_away_can_hold_it(settings, air):
    say_status(air, serial=now_ms() + MINUTE)
    until(lambda: air.retained)
    worker = Worker(settings)
    worker.connection.start()
    settled(worker)
    assert overtaken.held(worker.store) == "hoa-lu"
    worker.close()


def test_without_a_broker_nothing_is_sealed_that_would_hide_what_is_on_the_air(settings):
    away = msgspec.structs.replace(settings, broker_port=1)
    worker = Worker(away)
    worker.step(now_ms())
    assert worker.store.publications.of_kind(Kind.MANIFEST) == []
    worker.close()


# Reports


def test_plays_are_acknowledged_once_they_are_stored(worker, air, settings):
    settled(worker)
    say_plays(air, 1, 2, 3)
    topic = topics.plays_ack(settings.fleet, "hoa-lu")
    rounds(worker, lambda: topic in air.retained)
    ack = air.opened(air.retained[topic], Kind.PLAYS_ACK, PlaysAck)
    assert (ack.journal, ack.up_to) == (JOURNAL, 3)
    assert len(worker.store.reports.plays("hoa-lu")) == 3


def test_plays_that_come_while_publishing_is_held_are_kept_and_acknowledged_later(settings, air):
    newer_on_air(settings, air)
    worker = Worker(settings)
    worker.connection.start()
    settled(worker)
    say_plays(air, 1)
    rounds(worker, lambda: worker.store.reports.plays("hoa-lu"))
    topic = topics.plays_ack(settings.fleet, "hoa-lu")
    assert topic not in air.retained
    overtaken.release(worker.store, by=ADMINISTRATOR, at=now_ms())
    rounds(worker, lambda: topic in air.retained)
    worker.close()


def test_garbage_from_the_broker_stops_nothing(worker, air, settings):
    rounds(worker, lambda: all_published(air))
    for topic in topics.reports(settings.fleet):
        for display in ("hoa-lu", "nobody"):
            air.say(topic.replace("+", display), b"\x00garbage", retain=False)
    say_status(air, serial=1)
    rounds(worker, lambda: worker.store.reports.status("hoa-lu"))


def test_an_oversized_report_is_dropped_before_it_waits_for_its_turn(worker, air, settings):
    settled(worker)
    air.say(topics.presence(settings.fleet, "hoa-lu"), b"x" * 10_000, retain=False)
    air.say(topics.status(settings.fleet, "hoa-lu"), b"x" * 10, retain=False)
    until(lambda: not worker._inbox.is_empty())
    assert [message.payload for message in worker._inbox.take()] == [b"x" * 10]


def test_the_presence_of_a_player_is_known(worker, air, settings):
    settled(worker)
    presence = Presence(state="online", boot="0" * 16, connection=1)
    air.say(topics.presence(settings.fleet, "hoa-lu"), msgspec.json.encode(presence))
    rounds(worker, lambda: "hoa-lu" in worker.store.reports.presences())


# Faults


def test_a_wrong_clock_seals_nothing_but_reports_are_taken_in(worker, air, settings):
    at = now_ms()
    rounds(worker, lambda: all_published(air), at)
    provisioning.retire_display(worker.store, "ubnd", by=ADMINISTRATOR, at=at)
    say_status(air, serial=1)
    rounds(worker, lambda: worker.store.reports.status("hoa-lu"), at - HOUR)
    assert not air.manifest("ubnd").retired
    rounds(worker, lambda: air.manifest("ubnd").retired, at + 1)


def test_a_part_that_fails_stops_no_other_and_goes_well_again(worker, air, settings):
    rounds(worker, lambda: all_published(air))
    blobs, worker.store.blobs.root = worker.store.blobs.root, Path("/proc/nowhere")
    with worker.store.transaction():
        renamed = msgspec.structs.replace(DISPLAYS[1], name="Tên mới")
        worker.store.displays.save(renamed)
        worker.store.audit.record(who="x", act="y", subject="z", at=1)
    worker.step(now_ms())
    say_status(air, serial=1)
    rounds(worker, lambda: worker.store.reports.status("hoa-lu"))
    before = air.manifest("ubnd")
    worker.store.blobs.root = blobs
    rounds(worker, lambda: air.manifest("ubnd").safe != before.safe)


def test_the_time_is_answered_with_the_players_own_nonce(worker, settings, air):
    nonce = "0f" * 16
    sealed = ask_time(settings.home_path, nonce)
    answer = air.opened(sealed, Kind.TIME, TimeAnswer)
    assert (answer.nonce, answer.fleet) == (nonce, settings.fleet)


@pytest.mark.parametrize("nonce", ["", "0f", "0F" * 16, "x" * 32, "0f" * 17])
def test_the_time_is_not_sealed_for_what_is_no_nonce(worker, settings, nonce):
    assert ask_time(settings.home_path, nonce) is None


def test_keys_renewed_by_another_program_are_taken_up(worker, air, settings):
    at = now_ms()
    rounds(worker, lambda: all_published(air), at)
    serial = worker.key_list.serial
    worker.files.begin_epoch(at=at + 1)
    rounds(worker, lambda: worker.key_list.serial > serial, at + 2 * MINUTE)
    assert air.manifest("hoa-lu").epoch == 2


def test_only_one_worker_runs_in_a_house(worker, settings):
    with pytest.raises(AlreadyRunning):
        Worker(settings)


def test_a_stopped_worker_ends(settings):
    worker = Worker(settings)
    worker.stop()
    worker.run()
    Worker(settings).close()
