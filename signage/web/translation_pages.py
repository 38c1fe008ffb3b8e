"""Translations: what waits for somebody who has the language, and what that person says."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.domain.people import Action
from signage.web import naming
from signage.web.context import now, person, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.web.review_pages import detail
from signage.workflows.content import translating

pages = Blueprint("translations", __name__, url_prefix="/translations")


@pages.get("")
@allowed(Action.REVIEW_LANGUAGE)
def page() -> str:
    waiting = translating.waiting_for(store(), person())
    return render_template("translations/page.html", waiting=waiting)


def _again(submission_id: str, **_: str) -> str:
    return detail(submission_id)


@pages.post("/<submission_id>/<language>")
@allowed(Action.REVIEW_LANGUAGE)
@shows_again(_again)
def decide(submission_id: str, language: str) -> Response:
    approved = text("answer") == "approve"
    changed = translating.decide_language(
        store(),
        submission_id,
        language,
        text("content_hash"),
        approved=approved,
        comment=text("comment"),
        by=person(),
        at=now(),
    )
    name, title = naming.language_within(language), changed.document.title
    if approved:
        sentence = gettext("Đã duyệt bản %(name)s của “%(title)s”.", name=name, title=title)
    else:
        sentence = gettext("Đã trả lại bản %(name)s của “%(title)s”.", name=name, title=title)
    flash(sentence)
    return redirect(url_for("reviews.detail", submission_id=submission_id), 303)
