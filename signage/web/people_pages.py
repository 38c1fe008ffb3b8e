"""People: who has an account, in which role; new ones, new passwords, locking."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.language import REVIEWED
from signage.domain.names import NotFound
from signage.domain.people import MIN_PASSWORD_LETTERS, ROLE_NAMES, Action, Role, User
from signage.domain.sentences import N_, Refused
from signage.web import choices
from signage.web.context import now, password_cost, person, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.accounts import people

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("")
@allowed(Action.MANAGE_PEOPLE)
def page() -> str:
    users = sorted(people.users(store(), by=person()), key=lambda one: (not one.active, one.login))
    return render_template("people/page.html", users=users)


@pages.get("/new")
@allowed(Action.MANAGE_PEOPLE)
def new() -> str:
    return render_template("people/form.html", user=None, **_form_parts())


@pages.post("")
@allowed(Action.MANAGE_PEOPLE)
@shows_again(new)
def create() -> Response:
    made = people.create_user(
        store(),
        login=text("login"),
        name=text("name"),
        role=_role(),
        unit=text("unit"),
        password=text("password"),
        languages=request.form.getlist("languages"),
        by=person(),
        at=now(),
        cost=password_cost(),
    )
    flash(gettext("Đã tạo tài khoản “%(login)s”.", login=made.login))
    return redirect(url_for(".page"), 303)


@pages.get("/<user_id>")
@allowed(Action.MANAGE_PEOPLE)
def detail(user_id: str) -> str:
    return render_template("people/form.html", user=_mine(user_id), **_form_parts())


@pages.post("/<user_id>")
@allowed(Action.MANAGE_PEOPLE)
@shows_again(detail)
def update(user_id: str) -> Response:
    is_me = user_id == person().id
    people.update_user(
        store(),
        user_id,
        name=text("name"),
        role=None if is_me else _role(),
        unit=None if is_me else text("unit"),
        languages=None if is_me else request.form.getlist("languages"),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã lưu."))
    return redirect(url_for(".page"), 303)


@pages.post("/<user_id>/active")
@allowed(Action.MANAGE_PEOPLE)
@shows_again(detail)
def set_active(user_id: str) -> Response:
    active = request.form.get("active") == "yes"
    changed = people.update_user(store(), user_id, active=active, by=person(), at=now())
    sentence = (
        gettext("Đã mở lại tài khoản “%(login)s”.", login=changed.login)
        if active
        else gettext("Đã khóa tài khoản “%(login)s”.", login=changed.login)
    )
    flash(sentence)
    return redirect(url_for(".page"), 303)


@pages.post("/<user_id>/password")
@allowed(Action.MANAGE_PEOPLE)
@shows_again(detail)
def reset_password(user_id: str) -> Response:
    people.reset_password(
        store(), user_id, text("password"), by=person(), at=now(), cost=password_cost()
    )
    flash(gettext("Đã đặt mật khẩu mới. Người này phải đăng nhập lại bằng mật khẩu mới."))
    return redirect(url_for(".page"), 303)


def _mine(user_id: str) -> User:
    for user in people.users(store(), by=person()):
        if user.id == user_id:
            return user
    raise NotFound(N_("Không có người dùng này trong đơn vị của bạn. Hãy tải lại danh sách."))


def _role() -> Role:
    try:
        return Role(text("role"))
    except ValueError:
        raise Refused(N_("Chưa chọn vai trò. Hãy chọn một vai trò."), field="role") from None


def _form_parts() -> dict[str, Any]:
    return {
        "roles": list(ROLE_NAMES),
        "units": choices.units_for(Action.MANAGE_PEOPLE),
        "least": MIN_PASSWORD_LETTERS,
        "tongues": REVIEWED,
    }
