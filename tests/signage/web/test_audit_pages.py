from collections.abc import Callable

from signage.store import Store
from signage.web.audit_pages import ACTS, PER_PAGE
from tests.signage.pleiku import APPROVER, NOON, OFFICER
from tests.signage.web.scene import approved, playlist
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_the_log_tells_who_did_what_in_words(visit: Visit, store: Store) -> None:
    approved(store, playlist(store))
    page = words(visit(APPROVER).open("/audit"))
    assert f"{APPROVER.login} Duyệt" in page
    assert f"{OFFICER.login} Trình duyệt" in page


def test_the_log_is_filtered_by_person_and_by_thing(visit: Visit, store: Store) -> None:
    made = playlist(store)
    approved(store, made)
    visitor = visit(APPROVER)
    assert (
        "Trình duyệt" not in words(visitor.open(f"/audit?who={APPROVER.login}")).partition("Lọc")[2]
    )
    page = words(visitor.open(f"/audit?subject=playlist:{made.id}")).partition("Lọc")[2]
    assert "Tạo danh sách phát" in page
    assert "Đăng nhập" not in page


def test_the_log_is_paged(visit: Visit, store: Store) -> None:
    with store.transaction():
        for number in range(PER_PAGE + 5):
            store.audit.record(who="x", act="sign-in", subject=f"user:{number}", at=NOON)
    visitor = visit(APPROVER)
    newest = visitor.open("/audit").text
    older = newest.partition("before=")[2].partition('"')[0].partition("&")[0]
    assert "user:1<" not in newest
    assert "user:1<" in visitor.open(f"/audit?before={older}").text


def test_the_chain_is_checked_from_the_first_row(visit: Visit) -> None:
    page = visit(APPROVER).open("/audit?verify=1")
    assert "Nhật ký còn nguyên vẹn" in words(page)


def test_every_act_that_is_recorded_has_words(visit: Visit, store: Store) -> None:
    approved(store, playlist(store))
    visit(APPROVER)
    assert {row.act for row in store.audit.page()} <= set(ACTS)
