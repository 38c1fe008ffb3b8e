"""API tokens: made for a program, shown once, ended at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from players.contract.limits import DAY
from signage.domain.people import Action, granted_to
from signage.domain.sentences import N_
from signage.web.context import now, person, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.accounts import people

pages = Blueprint("tokens", __name__, url_prefix="/tokens")

LIVES_DAYS = (7, 30, 90, 365)

SCOPES = {
    Action.VIEW: N_("Xem"),
    Action.EDIT: N_("Soạn nội dung, tải ảnh lên"),
    Action.SUBMIT: N_("Trình duyệt"),
    Action.REVIEW: N_("Duyệt, trả lại"),
    Action.REVIEW_LANGUAGE: N_("Thẩm định bản dịch"),
    Action.SCHEDULE: N_("Lên lịch phát"),
    Action.WITHDRAW: N_("Gỡ khẩn"),
    Action.ALERT: N_("Phát khẩn cấp"),
    Action.HOLD: N_("Tắt, giữ màn hình và điều khiển máy phát"),
    Action.PROVISION: N_("Quản lý đơn vị, màn hình"),
    Action.MANAGE_PEOPLE: N_("Quản lý người dùng"),
    Action.WARN: N_("Nộp bản tin cảnh báo (CAP)"),
    Action.ALERT_TEMPLATES: N_("Soạn mẫu cảnh báo"),
    Action.READ_AUDIT: N_("Xem nhật ký hệ thống"),
}


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    return _page(secret=None)


def _page(secret: str | None) -> str:
    mine = granted_to(person())
    return render_template(
        "tokens/page.html",
        tokens=people.tokens(store(), by=person()),
        scopes=[(action, words) for action, words in SCOPES.items() if action in mine],
        scope_words=SCOPES,
        lives=LIVES_DAYS,
        secret=secret,
        at=now(),
    )


@pages.post("")
@allowed(Action.VIEW)
@shows_again(page)
def issue() -> str:
    scopes = {one.value: one for one in Action}
    secret = people.issue_token(
        store(),
        name=text("name"),
        scopes=[scopes[one] for one in request.form.getlist("scopes") if one in scopes],
        expires_at=now() + whole_number("days", default=30) * DAY,
        by=person(),
        at=now(),
    )
    # No redirect: the secret would have to be kept somewhere on the way.
    return _page(secret=secret)


@pages.post("/<token_id>/revoke")
@allowed(Action.VIEW)
@shows_again(page)
def revoke(token_id: str) -> Response:
    people.revoke_token(store(), token_id, by=person(), at=now())
    flash(gettext("Đã thu hồi khóa API."))
    return redirect(url_for(".page"), 303)
