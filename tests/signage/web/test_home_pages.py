from collections.abc import Callable

from signage.store import Store
from signage.web.context import now
from signage.workflows.approval import review
from tests.signage.pleiku import APPROVER, DUTY_OFFICER, NOON, OFFICER, VIEWER
from tests.signage.web.scene import playlist, say, submitted
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_an_officer_sees_drafts_and_what_came_back_with_the_comment(
    visit: Visit, store: Store
) -> None:
    playlist(store, title="Bản nháp của tôi")
    sent = submitted(store, playlist(store, title="Bị trả"))
    review.return_(store, sent.id, comment="Thêm nguồn tin", by=APPROVER, at=NOON)
    page = words(visit(OFFICER).open("/"))
    assert "Có 2 việc đang chờ bạn" in page
    assert "Bản nháp của tôi" in page
    assert "“Thêm nguồn tin”" in page


def test_an_approver_sees_what_waits(visit: Visit, store: Store) -> None:
    submitted(store, playlist(store, title="Chờ duyệt nhé"))
    page = words(visit(APPROVER).open("/"))
    assert "Chờ bạn duyệt Chờ duyệt nhé" in page


def test_a_duty_officer_has_the_emergency_button_at_once(visit: Visit) -> None:
    page = visit(DUTY_OFFICER).open("/")
    assert 'class="btn btn-danger btn-big" href="/alerts/new"' in page.text


def test_displays_in_trouble_are_named(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", at=now() - 600_000)
    page = words(visit(VIEWER).open("/"))
    assert "Cần xem lại Ngã ba Hoa Lư" in page
