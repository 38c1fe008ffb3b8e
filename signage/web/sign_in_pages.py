"""Signing in and out, and the language switch."""

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response

from signage.domain.sentences import N_, Refused
from signage.web import sessions
from signage.web.context import now, password_cost, store
from signage.web.gate import public
from signage.web.language import COOKIE, LANGUAGES, gettext
from signage.web.refusals import shows_again
from signage.workflows.accounts import people

pages = Blueprint("sign_in", __name__)

# One process serves all pages, so its own memory is the whole memory.
limiter = Limiter(get_remote_address, storage_uri="memory://")

TRIES_FROM_ONE_ADDRESS = "30 per minute"
TRIES_FOR_ONE_LOGIN = "60 per minute"
TRIES_FOR_ONE_LOGIN_FROM_ONE_ADDRESS = "8 per minute"
"""The narrow limit counts both together: else anybody could lock an officer out by the name."""
YEAR_SECONDS = 365 * 24 * 3600


def _login() -> str:
    return request.form.get("login", "").strip().lower()[:60]


@pages.get("/sign-in")
@public
def form() -> str | Response:
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("home.page"), 303)
    way = sessions.safe_way_back(request.values.get("next"))
    return render_template("sign_in/form.html", way=way or "")


@pages.post("/sign-in")
@public
@shows_again(form)
@limiter.limit(TRIES_FROM_ONE_ADDRESS)
@limiter.limit(TRIES_FOR_ONE_LOGIN, key_func=lambda: f"login:{_login()}")
@limiter.limit(
    TRIES_FOR_ONE_LOGIN_FROM_ONE_ADDRESS,
    key_func=lambda: f"login:{_login()}:{get_remote_address()}",
)
def sign_in() -> Response:
    user = people.authenticate(
        store(), _login(), request.form.get("password", ""), at=now(), cost=password_cost()
    )
    if user is None:
        raise Refused(
            N_("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock rồi nhập lại."),
            field="password",
        )
    sessions.begin(user)
    way = sessions.safe_way_back(request.form.get("next"))
    return redirect(way or url_for("home.page"), 303)


@pages.post("/sign-out")
@public
def leave() -> Response:
    sessions.end()
    flash(gettext("Bạn đã đăng xuất."))
    return redirect(url_for(".form"), 303)


@pages.post("/language")
@public
def switch_language() -> Response:
    wanted = request.form.get("language", "vi")
    way = sessions.safe_way_back(request.form.get("way_back")) or url_for("home.page")
    answer = make_response(redirect(way, 303))
    if wanted in LANGUAGES:
        answer.set_cookie(
            COOKIE,
            wanted,
            max_age=YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return answer
