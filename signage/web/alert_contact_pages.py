"""The contacts that may stand on alerts: phone numbers and addresses, kept by administrators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.domain.alert_contacts import ALWAYS
from signage.domain.people import Action
from signage.web.context import now, person, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.alerts import alert_templates

pages = Blueprint("alert_contacts", __name__, url_prefix="/alert-contacts")


@pages.get("")
@allowed(Action.MANAGE_PEOPLE)
def page() -> str:
    return render_template(
        "alert_templates/contacts.html", contacts=store().alert_contacts.all(), always=ALWAYS
    )


@pages.post("")
@allowed(Action.MANAGE_PEOPLE)
@shows_again(page)
def add() -> Response:
    alert_templates.add_contact(store(), text("contact"), by=person(), at=now())
    flash(gettext("Đã thêm vào danh sách. Cảnh báo mới được phép có liên hệ này."))
    return redirect(url_for(".page"), 303)


@pages.post("/remove")
@allowed(Action.MANAGE_PEOPLE)
@shows_again(page)
def remove() -> Response:
    alert_templates.remove_contact(store(), text("contact"), by=person(), at=now())
    return redirect(url_for(".page"), 303)
