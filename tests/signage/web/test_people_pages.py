from collections.abc import Callable

from signage.domain.people import Role
from signage.store import Store
from tests.signage.pleiku import ADMINISTRATOR, OFFICER, WARD
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]

NEW = {
    "login": "tran-thi-b",
    "name": "Trần Thị B",
    "role": "approver",
    "unit": WARD.id,
    "password": "mot mat khau tam",
}


def test_a_new_person_signs_in(visit: Visit, stranger: Visitor, store: Store) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open("/people/new")
    visitor.send("/people", follow=True, **NEW)
    made = store.users.by_login("tran-thi-b")
    assert made is not None
    assert (made.role, made.unit) == (Role.APPROVER, WARD.id)
    assert stranger.sign_in("tran-thi-b", NEW["password"]).status_code == 303


def test_a_mistake_keeps_what_was_typed_but_not_the_password(visit: Visit) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open("/people/new")
    answer = visitor.send("/people", **{**NEW, "login": "Trần B"})
    assert answer.status_code == 422
    assert 'id="user-login-wrong"' in answer.text
    assert 'value="Trần Thị B"' in answer.text
    assert NEW["password"] not in answer.text


def test_a_forgotten_password_is_set_anew(visit: Visit, stranger: Visitor) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open(f"/people/{OFFICER.id}")
    visitor.send(f"/people/{OFFICER.id}/password", password="mot mat khau moi", follow=True)
    assert stranger.sign_in(OFFICER.login, "mot mat khau moi").status_code == 303


def test_a_person_is_locked_and_opened_again(visit: Visit, stranger: Visitor, store: Store) -> None:
    visitor = visit(ADMINISTRATOR)
    for active, word in (("no", "Đã khóa"), ("yes", "Đã mở lại")):
        visitor.open(f"/people/{OFFICER.id}")
        page = visitor.send(f"/people/{OFFICER.id}/active", active=active, follow=True)
        assert word in words(page)
    assert store.users.get(OFFICER.id).active


def test_nobody_changes_the_own_role(visit: Visit) -> None:
    visitor = visit(ADMINISTRATOR)
    page = visitor.open(f"/people/{ADMINISTRATOR.id}")
    assert 'name="role"' not in page.text
    data = {"csrf_token": visitor.token, "active": "no"}
    assert visitor.post(f"/people/{ADMINISTRATOR.id}/active", data).status_code == 403
