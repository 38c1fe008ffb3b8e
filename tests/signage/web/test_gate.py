from collections.abc import Callable

import pytest
from flask import Flask

from signage.domain.people import Action
from signage.web.gate import MAX_FORM_BYTES, need_of
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, DUTY_OFFICER, OFFICER, VIEWER
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]

OPEN_TO_ALL = {
    "sign_in.form",
    "sign_in.sign_in",
    "sign_in.leave",
    "sign_in.switch_language",
    "machine.blob",
    "machine.sealed",
    "machine.time_now",
    "machine.health",
    "machine.metrics",
    "api.document",
    "cap_feed.feed",
    "cap_feed.message",
}


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    views = {name: view for name, view in app.view_functions.items() if name != "static"}
    open_to_all = {name for name, view in views.items() if need_of(view) is None}
    assert open_to_all == OPEN_TO_ALL


def test_a_stranger_is_asked_to_sign_in_and_comes_back(stranger: Visitor) -> None:
    answer = stranger.open("/playlists?search=tet")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/playlists?search%3Dtet"


@pytest.mark.parametrize(
    ("person", "path"),
    [
        (OFFICER, "/reviews"),
        (OFFICER, "/alerts"),
        (APPROVER, "/people"),
        (DUTY_OFFICER, "/library"),
        (VIEWER, "/withdrawals"),
        (ADMINISTRATOR, "/schedule/new"),
    ],
    ids=lambda one: getattr(one, "role", one),
)
def test_a_page_of_another_role_is_refused_in_words(visit: Visit, person, path: str) -> None:
    answer = visit(person).open(path)
    assert answer.status_code == 403
    assert "Vai trò của bạn không có quyền làm việc này" in words(answer)


@pytest.mark.parametrize("person", [OFFICER, APPROVER, DUTY_OFFICER, VIEWER, ADMINISTRATOR])
def test_the_menu_leads_only_to_pages_one_may_open(visit: Visit, person) -> None:
    visitor = visit(person)
    home = visitor.open("/").text
    menu = home.partition('id="menu"')[2].partition("</nav>")[0]
    paths = [part.partition('"')[0] for part in menu.split('href="')[1:]]
    assert {visitor.open(path).status_code for path in paths} == {200}


def test_a_form_without_our_token_changes_nothing(visit: Visit, store) -> None:
    visitor = visit(OFFICER)
    answer = visitor.client.post("/playlists", data={"title": "Tết"})
    assert answer.status_code == 400
    assert "Hãy tải lại trang rồi gửi lại" in words(answer)
    assert store.playlists.count([OFFICER.unit]) == 0


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(visit: Visit) -> None:
    visitor = visit(OFFICER)

    class Unread:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read before the refusal was sent")

    answer = visitor.client.post(
        "/playlists",
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"CONTENT_LENGTH": str(MAX_FORM_BYTES + 1), "wsgi.input": Unread()},
        buffered=False,
    )
    assert answer.status_code == 413


def test_every_action_opens_some_page(app: Flask) -> None:
    needs = {need_of(view) for name, view in app.view_functions.items() if name != "static"}
    assert set(Action) - needs == set()
