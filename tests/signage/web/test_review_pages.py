from collections.abc import Callable

from signage.domain.review import State
from signage.store import Store
from tests.signage.pleiku import (
    APPROVER,
    CITY_OFFICER,
    HOUSE_SCREEN,
    OFFICER,
    ROAD_BOARD,
    SMALL_BOARD,
)
from tests.signage.web.scene import playlist, submitted
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_an_approver_sees_every_picture_and_approves_exactly_those(
    visit: Visit, store: Store
) -> None:
    sent = submitted(store, playlist(store))
    visitor = visit(APPROVER)
    assert "Chờ bạn duyệt (1)" in words(visitor.open("/reviews"))
    page = visitor.open(f"/reviews/{sent.id}")
    shown = sent.rendition(sent.document.subjects()[0], "hd-1920x1080")
    assert shown is not None
    assert f'src="/previews/{shown.blob}"' in page.text
    visitor.send(f"/reviews/{sent.id}/approve", follow=True)
    assert store.submissions.get(sent.id).state is State.APPROVED


def test_pictures_of_all_profiles_are_there_to_be_seen(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store))
    page = visit(APPROVER).open(f"/reviews/{sent.id}").text
    for profile in (ROAD_BOARD, SMALL_BOARD, HOUSE_SCREEN):
        assert f"profile={profile.id}" in page


def test_the_approver_sees_what_the_officer_was_told(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store, heading="Gọi ông A 0912 345 678"))
    page = visit(APPROVER).open(f"/reviews/{sent.id}")
    assert 'data-finding="phone"' in page.text
    assert "Nên sửa · Tiêu đề" in words(page)


def test_a_submission_goes_back_with_a_comment(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store))
    visitor = visit(APPROVER)
    visitor.open(f"/reviews/{sent.id}")
    visitor.send(f"/reviews/{sent.id}/return", comment="Thêm giờ mở cửa", follow=True)
    assert store.submissions.get(sent.id).comment == "Thêm giờ mở cửa"


def test_a_return_without_a_comment_is_refused_at_its_field(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store))
    visitor = visit(APPROVER)
    visitor.open(f"/reviews/{sent.id}")
    answer = visitor.send(f"/reviews/{sent.id}/return", comment=" ")
    assert answer.status_code == 422
    assert 'id="return-comment-wrong"' in answer.text


def test_one_s_own_submission_has_no_button_and_says_why(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store, by=APPROVER), by=APPROVER)
    visitor = visit(APPROVER)
    page = visitor.open(f"/reviews/{sent.id}")
    assert "Bạn không tự duyệt được nội dung này" in words(page)
    data = {"csrf_token": visitor.token, "content_hash": sent.content_hash}
    answer = visitor.post(f"/reviews/{sent.id}/approve", data)
    assert answer.status_code == 403
    assert "Hãy nhờ lãnh đạo khác duyệt" in words(answer)
    assert store.submissions.get(sent.id).state is State.SUBMITTED


def test_what_was_decided_meanwhile_is_said(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store))
    one, other = visit(APPROVER), visit(APPROVER)
    one.open(f"/reviews/{sent.id}")
    other.open(f"/reviews/{sent.id}")
    one.send(f"/reviews/{sent.id}/approve")
    answer = other.send(f"/reviews/{sent.id}/approve")
    assert "đã được xử lý" in words(answer)


def test_the_author_may_look_but_not_decide(visit: Visit, store: Store) -> None:
    sent = submitted(store, playlist(store))
    page = visit(OFFICER).open(f"/reviews/{sent.id}")
    assert page.status_code == 200
    assert "/approve" not in page.text


def test_all_displays_it_is_meant_for_are_on_one_page(visit: Visit, store: Store) -> None:
    made = playlist(store, by=CITY_OFFICER, displays=("hoa-lu", "nvh-hoi-phu"))
    sent = submitted(store, made, by=CITY_OFFICER)
    page = visit(APPROVER).open(f"/reviews/{sent.id}").text
    for profile in ("led-384x192", "hd-1920x1080"):
        shown = sent.rendition(sent.document.subjects()[0], profile)
        assert shown is not None
        assert f'src="/previews/{shown.blob}"' in page
