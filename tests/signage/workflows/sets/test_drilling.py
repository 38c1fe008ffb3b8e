"""Drills: drawn as drills, sealed by the drill key alone, never above an alert, and reported."""

from pathlib import Path

import msgspec
import pytest

from players.contract import documents, topics
from players.contract.alerts import AlertSet
from players.contract.keys import Role
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.reports import Presented
from players.contract.signature import Kind, open_sealed
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.keys import KeyFiles
from signage.workflows.alerts.alert_sets import publish_sets
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.sets import drilling, laid_sets
from signage.workflows.sets.drill_sets import DRILLS
from tests.signage.pleiku import DUTY_OFFICER, NOON, OFFICER, ROAD_BOARD, SMALL_BOARD
from tests.signage.sealing import freely_set
from tests.signage.workflows.alarm import FLOOD, flood


class Desk:
    """The sealer's drill key at work, and how players read what it seals."""

    def __init__(self, folder: Path, fleet: str = "pleiku") -> None:
        files = KeyFiles(folder, fleet)
        files.make(at=NOON)
        self.key_list = files.key_list()
        drill, alert = files.signer(Role.DRILL), files.signer(Role.ALERT)
        self.sealing = SealingDesk(drill, fleet=fleet, epoch=1, boot_ms=lambda: 0)
        self.alarm = SealingDesk(alert, fleet=fleet, epoch=1, boot_ms=lambda: 0)

    def publish(self, store, at=NOON):
        published = laid_sets.publish(
            store, self.sealing, DRILLS, profiles=store.profiles.by_id(), at=at
        )
        return {one.profile: one for one in published}

    def opened(self, sealed: bytes) -> AlertSet:
        trusted = self.key_list.trusted_for(Kind.DRILLS, NOON)
        return documents.decode(open_sealed(sealed, Kind.DRILLS, trusted)[0], AlertSet)

    def entries(self, sealed: bytes):
        return documents.alert_entries(self.opened(sealed).entries)[0]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "keys")


def draft(store, *targets, begins_at=NOON, lasts=HOUR, at=NOON, by=DUTY_OFFICER):
    return drilling.draft(
        store,
        FLOOD,
        targets=targets or ("display:ubnd",),
        begins_at=begins_at,
        expires_at=begins_at + lasts,
        by=by,
        at=at,
    )


def drill(store, *targets, at=NOON, **changes):
    drafted = draft(store, *targets, at=at, **changes)
    return drilling.plan(store, drafted.id, authorise=freely_set(store), by=DUTY_OFFICER, at=at)


def test_a_drill_is_sealed_as_an_exercise_and_its_words_say_so_too(store, desk):
    planned = drill(store)
    one = desk.publish(store)[SMALL_BOARD.id]
    found = desk.opened(one.sealed.sealed)
    (entry,) = desk.entries(one.sealed.sealed)
    assert found.exercise
    assert (entry.id, entry.headline) == (planned.id, "DIỄN TẬP: Lũ trên sông Ba")


def test_a_drill_is_never_heard(store, desk):
    loud = msgspec.structs.replace(FLOOD, sound=True)
    drafted = drilling.draft(
        store,
        loud,
        targets=["display:ubnd"],
        begins_at=NOON,
        expires_at=NOON + HOUR,
        by=DUTY_OFFICER,
        at=NOON,
    )
    drilling.plan(store, drafted.id, authorise=freely_set(store), by=DUTY_OFFICER, at=NOON)
    (entry,) = desk.entries(desk.publish(store)[SMALL_BOARD.id].sealed.sealed)
    assert entry.sound is None


def test_a_drill_has_pages_of_its_own_that_no_alert_has(store):
    alert, planned = flood(store, "display:ubnd"), draft(store)
    real = {page.blob for page in alert.pages[SMALL_BOARD.id]}
    assert real.isdisjoint({page.blob for page in planned.pages[SMALL_BOARD.id]})


def test_a_drill_never_gets_into_an_alert_set(store, desk):
    drill(store, "all")
    assert publish_sets(store, desk.alarm, at=NOON) == []
    assert store.publications.of_kind(Kind.ALERTS) == []


def test_a_draft_is_not_sealed(store, desk):
    draft(store)
    assert desk.publish(store) == {}


def test_a_drill_planned_for_later_is_sealed_now_with_its_hours(store, desk):
    drill(store, begins_at=NOON + DAY)
    (entry,) = desk.entries(desk.publish(store)[SMALL_BOARD.id].sealed.sealed)
    assert (entry.begins_at, entry.expires_at) == (NOON + DAY, NOON + DAY + HOUR)


def test_a_drill_that_was_stopped_is_not_in_the_next_set(store, desk):
    planned = drill(store)
    desk.publish(store)
    drilling.stop(store, planned.id, authorise=freely_set(store), by=DUTY_OFFICER, at=NOON + MINUTE)
    after = desk.publish(store, NOON + MINUTE)[SMALL_BOARD.id].sealed.sealed
    assert desk.entries(after) == []


def test_no_drill_begins_where_a_real_alert_runs(store):
    flood(store, "display:ubnd")
    with pytest.raises(Refused, match="Lũ trên sông Ba"):
        drill(store, "all")


def test_a_drill_may_begin_where_no_real_alert_runs(store, desk):
    flood(store, "display:hoa-lu")
    drill(store, "display:ubnd")
    assert set(desk.publish(store)) == {SMALL_BOARD.id}


def test_a_ward_officer_starts_no_drill(store):
    with pytest.raises(NotAllowed):
        draft(store, "display:nvh-hoi-phu", by=OFFICER)


def test_confirming_twice_is_refused(store):
    planned = drill(store)
    with pytest.raises(Refused):
        drilling.plan(store, planned.id, authorise=freely_set(store), by=DUTY_OFFICER, at=NOON)


def test_a_draft_that_was_left_lying_is_refused(store):
    drafted = draft(store)
    with pytest.raises(Refused, match="30 phút"):
        drilling.plan(
            store, drafted.id, authorise=freely_set(store), by=DUTY_OFFICER, at=NOON + HOUR
        )


@pytest.mark.parametrize(("begins", "lasts"), [(90 * DAY, HOUR), (0, 5 * HOUR), (0, 0)])
def test_hours_that_can_not_be_are_refused(store, begins, lasts):
    with pytest.raises(Refused):
        draft(store, begins_at=NOON + begins, lasts=lasts)


def test_the_report_says_which_displays_showed_it_and_after_how_long(store):
    planned = drill(store, "all")
    shown = Presented(id=planned.id, revision=1, received_at=NOON, presented_at=NOON + 1500)
    with store.transaction():
        store.reports.save_presented("ubnd", [shown])
    rows = drilling.report(store, planned, by=DUTY_OFFICER)
    table = drilling.as_csv(planned, rows)
    assert [row.state for row in rows][-1] == "shown"
    assert f"{planned.id},ubnd,Trước UBND,pleiku-city,shown,1.5" in table
    assert table.count("waiting") == 3


def test_a_drill_from_outside_is_adopted_and_sealed_on(store, desk):
    drill(store, "all")
    theirs = desk.publish(store)[ROAD_BOARD.id].sealed
    with store.transaction():  # the database as it was before: restored from a backup
        for one in store.publications.of_kind(Kind.DRILLS):
            store.publications.forget(one.topic)
        store.rows.write(drills_deleted())
    adopted = laid_sets.adopt(
        store,
        desk.key_list,
        DRILLS,
        fleet="pleiku",
        topic=topics.drills("pleiku", ROAD_BOARD.id),
        sealed=theirs.sealed,
        at=NOON,
    )
    (known,) = store.drills.live(NOON)
    assert adopted
    assert (known.words, known.outside) == (FLOOD, True)
    assert desk.publish(store, NOON + 1) == {}, "what they say is what we would say"


def drills_deleted():
    from sqlalchemy import delete

    from signage.store.drills import drills_table

    return delete(drills_table)
