"""Break-glass, reviewed afterwards: what one person sent alone, and what somebody says to that."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.domain.people import Action
from signage.web.context import now, person, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.alerts import alone_reviews

pages = Blueprint("alert_reviews", __name__, url_prefix="/alert-reviews")


@pages.get("")
@allowed(Action.REVIEW)
def page(alert_id: str = "") -> str:
    return render_template("alert_reviews/page.html", **_parts(alert_id))


@pages.post("/<alert_id>")
@allowed(Action.REVIEW)
@shows_again(page)
def review(alert_id: str) -> Response:
    alone_reviews.review(store(), alert_id, comment=text("comment"), by=person(), at=now())
    flash(gettext("Đã ghi ý kiến xem lại vào nhật ký."))
    return redirect(url_for(".page"), 303)


def _parts(alert_id: str) -> dict[str, Any]:
    sent = alone_reviews.sent_alone(store())
    return {"sent": sent, "alerts": {one.alert: store().alerts.get(one.alert) for one in sent},
            "refused_of": alert_id}  # fmt: skip
