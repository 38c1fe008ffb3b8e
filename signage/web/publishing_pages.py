"""How publishing stands: whether it is held, what could not be sent, which pictures are missing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.people import Action, grants
from signage.web.context import now, person, store
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows import overtaken, publishing, review_supplements

pages = Blueprint("publishing", __name__, url_prefix="/publishing")

SUBJECT = "subject:"
"""Before the hash of a slide or strip in the form that approves its picture."""


@pages.get("")
@allowed(Action.READ_AUDIT)
def page() -> str:
    mine = grants(person().role)
    supplements = []
    if Action.REVIEW in mine:
        supplements = review_supplements.missing_renditions(store(), by=person())
    return render_template(
        "publishing/page.html",
        held=overtaken.held(store()),
        failures=publishing.failures(store()),
        supplements=supplements,
        missing=publishing.missing(store()),
        may_release=Action.PROVISION in mine,
        subject_prefix=SUBJECT,
    )


@pages.post("/release")
@allowed(Action.PROVISION)
@shows_again(page)
def release() -> Response:
    overtaken.release(store(), by=person(), at=now())
    flash(gettext("Đã cho phát theo cơ sở dữ liệu này. Các màn hình đổi trong ít phút."))
    return redirect(url_for(".page"), 303)


@pages.post("/supplements/<submission_id>/<profile_id>")
@allowed(Action.REVIEW)
@shows_again(page)
def supplement(submission_id: str, profile_id: str) -> Response:
    hashes = {
        name.removeprefix(SUBJECT): blob
        for name, blob in request.form.items()
        if name.startswith(SUBJECT)
    }
    review_supplements.approve_missing(
        store(), submission_id, profile_id, hashes, by=person(), at=now()
    )
    flash(gettext("Đã duyệt hình bổ sung. Màn hình sẽ hiện trong ít phút."))
    return redirect(url_for(".page"), 303)
