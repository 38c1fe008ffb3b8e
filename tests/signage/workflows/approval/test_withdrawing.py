"""What is wrong leaves every screen, with the reason."""

import pytest

from signage.domain.people import NotAllowed
from signage.domain.review import State
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.approval import withdrawing
from tests.signage.pleiku import DUTY_OFFICER, NOON, OFFICER, VIEWER
from tests.signage.workflows.desk import approve, approved_playlist, new_playlist, submit


def test_one_act_takes_a_submission_off_air_and_keeps_the_reason(store: Store) -> None:
    on_air = approved_playlist(store, "ubnd")
    gone = withdrawing.withdraw(store, on_air.id, reason="Sai giờ", by=DUTY_OFFICER, at=NOON)
    assert gone.state is State.WITHDRAWN
    assert store.submissions.approved() == []
    [withdrawal] = store.submissions.get(on_air.id).withdrawals
    assert (withdrawal.reason, withdrawal.by) == ("Sai giờ", DUTY_OFFICER.id)


def test_a_wrong_slide_leaves_every_playlist_that_shows_it(store: Store) -> None:
    first = approved_playlist(store, "ubnd", title="Một")
    copy = approved_playlist(store, "hoa-lu", title="Hai")
    [subject] = first.document.subjects()
    changed = withdrawing.withdraw_slide(
        store, first.id, subject, reason="Sai giờ", by=DUTY_OFFICER, at=NOON
    )
    assert [one.id for one in changed] == [first.id, copy.id]
    for one in store.submissions.approved():
        assert one.is_withdrawn(subject)


def test_a_reason_is_needed(store: Store) -> None:
    on_air = approved_playlist(store, "ubnd")
    with pytest.raises(Refused) as refused:
        withdrawing.withdraw(store, on_air.id, reason=" ", by=DUTY_OFFICER, at=NOON)
    assert refused.value.field == "reason"
    assert store.submissions.approved() == [on_air]


def test_only_who_may_takes_things_off_air(store: Store) -> None:
    on_air = approved_playlist(store, "ubnd")
    for person in (VIEWER, OFFICER):
        with pytest.raises(NotAllowed):
            withdrawing.withdraw(store, on_air.id, reason="Sai", by=person, at=NOON)


def test_what_is_not_on_air_is_not_withdrawn(store: Store) -> None:
    waiting = submit(store, new_playlist(store, "ubnd"))
    with pytest.raises(Refused, match="không còn đang phát"):
        withdrawing.withdraw(store, waiting.id, reason="Sai", by=DUTY_OFFICER, at=NOON)


def test_a_withdrawn_playlist_comes_back_only_through_review(store: Store) -> None:
    on_air = approved_playlist(store, "ubnd")
    withdrawing.withdraw(store, on_air.id, reason="Sai giờ", by=DUTY_OFFICER, at=NOON)
    again = submit(store, store.playlists.get(on_air.playlist))
    assert store.submissions.approved() == []
    approve(store, again)
    assert [one.id for one in store.submissions.approved()] == [again.id]
