"""Pictures for a new profile are added by another person's click; what was approved stays."""

from zoneinfo import ZoneInfo

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract.limits import MINUTE
from signage.domain.people import NotAllowed, Role
from signage.domain.review import Submission
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.approval import withdrawing
from signage.workflows.approval.review import NotLegible
from signage.workflows.approval.review_supplements import (
    Supplement,
    approve_missing,
    missing_renditions,
)
from signage.workflows.publication import publishing, scheduling
from signage.workflows.publication.publishing import publish_changes
from signage.workflows.publication.sealing import SealingDesk
from tests.signage.pleiku import (
    APPROVER,
    CITY,
    CITY_OFFICER,
    DISPLAYS,
    NOON,
    ROAD_BOARD,
    WARD,
    person,
)
from tests.signage.workflows.desk import approved_playlist

NEW = msgspec.structs.replace(ROAD_BOARD, id="led-512x256", width=512, height=256)
TINY = msgspec.structs.replace(ROAD_BOARD, id="led-32x16", width=32, height=16)


def work(store: Store, at: int = NOON) -> dict[str, bytes]:
    """A round of the worker."""
    desk = SealingDesk(Ed25519PrivateKey.generate(), fleet="pleiku", epoch=1)
    sealed = publish_changes(store, desk, zone=ZoneInfo("Asia/Ho_Chi_Minh"), at=at)
    return {one.addressee: one.sealed for one in sealed}


def with_new_board(store: Store, profile=NEW) -> Submission:
    """An approved playlist that is scheduled on a display of a profile that came later."""
    submission = approved_playlist(store, "hoa-lu")
    scheduling.add_entry(
        store,
        playlist=submission.playlist,
        targets=[f"unit:{CITY.id}"],
        first_date="2026-11-23",
        last_date="2026-11-30",
        by=CITY_OFFICER,
        at=NOON,
    )
    with store.transaction():
        store.profiles.add(profile)
        store.displays.save(msgspec.structs.replace(DISPLAYS[0], id="bang-moi", profile=profile.id))
    work(store)
    return submission


def only(store: Store, by=APPROVER) -> Supplement:
    (supplement,) = missing_renditions(store, by=by)
    return supplement


def approve(store: Store, supplement: Supplement, *, by=APPROVER, **changes) -> Submission:
    details = {"profile": supplement.profile.id, "hashes": supplement.hashes} | changes
    return approve_missing(
        store,
        supplement.submission.id,
        details["profile"],
        details["hashes"],
        by=by,
        at=NOON + MINUTE,
    )


def test_what_a_new_profile_lacks_waits_with_its_pictures(store):
    submission = with_new_board(store)
    supplement = only(store)
    assert (supplement.submission.id, supplement.profile) == (submission.id, NEW)
    (preview,) = supplement.previews
    assert (preview.rendition.width, preview.rendition.height) == NEW.size
    assert supplement.hashes == {preview.subject_hash: preview.rendition.blob}
    assert supplement.is_legible


def test_without_a_gap_nothing_waits(store):
    approved_playlist(store, "hoa-lu")
    work(store)
    assert missing_renditions(store, by=APPROVER) == []


def test_once_approved_it_is_on_air(store):
    with_new_board(store)
    supplement = only(store)
    approve(store, supplement)
    assert set(work(store, NOON + 2 * MINUTE)) == {"bang-moi"}
    assert publishing.missing(store) == []
    assert all(store.publications.is_published(blob) for blob in supplement.hashes.values())


def test_it_waits_no_more_although_the_worker_has_not_come_round(store):
    with_new_board(store)
    approve(store, only(store))
    assert missing_renditions(store, by=APPROVER) == []


def test_what_was_approved_before_stays_as_it_was(store):
    before = with_new_board(store)
    after = approve(store, only(store))
    assert store.submissions.get(before.id) == after
    for subject, by_profile in before.renditions.items():
        assert by_profile.items() <= after.renditions[subject].items()
    fields = set(Submission.__struct_fields__) - {"renditions"}
    assert all(getattr(after, name) == getattr(before, name) for name in fields)


def test_nobody_adds_pictures_to_an_own_submission(store):
    with_new_board(store)
    supplement = only(store)
    own = msgspec.structs.replace(APPROVER, id=CITY_OFFICER.id)
    assert missing_renditions(store, by=own) == []
    with pytest.raises(NotAllowed):
        approve(store, supplement, by=own)


@pytest.mark.parametrize("by", [CITY_OFFICER, person(Role.APPROVER, WARD.id)])
def test_only_who_may_approve_the_units_content_adds_pictures(store, by):
    with_new_board(store)
    supplement = only(store)
    assert missing_renditions(store, by=by) == []
    with pytest.raises(NotAllowed):
        approve(store, supplement, by=by)


def test_pictures_that_nobody_saw_are_not_approved(store):
    with_new_board(store)
    supplement = only(store)
    for hashes in ({}, dict.fromkeys(supplement.hashes, "0" * 64)):
        with pytest.raises(Refused):
            approve(store, supplement, hashes=hashes)
    assert not store.submissions.get(supplement.submission.id).is_drawn_for(NEW)


def test_pictures_are_added_once(store):
    with_new_board(store)
    supplement = only(store)
    approve(store, supplement)
    with pytest.raises(Refused):
        approve(store, supplement)


def test_approved_pictures_are_never_replaced(store):
    with_new_board(store)
    supplement = only(store)
    with pytest.raises(Refused):
        approve(store, supplement, profile=ROAD_BOARD.id)


def test_what_was_withdrawn_meanwhile_gets_no_pictures(store):
    with_new_board(store)
    supplement = only(store)
    withdrawing.withdraw(
        store, supplement.submission.id, reason="sai", by=CITY_OFFICER, at=NOON + 1
    )
    assert missing_renditions(store, by=APPROVER) == []
    with pytest.raises(Refused):
        approve(store, supplement)


def test_what_can_not_be_read_on_the_new_profile_is_shown_but_not_approved(store):
    with_new_board(store, TINY)
    supplement = only(store)
    assert not supplement.is_legible
    assert supplement.previews[0].refusal
    with pytest.raises(NotLegible):
        approve(store, supplement)


def test_who_added_which_pictures_is_in_the_audit_log(store):
    with_new_board(store)
    supplement = only(store)
    approve(store, supplement)
    row = store.audit.page(limit=1)[0]
    assert (row.act, row.who) == ("submission.supplemented", APPROVER.login)
    assert row.detail["profile"] == NEW.id
    assert row.detail["hashes"] == supplement.hashes


def test_what_is_submitted_later_has_pictures_for_the_new_profile_by_itself(store):
    with_new_board(store)
    assert approved_playlist(store, "ubnd", title="Khác").is_drawn_for(NEW)
