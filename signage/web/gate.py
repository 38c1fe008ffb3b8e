"""Who gets in: nothing is open unless marked so, and no form counts without our own token in it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from signage.domain.people import Action, NotAllowed, granted_to
from signage.domain.sentences import N_
from signage.web import sessions

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()

_PUBLIC: set[Callable[..., Any]] = set()
_NEEDS: dict[Callable[..., Any], Action] = {}
_LIMITS: dict[Callable[..., Any], int] = {}

MAX_FORM_BYTES = 1_000_000


def public(view: View) -> View:
    """Open a page to everybody."""
    _PUBLIC.add(view)
    return view


def allowed(action: Action) -> Callable[[View], View]:
    """Open a page to people whose role covers `action`; the workflow looks at the unit."""

    def mark(view: View) -> View:
        _NEEDS[view] = action
        return view

    return mark


def takes(limit: int) -> Callable[[View], View]:
    """Let a page receive up to `limit` bytes; all others take a megabyte."""

    def mark(view: View) -> View:
        _LIMITS[view] = limit
        return view

    return mark


def need_of(view: Callable[..., Any]) -> Action | None:
    """Return what a page asks of a role, None for an open page; KeyError for an unmarked one."""
    return None if view in _PUBLIC else _NEEDS[view]


def guard(app: Flask) -> None:
    """Put the gate in front of every page of `app`, cheapest question first."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # it ends with the session, whose own limit is shorter
    csrf.init_app(app)
    app.before_request(_refuse_big_bodies)
    app.before_request(_refuse_strangers)
    app.before_request(_refuse_foreign_forms)


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def _refuse_big_bodies() -> None:
    # Before the session and before a single byte of the body is read.
    view = _view()
    request.max_content_length = _LIMITS.get(view, MAX_FORM_BYTES) if view else MAX_FORM_BYTES
    if (request.content_length or 0) > request.max_content_length:
        abort(413)


def _refuse_strangers() -> Response | None:
    view = _view()
    if view is None or view in _PUBLIC or request.endpoint == "static":
        return None
    if not current_user.is_authenticated:
        return sessions.ask_to_sign_in(ended=g.get("session_ended", False))
    if _NEEDS[view] not in granted_to(current_user.user):
        raise NotAllowed(
            N_(
                "Vai trò của bạn không có quyền làm việc này."
                " Hãy nhờ người có quyền hoặc liên hệ quản trị hệ thống."
            )
        )
    return None


def _refuse_foreign_forms() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"} or _view() is None:
        return
    # A token is sent by a program on purpose; a cookie comes along by itself.
    if not sessions.came_by_token():
        csrf.protect()
