"""Sessions: a signed cookie that names a person, ends when idle and dies with the password."""

import secrets
from urllib.parse import urlsplit

from flask import (
    Flask,
    Request,
    flash,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, login_user, logout_user
from werkzeug.wrappers import Response

from signage.domain.names import NotFound
from signage.domain.people import Role, User
from signage.domain.sentences import N_
from signage.web.context import now, settings, store
from signage.web.language import gettext
from signage.workflows.accounts import people

MINUTE = 60_000
REMEMBER_EVERY = MINUTE
"""The cookie is written again at most this often while somebody works."""
WALL_IDLE_MINUTES = 12 * 60
"""A viewer can change nothing, and the wall hangs in a room where nobody types."""


SESSION_ENDED = N_(
    "Phiên làm việc đã hết. Hãy đăng nhập lại rồi gửi lại; nội dung đã nhập được giữ."
)
SIGN_IN_FIRST = N_("Hãy đăng nhập để tiếp tục.")


class SignedIn:
    """A person as Flask-Login sees one."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User, *, by_token: bool = False) -> None:
        self.user = user
        self.by_token = by_token

    def get_id(self) -> str:
        """Return what the cookie keeps."""
        return self.user.id


def keep(app: Flask) -> None:
    """Give `app` sessions."""
    manager = LoginManager()
    manager.session_protection = None  # office addresses change in the middle of a morning
    manager.user_loader(_person_of_cookie)
    manager.request_loader(_person_of_token)
    manager.init_app(app)


def begin(user: User) -> None:
    """Start a session for `user`; whatever the old cookie held is gone."""
    session.clear()
    session["stamp"] = store().users.session_stamp(user.id)
    session["seen"] = now()
    login_user(SignedIn(user))


def end() -> None:
    """End the session of this browser."""
    logout_user()
    session.clear()


def came_by_token() -> bool:
    """Say whether this request carries a bearer token instead of a cookie."""
    return bool(g.get("by_token", False))


def ask_to_sign_in(*, ended: bool) -> Response:
    """Answer somebody who is not signed in, in the way the request can use."""
    sentence = SESSION_ENDED if ended else SIGN_IN_FIRST
    way = url_for("sign_in.form", next=_way_back())
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return _as_json(sentence, way)
    if request.headers.get("HX-Request"):
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = way
        return answer
    if ended or request.method != "GET":
        flash(gettext(sentence), "warning")
    return redirect(way, 303)


def safe_way_back(address: str | None) -> str | None:
    """Return `address` when it is a page of ours, so that signing in leads nowhere else."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def _way_back() -> str | None:
    # A part that a page asks for is no page to come back to.
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.full_path.rstrip("?")
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host:
        return None
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")


def _as_json(sentence: str, way: str) -> Response:
    from signage.web.refusals import as_json  # the two need each other's words

    return as_json(sentence, status=401, sign_in=way)


def _person_of_cookie(user_id: str) -> SignedIn | None:
    if request.headers.get("Authorization"):
        return None  # a token speaks for itself, whatever cookie comes along
    try:
        user = store().users.get(user_id)
    except NotFound:
        return _not_any_more()
    stamp = store().users.session_stamp(user_id)
    if not user.active or not secrets.compare_digest(str(session.get("stamp")), str(stamp)):
        return _not_any_more()
    idle = now() - int(session.get("seen", 0))
    if idle > _idle_minutes(user) * MINUTE:
        return _not_any_more()
    if idle > REMEMBER_EVERY and not is_stream(request):
        session["seen"] = now()
    return SignedIn(user)


def _person_of_token(incoming: Request) -> SignedIn | None:
    scheme, _, secret = incoming.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    user = people.user_of_token(store(), secret.strip(), at=now())
    if user is None:
        return None
    g.by_token = True
    return SignedIn(user, by_token=True)


def is_stream(incoming: Request) -> bool:
    """Say whether a page asked by itself; such a request keeps nobody signed in."""
    return incoming.path.endswith(("/events", "/now"))


def _not_any_more() -> SignedIn | None:
    g.session_ended = True
    return None


def _idle_minutes(user: User) -> int:
    own = settings().idle_minutes
    return max(own, WALL_IDLE_MINUTES) if user.role is Role.VIEWER else own
