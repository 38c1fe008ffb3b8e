"""One's own account: changing the password, making a passkey for alerts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.people import MIN_PASSWORD_LETTERS, Action
from signage.domain.sentences import N_, Refused
from signage.web import confirming, sessions
from signage.web.context import now, password_cost, person, sealer, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.accounts import people

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    return render_template("account/page.html", least=MIN_PASSWORD_LETTERS)


@pages.post("")
@allowed(Action.VIEW)
@shows_again(page)
def change_password() -> Response:
    new = request.form.get("password", "")
    if new != request.form.get("again", ""):
        raise Refused(
            N_("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại."), field="again"
        )
    old = request.form.get("old_password", "")
    people.change_password(store(), old, new, by=person(), at=now(), cost=password_cost())
    # The stamp of the session changed with the password; this browser goes on.
    sessions.begin(person())
    flash(
        gettext("Đã đổi mật khẩu. Các máy khác đang đăng nhập bằng tài khoản này đã bị đăng xuất.")
    )
    return redirect(url_for(".page"), 303)


@pages.get("/passkey")
@allowed(Action.ALERT)
def passkey() -> Response:
    return redirect(url_for(".page", _anchor="passkey"), 303)


@pages.post("/passkey")
@allowed(Action.ALERT)
@shows_again(page)
def make_passkey() -> Response:
    """Hand what the browser made to the sealer, which alone decides."""
    credential = confirming.credential("credential")
    sealer().enrol(person().login, text("code"), credential)
    flash(gettext("Đã đăng ký khóa truy cập. Từ nay bạn xác nhận cảnh báo được bằng khóa này."))
    return redirect(url_for(".page"), 303)
