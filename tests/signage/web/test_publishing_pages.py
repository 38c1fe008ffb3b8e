from collections.abc import Callable

import msgspec
import pytest

from players.contract.limits import MINUTE
from signage.domain.people import User
from signage.store import Store
from signage.store.documents import to_text
from signage.web.context import now
from signage.workflows.approval.review_supplements import missing_renditions
from signage.workflows.publication import overtaken
from signage.workflows.publication.publishing import FAILED
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, NOON, OFFICER, WARD
from tests.signage.web.visitor import Visitor, words
from tests.signage.workflows.approval.test_review_supplements import NEW, with_new_board, work

Visit = Callable[..., Visitor]


def _hold(store: Store) -> None:
    overtaken.hold(store, {"hoa-lu": NOON}, fleet="pleiku", at=NOON)


def test_nothing_held_is_said_plainly(visit: Visit) -> None:
    assert "Phát hành đang chạy bình thường" in words(visit(APPROVER).open("/publishing"))


def test_a_held_publishing_is_told_on_every_page_of_who_can_help(
    visit: Visit, store: Store
) -> None:
    _hold(store)
    assert "Máy chủ đang tạm dừng phát hành" in words(visit(ADMINISTRATOR).open("/"))
    assert "Máy chủ đang tạm dừng phát hành" not in words(visit(OFFICER).open("/"))


def test_the_administrator_lets_publishing_go_on(visit: Visit, store: Store) -> None:
    _hold(store)
    administrator = visit(ADMINISTRATOR)
    page = words(administrator.open("/publishing"))
    assert "Ngã ba Hoa Lư" in page
    assert administrator.send("/publishing/release").status_code == 303
    assert overtaken.held(store) is None
    assert "Phát hành đang chạy bình thường" in words(administrator.open("/publishing"))


def test_an_approver_sees_that_it_is_held_and_whom_to_tell(visit: Visit, store: Store) -> None:
    _hold(store)
    page = visit(APPROVER).open("/publishing")
    assert "Hãy báo quản trị hệ thống" in words(page)
    assert "/publishing/release" not in page.text


def test_a_ward_officer_has_no_business_there(visit: Visit) -> None:
    assert visit(OFFICER).open("/publishing").status_code == 403


def test_pictures_for_a_new_kind_of_display_are_approved_with_one_button(
    visit: Visit, store: Store
) -> None:
    submission = with_new_board(store)
    approver = visit(APPROVER)
    assert "Duyệt 1 hình bổ sung" in words(approver.open("/publishing"))
    address = f"/publishing/supplements/{submission.id}/{NEW.id}"
    assert approver.send(address).status_code == 303
    assert store.submissions.get(submission.id).is_drawn_for(NEW)
    work(store, NOON + MINUTE)
    assert "hình bổ sung" not in words(approver.open("/publishing")).partition("bình thường")[2]


def test_after_the_release_the_worker_publishes_again(visit: Visit, store: Store) -> None:
    work(store, now())
    overtaken.hold(store, {"hoa-lu": now()}, fleet="pleiku", at=now())
    assert work(store, now() + MINUTE) == {}
    administrator = visit(ADMINISTRATOR)
    administrator.open("/publishing")
    administrator.send("/publishing/release", follow=True)
    assert "hoa-lu" in work(store, now() + MINUTE)


@pytest.mark.parametrize("by", [OFFICER, APPROVER])
def test_only_the_administrator_lets_publishing_go_on(visit: Visit, store: Store, by: User) -> None:
    _hold(store)
    visitor = visit(by)
    visitor.open("/")
    answer = visitor.post("/publishing/release", {"csrf_token": visitor.token})
    assert answer.status_code == 403
    assert overtaken.held(store) is not None


def test_the_administrator_of_a_ward_is_told_who_decides(visit: Visit, store: Store) -> None:
    _hold(store)
    with store.transaction():
        store.users.save(msgspec.structs.replace(ADMINISTRATOR, unit=WARD.id))
    page = visit(ADMINISTRATOR).open("/publishing")
    assert "Hãy báo quản trị hệ thống của thành phố" in words(page)
    assert "/publishing/release" not in page.text


def test_a_display_that_could_not_be_sent_all_is_told_in_words(visit: Visit, store: Store) -> None:
    why = {"hoa-lu": "2 of 9 schedule entries do not fit", "ubnd": "LookupError: x"}
    with store.transaction():
        store.publications.keep_note(FAILED, to_text(why))
    page = words(visit(ADMINISTRATOR).open("/publishing"))
    assert "Ngã ba Hoa Lư Quá nhiều lịch phát: 2 trong 9 lịch" in page
    assert "Trước UBND Không lập được chương trình mới" in page


def test_the_review_queue_shows_the_pictures_for_a_new_kind_of_display(
    visit: Visit, store: Store
) -> None:
    submission = with_new_board(store)
    approver = visit(APPROVER)
    page = approver.open("/reviews")
    (blob,) = missing_renditions(store, by=APPROVER)[0].hashes.values()
    assert f'src="/previews/{blob}"' in page.text
    address = f"/publishing/supplements/{submission.id}/{NEW.id}"
    back = approver.send(address, follow=True)
    assert back.request.path == "/reviews"
    assert "hình bổ sung" not in words(back).partition("Màn hình sẽ hiện")[2]


def test_pictures_that_nobody_was_shown_are_refused(visit: Visit, store: Store) -> None:
    submission = with_new_board(store)
    approver = visit(APPROVER)
    approver.open("/reviews")
    (subject,) = missing_renditions(store, by=APPROVER)[0].hashes
    address = f"/publishing/supplements/{submission.id}/{NEW.id}"
    answer = approver.send(address, **{f"subject:{subject}": "0" * 64})
    assert answer.status_code == 422
    assert not store.submissions.get(submission.id).is_drawn_for(NEW)


def test_own_submissions_wait_for_another_approver(visit: Visit, store: Store) -> None:
    submission = with_new_board(store)
    author = store.users.get(submission.submitted_by)
    with store.transaction():
        store.users.save(msgspec.structs.replace(author, role=APPROVER.role))
    page = visit(author).open("/reviews")
    assert "Quy định hai người" in words(page)
    assert "/publishing/supplements/" not in page.text
