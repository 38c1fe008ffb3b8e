import unicodedata
from collections.abc import Callable

import pytest
from flask import Flask

from signage.store import Store
from signage.web import sessions
from signage.workflows.accounts import people
from tests.signage.pleiku import ADMINISTRATOR, CHEAP, NOON, OFFICER, VIEWER
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]
MINUTE = 60_000


def fall_asleep(visitor: Visitor, minutes: int) -> None:
    """Let the last sign of life be `minutes` ago."""
    with visitor.client.session_transaction() as session:
        session["seen"] -= minutes * MINUTE


def test_an_idle_session_ends(visit: Visit) -> None:
    visitor = visit(OFFICER)
    fall_asleep(visitor, 61)
    assert visitor.open("/").status_code == 303


def test_a_session_in_use_goes_on(visit: Visit) -> None:
    visitor = visit(OFFICER)
    fall_asleep(visitor, 59)
    assert visitor.open("/").status_code == 200
    fall_asleep(visitor, 59)
    assert visitor.open("/").status_code == 200


def test_a_live_page_that_asks_by_itself_keeps_nobody_signed_in(visit: Visit) -> None:
    visitor = visit(OFFICER)
    fall_asleep(visitor, 59)
    visitor.client.head("/wall/events")
    fall_asleep(visitor, 2)
    assert visitor.open("/").status_code == 303


def test_the_wall_of_a_viewer_stays_on_for_half_a_day(visit: Visit) -> None:
    visitor = visit(VIEWER)
    fall_asleep(visitor, 11 * 60)
    assert visitor.open("/wall").status_code == 200


def test_a_form_sent_after_the_end_leads_to_sign_in_with_a_sentence_and_back(visit: Visit) -> None:
    visitor = visit(OFFICER)
    visitor.open("/playlists")
    fall_asleep(visitor, 61)
    page = visitor.send("/playlists", title="Chợ Tết", follow=True)
    assert "Phiên làm việc đã hết" in words(page)
    back = visitor.send("/sign-in", login=OFFICER.login, password="mat khau rat dai")
    assert back.headers["Location"] == "/playlists"


def test_an_upload_after_the_end_is_told_so_in_words(visit: Visit) -> None:
    visitor = visit(OFFICER)
    fall_asleep(visitor, 61)
    answer = visitor.client.post(
        "/library",
        data={"file": (__file__, "anh.jpg")},
        headers={"Accept": "application/json", "Referer": "http://localhost/library"},
    )
    assert answer.status_code == 401
    error = answer.get_json()["error"]
    assert error["message_vi"].startswith("Phiên làm việc đã hết")
    assert error["message_en"].startswith("Your session has ended")
    assert error["sign_in"] == "/sign-in?next=/library"


def test_a_new_password_ends_the_sessions_of_other_browsers(visit: Visit) -> None:
    here, elsewhere = visit(OFFICER), visit(OFFICER)
    here.open("/account")
    new = "mot mat khau khac"
    here.send("/account", old_password="mat khau rat dai", password=new, again=new)
    assert here.open("/").status_code == 200
    assert elsewhere.open("/").status_code == 303


def test_a_locked_person_is_out_at_once(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    people.update_user(store, OFFICER.id, active=False, by=ADMINISTRATOR, at=NOON)
    assert visitor.open("/").status_code == 303


def test_a_cookie_of_another_secret_is_no_session(visit: Visit, app: Flask) -> None:
    visitor = visit(OFFICER)
    app.config["SECRET_KEY"] = b"another secret"
    assert visitor.open("/").status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        None,
    ],
)
def test_signing_in_leads_to_no_other_site(address: str | None) -> None:
    assert sessions.safe_way_back(address) is None


def test_a_token_that_is_wrong_is_nobody_even_with_a_cookie(visit: Visit) -> None:
    visitor = visit(OFFICER)
    answer = visitor.open("/api/v1/playlists", headers={"Authorization": "Bearer sgn_wrong"})
    assert answer.status_code == 401


def test_the_password_works_in_both_forms_of_vietnamese_letters(
    stranger: Visitor, store: Store
) -> None:
    people.reset_password(store, OFFICER.id, "mật khẩu dài", by=ADMINISTRATOR, at=NOON, cost=CHEAP)
    decomposed = unicodedata.normalize("NFD", "mật khẩu dài")
    assert stranger.sign_in(OFFICER.login, decomposed).status_code == 303
