from collections.abc import Callable

from players.contract.limits import MINUTE
from signage.store import Store
from signage.workflows import overtaken
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, NOON, OFFICER
from tests.signage.web.visitor import Visitor, words
from tests.signage.workflows.test_review_supplements import NEW, with_new_board, work

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
    assert "hoa-lu" in page
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
    assert NEW.id in store.submissions.get(submission.id).profiles()
    work(store, NOON + MINUTE)
    assert "hình bổ sung" not in words(approver.open("/publishing")).partition("bình thường")[2]
