"""Taking something off air: one click with a reason, then a page that shows it disappear."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.people import Action
from signage.domain.review import State, Submission
from signage.web.context import now, person, settings, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.refusals import shows_again
from signage.web.review_pages import sheets_of
from signage.workflows.accounts import people
from signage.workflows.approval import review, withdrawing
from signage.workflows.reports import reporting

pages = Blueprint("withdrawals", __name__, url_prefix="/withdrawals")

RECENT = 20


@pages.get("")
@allowed(Action.WITHDRAW)
def page() -> str:
    units = people.visible_units(store(), person(), Action.WITHDRAW)
    on_air = [one for one in store().submissions.approved() if one.unit in units]
    gone = store().submissions.page(units, states=[State.WITHDRAWN], limit=RECENT)
    partly = [one for one in on_air if one.withdrawals]
    return render_template(
        "withdrawals/page.html",
        on_air=[(one, sheets_of(one)[:1]) for one in on_air],
        gone=sorted([*gone, *partly], key=lambda one: -one.withdrawals[-1].at),
        wanted=request.args.get("submission"),
    )


@pages.post("/<submission_id>")
@allowed(Action.WITHDRAW)
@shows_again(page)
def withdraw(submission_id: str) -> Response:
    subject = text("subject") or None
    if subject is None:
        withdrawing.withdraw(store(), submission_id, reason=text("reason"), by=person(), at=now())
        flash(gettext("Đã gỡ cả danh sách. Trang này cho biết màn hình nào còn hiện."))
    else:
        changed = withdrawing.withdraw_slide(
            store(), submission_id, subject, reason=text("reason"), by=person(), at=now()
        )
        flash(
            gettext(
                "Đã gỡ trang chiếu này khỏi %(count)s danh sách. "
                "Trang này cho biết màn hình nào còn hiện.",
                count=len(changed),
            )
        )
    return redirect(url_for(".progress", submission_id=submission_id), 303)


@pages.get("/<submission_id>")
@allowed(Action.WITHDRAW)
def progress(submission_id: str) -> str:
    submission = review.submission(store(), submission_id, by=person())
    return render_template(
        "withdrawals/progress.html", submission=submission, progress=_progress(submission)
    )


@pages.get("/<submission_id>/events")
@allowed(Action.WITHDRAW)
def events(submission_id: str) -> Response:
    if request.method == "HEAD":
        return Response(status=204)
    me = person()

    def parts() -> Mapping[str, str]:
        submission = review.submission(store(), submission_id, by=me)
        return {
            "progress": render_template(
                "withdrawals/still_showing.html",
                submission=submission,
                progress=_progress(submission),
            )
        }

    return stream(parts)


def _progress(submission: Submission) -> dict[str, Any]:
    """Return which displays still have something withdrawn on their glass, by their own word."""
    blobs = [
        rendition.blob
        for subject, by_profile in submission.renditions.items()
        if submission.is_withdrawn(subject)
        for rendition in by_profile.values()
    ]
    showing = set(reporting.displays_showing(store(), blobs))
    tiles = {
        tile.display.id: tile
        for tile in reporting.wall(store(), settings().fleet, by=person(), at=now())
    }
    still = [tile for name, tile in tiles.items() if name in showing]
    behind = [
        tile
        for tile in tiles.values()
        if tile.display.id not in showing and tile.link in {"lost", "late"}
    ]
    return {"still": still, "behind": behind, "all": len(tiles)}
