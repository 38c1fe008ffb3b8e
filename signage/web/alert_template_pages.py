"""Templates of alerts: written and drawn beforehand, approved by somebody else with a factor."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.alert_template import MINUTES
from signage.domain.factor import APPROVE
from signage.domain.people import Action, granted_to
from signage.web import alert_words, confirming, naming
from signage.web.alert_samples import sample_named
from signage.web.alert_shapes import LEVELS, MOST, SYMBOLS, TONGUES, drawn_of
from signage.web.context import now, person, sealer, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.alerts import alert_templates

pages = Blueprint("alert_templates", __name__, url_prefix="/alert-templates")


@pages.get("")
@allowed(Action.ALERT_TEMPLATES)
def page() -> str:
    return render_template("alert_templates/page.html", templates=store().alert_templates.all())


@pages.get("/new")
@allowed(Action.ALERT_TEMPLATES)
def new() -> str:
    sample = sample_named(request.values.get("sample"))
    return render_template("alert_templates/form.html", sample=sample, **_form_parts())


@pages.post("")
@allowed(Action.ALERT_TEMPLATES)
@shows_again(new)
def write() -> Response:
    template = alert_templates.write(
        store(),
        title=text("title"),
        words=alert_words.words(),
        areas=text("areas").splitlines(),
        minutes=whole_number("minutes", default=60),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã lưu mẫu. Lãnh đạo duyệt cần xem và duyệt thì trực ban mới dùng được."))
    return redirect(url_for(".detail", template_id=template.id), 303)


@pages.get("/<template_id>")
@allowed(Action.ALERT_TEMPLATES)
def detail(template_id: str) -> str:
    template = alert_templates.get(store(), template_id)
    may_approve = Action.REVIEW in granted_to(person()) and template.made_by != person().login
    return render_template(
        "alert_templates/detail.html",
        template=template,
        binds=template.binds,
        drawn=drawn_of(template.pages),
        may_approve=may_approve and not template.approved_by,
        ways=confirming.ways(APPROVE) if may_approve else None,
    )


@pages.post("/<template_id>/approve")
@allowed(Action.REVIEW)
@shows_again(detail)
def approve(template_id: str) -> Response:
    alert_templates.approve(
        store(), sealer(), template_id, confirming.given(), by=person(), at=now()
    )
    flash(gettext("Đã duyệt mẫu. Trực ban dùng được ngay."))
    return redirect(url_for(".page"), 303)


@pages.post("/<template_id>/remove")
@allowed(Action.ALERT_TEMPLATES)
@shows_again(detail)
def remove(template_id: str) -> Response:
    alert_templates.remove(store(), template_id, by=person(), at=now())
    flash(gettext("Đã bỏ mẫu. Cảnh báo đang phát từ mẫu này không thay đổi."))
    return redirect(url_for(".page"), 303)


def _form_parts() -> dict[str, Any]:
    return {
        "levels": LEVELS,
        "symbols": SYMBOLS,
        "alert_languages": TONGUES,
        "most": MOST,
        "minutes": MINUTES,
        "my_unit_name": naming.unit_name(person().unit),
        "areas": "\n".join(unit.name for unit in store().units.all() if unit.parent is not None),
    }
