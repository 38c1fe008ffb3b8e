from collections.abc import Callable

from signage.domain.review import State
from signage.domain.slide import slide_hash
from signage.store import Store
from signage.web.context import now
from tests.signage.pleiku import APPROVER, OFFICER, OTHER_OFFICER
from tests.signage.web.scene import approved, playlist, say
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_a_playlist_leaves_the_displays_with_a_reason(visit: Visit, store: Store) -> None:
    on_air = approved(store, playlist(store))
    visitor = visit(OFFICER)
    visitor.open("/withdrawals")
    page = visitor.send(f"/withdrawals/{on_air.id}", reason="Sai ngày", follow=True)
    assert store.submissions.get(on_air.id).state is State.WITHDRAWN
    assert "Đã gỡ cả danh sách: “Sai ngày”" in words(page)


def test_one_slide_leaves_every_playlist_that_shows_it(visit: Visit, store: Store) -> None:
    one, copy = (approved(store, playlist(store, title=title)) for title in ("Một", "Hai"))
    slide = slide_hash(one.document.slides[0])
    visitor = visit(APPROVER)
    visitor.open("/withdrawals")
    page = visitor.send(f"/withdrawals/{one.id}", subject=slide, reason="Sai", follow=True)
    assert "Đã gỡ trang chiếu này khỏi 2 danh sách" in words(page)
    assert store.submissions.get(copy.id).is_withdrawn(slide)


def test_a_reason_is_needed_and_what_was_chosen_stays(visit: Visit, store: Store) -> None:
    on_air = approved(store, playlist(store))
    slide = slide_hash(on_air.document.slides[0])
    visitor = visit(OFFICER)
    visitor.open("/withdrawals")
    answer = visitor.send(f"/withdrawals/{on_air.id}", subject=slide, reason=" ")
    assert answer.status_code == 422
    assert f'id="withdraw-{on_air.id}-reason-wrong"' in answer.text
    assert f'value="{slide}" checked' in answer.text


def test_the_page_names_the_displays_that_still_show_it(visit: Visit, store: Store) -> None:
    on_air = approved(store, playlist(store))
    shown = on_air.rendition(on_air.document.subjects()[0], "hd-1920x1080")
    assert shown is not None
    say(store, "nvh-hoi-phu", blob=shown.blob, at=now())
    visitor = visit(OFFICER)
    visitor.open("/withdrawals")
    page = visitor.send(f"/withdrawals/{on_air.id}", reason="Sai ngày", follow=True)
    assert "Còn 1 màn hình đang hiện Nhà văn hóa Hội Phú" in words(page)
    say(store, "nvh-hoi-phu", at=now() + 1)
    page = visitor.open(f"/withdrawals/{on_air.id}")
    assert "Không còn màn hình nào báo đang hiện" in words(page)


def test_content_of_another_ward_is_not_offered_and_not_taken(visit: Visit, store: Store) -> None:
    on_air = approved(store, playlist(store))
    visitor = visit(OTHER_OFFICER)
    assert "Chợ Tết" not in words(visitor.open("/withdrawals"))
    data = {"csrf_token": visitor.token, "reason": "Không thích"}
    assert visitor.post(f"/withdrawals/{on_air.id}", data).status_code == 403
    assert store.submissions.get(on_air.id).state is State.APPROVED
