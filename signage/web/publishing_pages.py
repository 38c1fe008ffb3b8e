"""How publishing stands: whether it is held, what could not be sent, which pictures are missing."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.domain.people import Action
from signage.domain.programme import Missing
from signage.web import naming
from signage.web.context import now, person, store
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.publishing_words import failure_sentence
from signage.web.refusals import shows_again
from signage.web.supplement_parts import hashes_sent, supplements_for
from signage.web.surroundings import came_from
from signage.workflows.approval import review_supplements
from signage.workflows.publication import overtaken
from signage.workflows.publication.publishing_state import publishing_state

pages = Blueprint("publishing", __name__, url_prefix="/publishing")


@pages.get("")
@allowed(Action.READ_AUDIT)
def page() -> str:
    state = publishing_state(store(), by=person())
    return render_template(
        "publishing/page.html",
        state=state,
        failures={
            naming.display_name(name): (failure_sentence(why), why)
            for name, why in state.failures.items()
        },
        missing=_counted(state.missing),
        **supplements_for(person()),
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
    hashes = hashes_sent()
    review_supplements.approve_missing(
        store(), submission_id, profile_id, hashes, by=person(), at=now()
    )
    flash(gettext("Đã duyệt hình bổ sung. Màn hình sẽ hiện trong ít phút."))
    from_queue = (came_from() or "").startswith(url_for("reviews.page"))
    return redirect(url_for("reviews.page" if from_queue else ".page"), 303)


def _counted(missing: list[Missing]) -> list[tuple[str, str, int]]:
    """Return title, profile in words and how many schedule entries wait for pictures."""
    return [
        (store().submissions.get(submission).document.title, naming.profile_name(profile), count)
        for (submission, profile), count in sorted(
            Counter((one.submission, one.profile) for one in missing).items()
        )
    ]
