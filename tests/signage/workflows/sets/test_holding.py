"""Holds: who may place them, what is sealed of them, when they end, and what comes from outside."""

from pathlib import Path

import msgspec
import pytest

from players.contract import documents, topics
from players.contract.alerts import Covers
from players.contract.holds import Blank, HoldSet, Meeting, SafeSlide
from players.contract.keys import Role
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.signature import Kind, open_sealed, seal
from signage.domain.hold import HoldKind
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.keys import KeyFiles
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.sets import holding, laid_sets
from signage.workflows.sets.hold_sets import HOLDS
from tests.signage.pleiku import (
    ADMINISTRATOR,
    APPROVER,
    DUTY_OFFICER,
    HOUSE_SCREEN,
    NOON,
    OFFICER,
    SMALL_BOARD,
    VIEWER,
)
from tests.signage.sealing import freely_set

TOPIC = topics.holds("pleiku", SMALL_BOARD.id)


class Desk:
    """The sealer's hold key at work, and how players read what it seals."""

    def __init__(self, folder: Path) -> None:
        files = KeyFiles(folder, "pleiku")
        files.make(at=NOON)
        self.key_list, self.key = files.key_list(), files.signer(Role.HOLD)
        self.sealing = SealingDesk(self.key, fleet="pleiku", epoch=1, boot_ms=lambda: 0)

    def publish(self, store, at=NOON):
        published = laid_sets.publish(
            store, self.sealing, HOLDS, profiles=store.profiles.by_id(), at=at
        )
        return {one.profile: one for one in published}

    def entries(self, sealed: bytes):
        trusted = self.key_list.trusted_for(Kind.HOLDS, NOON)
        found = documents.decode(open_sealed(sealed, Kind.HOLDS, trusted)[0], HoldSet)
        return documents.hold_entries(found.entries)[0]

    def outside(self, *entries, serial=NOON + HOUR) -> bytes:
        """A hold set of the small board, sealed by another controller with the same key."""
        whole = HoldSet(
            schema=1,
            fleet="pleiku",
            epoch=1,
            serial=serial,
            issued_at=NOON,
            profile=SMALL_BOARD.id,
            entries=[documents.raw(entry) for entry in entries],
        )
        return seal(documents.encode(whole), Kind.HOLDS, self.key)

    def hears(self, store, sealed: bytes, at=NOON):
        return laid_sets.adopt(
            store, self.key_list, HOLDS, fleet="pleiku", topic=TOPIC, sealed=sealed, at=at
        )


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "keys")


def hold(store, kind=HoldKind.BLANK, *targets, by=DUTY_OFFICER, until=NOON + HOUR, at=NOON):
    return holding.place(
        store,
        kind,
        targets=targets or ("all",),
        until=until,
        authorise=freely_set(store),
        by=by,
        at=at,
    )


def elsewhere(name="elsewhere", kind=Blank, **changes):
    fields = {
        "id": name,
        "revision": 1,
        "covers": Covers(everything=True),
        "begins_at": NOON,
        "expires_at": NOON + HOUR,
    }
    return kind(**(fields | changes))


def test_stopping_everything_is_sealed_for_every_kind_of_display(store, desk):
    hold(store)
    published = desk.publish(store)
    assert set(published) == {profile.id for profile in store.profiles.all()}
    for one in published.values():
        (entry,) = desk.entries(one.sealed.sealed)
        assert isinstance(entry, Blank)
        assert entry.covers.everything


def test_a_second_round_seals_nothing(store, desk):
    hold(store)
    desk.publish(store)
    assert desk.publish(store, NOON + MINUTE) == {}


def test_a_hold_that_is_lifted_is_not_in_the_next_set(store, desk):
    placed = hold(store)
    desk.publish(store)
    holding.lift(store, placed.id, authorise=freely_set(store), by=DUTY_OFFICER, at=NOON + MINUTE)
    assert desk.entries(desk.publish(store, NOON + MINUTE)[SMALL_BOARD.id].sealed.sealed) == []


def test_a_hold_leaves_the_set_when_its_time_is_over(store, desk):
    hold(store, until=NOON + HOUR)
    desk.publish(store)
    assert desk.entries(desk.publish(store, NOON + HOUR)[SMALL_BOARD.id].sealed.sealed) == []


def test_a_meeting_brings_its_page_to_the_displays_in_front_of_which_it_is(store, desk):
    hold(store, HoldKind.MEETING, "display:nvh-hoi-phu", by=OFFICER)
    one = desk.publish(store)[HOUSE_SCREEN.id]
    (entry,) = desk.entries(one.sealed.sealed)
    assert isinstance(entry, Meeting)
    assert one.new_pages == [page.blob.sha256 for page in entry.pages]
    assert store.publications.is_published(one.new_pages[0])


@pytest.mark.parametrize("by", [OFFICER, APPROVER, DUTY_OFFICER, ADMINISTRATOR])
def test_whoever_answers_for_a_display_may_always_stop_it(store, by):
    assert hold(store, HoldKind.SAFE, "display:nvh-hoi-phu", by=by).created_by == by.id


@pytest.mark.parametrize(
    ("by", "target"),
    [(VIEWER, "display:ubnd"), (OFFICER, "display:ubnd"), (OFFICER, "all"), (OFFICER, "tag:x")],
)
def test_nobody_stops_what_is_not_his(store, by, target):
    with pytest.raises(Refused):
        hold(store, HoldKind.BLANK, target, by=by)
    assert store.holds.recent() == []


def test_nobody_lifts_what_a_higher_unit_holds(store):
    placed = hold(store)
    with pytest.raises(NotAllowed):
        holding.lift(store, placed.id, authorise=freely_set(store), by=OFFICER, at=NOON)


def test_every_hold_and_its_end_stand_in_the_log_with_who_and_why(store):
    placed = holding.place(
        store,
        HoldKind.SAFE,
        targets=["display:ubnd"],
        until=NOON + HOUR,
        why="Hình lạ trên bảng",
        authorise=freely_set(store),
        by=DUTY_OFFICER,
        at=NOON,
    )
    holding.lift(store, placed.id, authorise=freely_set(store), by=APPROVER, at=NOON + MINUTE)
    lifted, began = store.audit.page(limit=2)
    assert (began.act, began.who, began.detail["why"]) == (
        "hold.placed",
        DUTY_OFFICER.login,
        "Hình lạ trên bảng",
    )
    assert (lifted.act, lifted.who) == ("hold.lifted", APPROVER.login)


@pytest.mark.parametrize("until", [NOON - 1, NOON + 8 * DAY])
def test_an_end_that_can_not_be_is_refused_in_words(store, until):
    with pytest.raises(Refused) as refused:
        hold(store, until=until)
    assert refused.value.field == "until"


def test_another_end_is_a_new_revision(store, desk):
    placed = hold(store)
    holding.extend(
        store,
        placed.id,
        authorise=freely_set(store),
        until=NOON + 2 * HOUR,
        by=DUTY_OFFICER,
        at=NOON + MINUTE,
    )
    (entry,) = desk.entries(desk.publish(store, NOON + MINUTE)[SMALL_BOARD.id].sealed.sealed)
    assert (entry.revision, entry.expires_at) == (2, NOON + 2 * HOUR)


def test_a_hold_from_outside_is_adopted_and_sealed_on_as_it_came(store, desk):
    theirs = elsewhere(why="Sự cố")
    assert desk.hears(store, desk.outside(theirs))
    (adopted,) = store.holds.live(NOON)
    assert (adopted.kind, adopted.why, adopted.outside) == (HoldKind.BLANK, "Sự cố", True)
    assert desk.publish(store, NOON + 2) == {}, "what they say is what we would say"
    hold(store, HoldKind.SAFE, "display:ubnd", at=NOON + 3)
    entries = desk.entries(desk.publish(store, NOON + 3)[SMALL_BOARD.id].sealed.sealed)
    assert theirs in entries
    assert len(entries) == 2


def test_a_hold_that_outside_has_lifted_is_lifted_here(store, desk):
    desk.hears(store, desk.outside(elsewhere()))
    assert desk.hears(store, desk.outside(serial=NOON + 2 * HOUR))
    assert store.holds.live(NOON) == []


def test_a_hold_that_outside_could_not_know_of_goes_on(store, desk):
    hold(store)
    desk.hears(store, desk.outside(elsewhere()))
    assert len(store.holds.live(NOON)) == 2


@pytest.mark.parametrize("serial", [NOON - 1, NOON])
def test_an_older_set_is_not_adopted(store, desk, serial):
    hold(store)
    desk.publish(store)
    assert desk.hears(store, desk.outside(elsewhere(kind=SafeSlide), serial=serial)) is None


def test_a_set_of_a_stranger_is_not_adopted(store, desk, tmp_path):
    desk.key = Desk(tmp_path / "stranger").key
    assert desk.hears(store, desk.outside(elsewhere())) is None
    assert store.holds.recent() == []


def test_an_entry_of_a_kind_not_known_here_is_carried_on(store, desk):
    strange = {"kind": "mirror", "id": "strange", "expires_at": NOON + HOUR, "of": "a window"}
    whole = HoldSet(
        schema=1,
        fleet="pleiku",
        epoch=1,
        serial=NOON + 1,
        issued_at=NOON,
        profile=SMALL_BOARD.id,
        entries=[msgspec.Raw(msgspec.json.encode(strange))],
    )
    desk.hears(store, seal(documents.encode(whole), Kind.HOLDS, desk.key))
    hold(store)
    payload, _ = open_sealed(
        desk.publish(store, NOON + 2)[SMALL_BOARD.id].sealed.sealed,
        Kind.HOLDS,
        desk.key_list.trusted_for(Kind.HOLDS, NOON),
    )
    kinds = [msgspec.json.decode(e)["kind"] for e in documents.decode(payload, HoldSet).entries]
    assert kinds == ["blank", "mirror"]
