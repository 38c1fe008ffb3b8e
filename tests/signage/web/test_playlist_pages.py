from collections.abc import Callable

from signage.domain.review import State
from signage.store import Store
from signage.workflows.approval import review, withdrawing
from tests.signage.pleiku import APPROVER, CITY_OFFICER, NOON, OFFICER, OTHER_OFFICER, VIEWER
from tests.signage.web.scene import approved, playlist, submitted
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_a_playlist_is_put_together_and_submitted_on_its_page(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    visitor.open("/playlists")
    path = visitor.send("/playlists", title="Chợ Tết", follow=True).request.path
    visitor.send(f"{path}/targets", targets=["nvh-hoi-phu"], follow=True)
    visitor.open(f"{path}/slides/new?layout=slogan")
    visitor.send(f"{path}/slides", text="Chúc mừng năm mới", source="", follow=True)
    visitor.send(f"{path}/tickers", text="Chợ mở từ 7 giờ 00", speed="2", follow=True)
    page = visitor.send(f"{path}/submit", no_state_secret="yes", follow=True)
    assert "Đang chờ duyệt" in words(page)
    waiting = store.submissions.page([OFFICER.unit], states=[State.SUBMITTED])
    assert [one.document.title for one in waiting] == ["Chợ Tết"]


def test_each_slide_is_shown_for_each_target_at_its_exact_pixels(
    visit: Visit, store: Store
) -> None:
    made = playlist(store, by=APPROVER, displays=("hoa-lu", "nvh-hoi-phu"))
    visitor = visit(APPROVER)
    board = visitor.open(f"/playlists/{made.id}?profile=led-384x192").text
    assert 'width="384" height="192"' in board
    screen = visitor.open(f"/playlists/{made.id}?profile=hd-1920x1080").text
    assert 'width="1920" height="1080"' in screen


def test_a_slide_that_a_board_cannot_show_is_refused_beside_it_with_the_reason(
    visit: Visit, store: Store
) -> None:
    made = playlist(store, by=APPROVER, displays=("ubnd",), heading="Chợ Tết " * 14)
    page = visit(APPROVER).open(f"/playlists/{made.id}")
    assert "Chưa hiển thị được trên màn hình này" in words(page)
    assert "hãy rút còn khoảng" in words(page)


def test_the_officer_is_told_what_to_change_before_submitting(visit: Visit, store: Store) -> None:
    displays = ("ubnd", "nvh-hoi-phu")
    heading = "Gọi ông A 0912 345 678"
    made = playlist(store, by=CITY_OFFICER, heading=heading, displays=displays)
    page = visit(CITY_OFFICER).open(f"/playlists/{made.id}")
    assert 'data-finding="phone"' in page.text
    assert "Có 1 điều nên sửa" in words(page)


def test_nothing_is_submitted_without_the_declaration(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}")
    answer = visitor.send(f"/playlists/{made.id}/submit")
    assert answer.status_code == 422
    assert "không chứa bí mật nhà nước" in words(answer)
    assert store.submissions.latest_of(made.id) is None


def test_slides_are_put_into_order_by_buttons(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    made = playlist(store)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=slogan")
    visitor.send(f"/playlists/{made.id}/slides", text="Thứ hai", follow=True)
    visitor.send(f"/playlists/{made.id}/order", follow=True)
    layouts = [slide.layout for slide in store.playlists.get(made.id).draft.slides]
    assert layouts == ["slogan", "notice"]


def test_a_ticker_line_is_changed_and_removed(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}")
    visitor.send(f"/playlists/{made.id}/tickers", text="Một", follow=True)
    line = store.playlists.get(made.id).draft.tickers[0].id
    visitor.send(f"/playlists/{made.id}/tickers/{line}", text="Hai", follow=True)
    assert store.playlists.get(made.id).draft.tickers[0].text == "Hai"
    form = visitor.form(f"/playlists/{made.id}/tickers/{line}").filled({})
    visitor.post(f"/playlists/{made.id}/tickers/{line}/remove", form, follow=True)
    assert store.playlists.get(made.id).draft.tickers == []


def test_the_state_is_said_plainly_at_every_step(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    path = f"/playlists/{made.id}"
    assert "Bản nháp." in words(visitor.open(path))
    sent = submitted(store, made)
    assert "Đang chờ duyệt" in words(visitor.open(path))
    review.return_(store, sent.id, comment="Thêm nguồn tin", by=APPROVER, at=NOON)
    assert "“Thêm nguồn tin”" in words(visitor.open(path))
    on_air = approved(store, made)
    assert "Chưa có lịch phát nên chưa màn hình nào hiện" in words(visitor.open(path))
    withdrawing.withdraw(store, on_air.id, reason="Sai ngày", by=APPROVER, at=NOON)
    assert "Đã gỡ khỏi màn hình" in words(visitor.open(path))


def test_an_edit_after_approval_is_said_not_to_be_on_air(visit: Visit, store: Store) -> None:
    made = playlist(store)
    approved(store, made)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}")
    page = visitor.send(f"/playlists/{made.id}/tickers", text="Thêm", follow=True)
    assert "Có sửa đổi chưa trình" in words(page)


def test_a_playlist_of_another_ward_is_refused_in_words(visit: Visit, store: Store) -> None:
    made = playlist(store)
    answer = visit(OTHER_OFFICER).open(f"/playlists/{made.id}")
    assert answer.status_code == 403
    assert "thuộc đơn vị khác" in words(answer)


def test_a_viewer_sees_without_forms(visit: Visit, store: Store) -> None:
    made = playlist(store)
    page = visit(VIEWER).open(f"/playlists/{made.id}").text.partition("<main")[2]
    assert "<form" not in page


def test_a_playlist_that_was_never_submitted_is_deleted(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}")
    visitor.send(f"/playlists/{made.id}/delete", follow=True)
    assert store.playlists.find(made.id) is None


def test_a_list_longer_than_a_page_is_paged(visit: Visit, store: Store) -> None:
    for number in range(31):
        playlist(store, title=f"Danh sách {number}")
    visitor = visit(OFFICER)
    assert "Trang 1 trên 2" in words(visitor.open("/playlists"))
    assert visitor.open("/playlists?page=2").text.count('<th scope="row">') == 1
    assert visitor.open("/playlists?page=99").status_code == 200
