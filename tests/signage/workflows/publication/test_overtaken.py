"""A database that is older than what is on the air publishes nothing until a person decides."""

from zoneinfo import ZoneInfo

import pytest

from players.contract import documents, topics
from players.contract.keys import Role
from players.contract.limits import DAY, HOUR, MAX_AHEAD, MINUTE
from players.contract.manifest import Manifest, UtcOffset
from players.contract.signature import Kind, seal
from players.contract.types import BlobRef
from signage.domain.people import NotAllowed
from signage.domain.people import Role as PersonRole
from signage.keys import KeyFiles
from signage.store import Store
from signage.workflows.displays import provisioning
from signage.workflows.publication import overtaken
from signage.workflows.publication.publishing import forget, publish_changes
from signage.workflows.publication.sealing import SealingDesk
from tests.signage.pleiku import ADMINISTRATOR, CITY_OFFICER, DISPLAYS, NOON, WARD, person
from tests.signage.workflows.said import FLEET, hear, pair, said, status

TOPIC = topics.manifest(FLEET, "hoa-lu")


class House:
    """A controller's keys, and what it would put on the air."""

    def __init__(self, folder) -> None:
        files = KeyFiles(folder, FLEET)
        files.make(at=NOON)
        self.key_list = files.key_list()
        self.key = files.signer(Role.CONTENT)
        self.desk = SealingDesk(self.key, fleet=FLEET, epoch=1, boot_ms=lambda: 0)

    def publish(self, store: Store, at: int = NOON) -> dict[str, int]:
        sealed = publish_changes(store, self.desk, zone=ZoneInfo("Asia/Ho_Chi_Minh"), at=at)
        return {one.addressee: one.serial for one in sealed}

    def manifest(self, serial: int, *, display: str = "hoa-lu", key=None, **changes) -> bytes:
        fields = {
            "schema": 1,
            "fleet": FLEET,
            "epoch": 1,
            "serial": serial,
            "issued_at": NOON,
            "display": display,
            "groups": [],
            "profile": "led-384x192",
            "width": 384,
            "height": 192,
            "valid_until": NOON + DAY,
            "utc_offsets": [UtcOffset(begins_at=0, minutes=420)],
            "entries": [],
            "safe": BlobRef(sha256="0" * 64, bytes=1, media_type="image/png"),
        }
        manifest = Manifest(**(fields | changes))
        return seal(documents.encode(manifest), Kind.MANIFEST, key or self.key)

    def ahead(self, store: Store, retained=None, at: int = NOON) -> dict[str, int]:
        return overtaken.overtaking(
            store, self.key_list, fleet=FLEET, retained=retained or {}, at=at
        )


@pytest.fixture
def house(tmp_path) -> House:
    return House(tmp_path / "keys")


@pytest.fixture
def published(store: Store, house: House) -> Store:
    pair(store)
    house.publish(store)
    return store


def test_what_was_published_from_this_database_overtakes_nobody(published, house):
    on_air = {one.topic: one.sealed for one in published.publications.of_kind(Kind.MANIFEST)}
    hear(published, said(status(serial=NOON)))
    assert house.ahead(published, on_air) == {}


def test_a_retained_manifest_newer_than_the_database_overtakes_it(published, house):
    assert house.ahead(published, {TOPIC: house.manifest(NOON + 1)}) == {"hoa-lu": NOON + 1}


def test_a_status_that_holds_a_newer_manifest_overtakes_it(published, house):
    hear(published, said(status(serial=NOON + 7)))
    assert house.ahead(published) == {"hoa-lu": NOON + 7}


def test_a_display_that_the_database_does_not_even_know_overtakes_it(published, house):
    unknown = house.manifest(5, display="moi")
    assert house.ahead(published, {topics.manifest(FLEET, "moi"): unknown}) == {"moi": 5}


def test_of_broker_and_status_the_newer_counts(published, house):
    hear(published, said(status(serial=NOON + 7)))
    assert house.ahead(published, {TOPIC: house.manifest(NOON + 9)}) == {"hoa-lu": NOON + 9}


def test_what_is_not_validly_sealed_overtakes_nobody(published, house, tmp_path):
    stranger = House(tmp_path / "others")
    garbage = {
        TOPIC: stranger.manifest(NOON + 1),
        topics.manifest(FLEET, "ubnd"): b"garbage",
        topics.manifest(FLEET, "nvh-hoi-phu"): b"",
    }
    assert house.ahead(published, garbage) == {}


def test_a_manifest_on_the_topic_of_another_display_overtakes_nobody(published, house):
    moved = {topics.manifest(FLEET, "ubnd"): house.manifest(NOON + 1)}
    assert house.ahead(published, moved) == {}


def test_what_an_ended_epoch_left_behind_overtakes_nobody(published, house):
    assert house.ahead(published, {TOPIC: house.manifest(NOON + 1, epoch=0)}) == {}


def test_a_serial_from_the_future_in_a_status_overtakes_nobody(published, house):
    hear(published, said(status(serial=NOON + MAX_AHEAD + 1)))
    assert house.ahead(published) == {}


def test_a_display_that_was_wiped_and_forgotten_overtakes_nobody(published, house):
    hear(published, said(status(serial=NOON)))
    provisioning.retire_display(published, "hoa-lu", by=ADMINISTRATOR, at=NOON)
    forget(published, FLEET, "hoa-lu")
    assert house.ahead(published) == {}


def test_while_held_nothing_is_published_and_it_is_told_why(published, house):
    assert overtaken.held(published) is None
    overtaken.hold(published, {"hoa-lu": NOON + 1, "ubnd": NOON + 2}, fleet=FLEET, at=NOON)
    assert overtaken.held(published) == "hoa-lu, ubnd"
    provisioning.retire_display(published, "hoa-lu", by=ADMINISTRATOR, at=NOON)
    assert house.publish(published, NOON + MINUTE) == {}


def test_holding_is_told_once_in_the_audit_log(published):
    for _ in range(3):
        overtaken.hold(published, {"hoa-lu": NOON + 1}, fleet=FLEET, at=NOON)
    acts = [row.act for row in published.audit.page()]
    assert acts.count("publishing.held") == 1


def hold(store: Store, serial: int = NOON + MINUTE) -> None:
    overtaken.hold(store, {"hoa-lu": serial}, fleet=FLEET, at=NOON)


@pytest.mark.parametrize("by", [CITY_OFFICER, person(PersonRole.ADMINISTRATOR, WARD.id)])
def test_only_the_citys_administrator_releases_it(published, by):
    hold(published)
    with pytest.raises(NotAllowed):
        overtaken.release(published, by=by, at=NOON)
    assert overtaken.held(published)


def test_once_released_it_publishes_again(published, house):
    hold(published)
    overtaken.release(published, by=ADMINISTRATOR, at=NOON + 1)
    assert overtaken.held(published) is None
    assert published.audit.page(limit=1)[0].act == "publishing.released"


def test_what_was_ahead_is_sealed_anew_above_what_is_on_the_air(published, house):
    hold(published, NOON + MINUTE)
    overtaken.release(published, by=ADMINISTRATOR, at=NOON + 1)
    assert house.publish(published, NOON + 2) == {"hoa-lu": NOON + MINUTE + 1}
    assert house.publish(published, NOON + 3) == {}


def test_after_the_release_the_same_things_on_the_air_hold_nobody_again(published, house):
    on_air = {
        TOPIC: house.manifest(NOON + MINUTE),
        topics.manifest(FLEET, "moi"): house.manifest(9, display="moi"),
    }
    overtaken.hold(published, house.ahead(published, on_air), fleet=FLEET, at=NOON)
    overtaken.release(published, by=ADMINISTRATOR, at=NOON + 1)
    assert house.ahead(published, on_air) == {}
    house.publish(published, NOON + 2)
    assert house.ahead(published, on_air) == {}


def test_a_serial_from_the_future_is_not_carried_on(published, house):
    hold(published, NOON + 400 * DAY)
    overtaken.release(published, by=ADMINISTRATOR, at=NOON + 1)
    assert house.publish(published, NOON + HOUR) == {"hoa-lu": NOON + HOUR}
    assert house.publish(published, NOON + HOUR + 1) == {}


def test_releasing_what_is_not_held_changes_nothing(published):
    before = published.audit.page(limit=1)
    overtaken.release(published, by=ADMINISTRATOR, at=NOON)
    assert published.audit.page(limit=1) == before


def test_every_display_that_was_ahead_is_sealed_anew(published, house):
    overtaken.hold(published, {d.id: NOON + 1 for d in DISPLAYS}, fleet=FLEET, at=NOON)
    overtaken.release(published, by=ADMINISTRATOR, at=NOON + 1)
    assert len(house.publish(published, NOON + 2)) == len(DISPLAYS)
