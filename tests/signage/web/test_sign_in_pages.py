from signage.store import Store
from tests.signage.pleiku import OFFICER
from tests.signage.web.visitor import Visitor, words


def test_the_right_password_opens_the_first_page(stranger: Visitor) -> None:
    answer = stranger.sign_in(OFFICER.login)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert OFFICER.name in stranger.open("/").text


def test_a_wrong_password_is_refused_in_words_and_the_login_stays(stranger: Visitor) -> None:
    answer = stranger.sign_in(OFFICER.login, "sai mat khau roi")
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in words(answer)
    assert f'value="{OFFICER.login}"' in answer.text
    assert "sai mat khau roi" not in answer.text


def test_a_login_that_nobody_has_is_told_the_same(stranger: Visitor) -> None:
    known = words(stranger.sign_in(OFFICER.login, "sai mat khau roi"))
    unknown = words(stranger.sign_in("nobody", "sai mat khau roi"))
    assert known == unknown


def test_trying_passwords_is_slowed_down(stranger: Visitor, store: Store) -> None:
    answers = [stranger.sign_in(OFFICER.login, f"doan thu lan {n}") for n in range(12)]
    assert answers[-1].status_code == 429
    assert "Bạn thử quá nhiều lần" in words(answers[-1])
    refused = [row for row in store.audit.page(limit=50) if row.act == "sign-in.refused"]
    assert len(refused) < 12


def test_signing_out_ends_the_session(stranger: Visitor) -> None:
    stranger.sign_in(OFFICER.login)
    stranger.open("/")
    page = stranger.send("/sign-out", follow=True)
    assert "Bạn đã đăng xuất" in words(page)
    assert stranger.open("/").status_code == 303


def test_the_language_switch_stays_on_the_page_and_with_the_browser(stranger: Visitor) -> None:
    stranger.open("/sign-in?next=/wall")
    page = stranger.send("/language", follow=True)
    assert page.request.full_path == "/sign-in?next=/wall"
    assert "Password" in words(page)
    assert '<html lang="en">' in stranger.open("/sign-in").text


def test_a_field_of_the_form_that_is_at_fault_is_marked_for_screen_readers(
    stranger: Visitor,
) -> None:
    answer = stranger.sign_in(OFFICER.login, "sai mat khau roi")
    assert 'aria-describedby="sign-in-password-wrong" aria-invalid="true"' in answer.text


def test_a_stranger_elsewhere_does_not_lock_an_officer_out(stranger: Visitor) -> None:
    stranger.open("/sign-in")
    form = stranger.form("/sign-in").filled({"login": OFFICER.login, "password": "doan"})
    for _ in range(12):
        stranger.client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert stranger.sign_in(OFFICER.login).status_code == 303
