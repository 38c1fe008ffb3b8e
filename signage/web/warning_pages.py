"""Warnings from other authorities (CAP): each with what was decided and why, and what to do."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.cap.deciding import Verb
from signage.domain.cap.received import OPEN, Received
from signage.domain.people import Action
from signage.web.context import now, person, settings, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.refusals import shows_again
from signage.web.warning_words import STANDINGS, VERBS, reason_words, title_of
from signage.workflows import cap_feeds, cap_intake, cap_replay

pages = Blueprint("warnings", __name__, url_prefix="/warnings")

PER_PAGE = 50
WORDS = {
    "verbs": VERBS,
    "standings": STANDINGS,
    "reason_words": reason_words,
    "title_of": title_of,
}


@pages.get("")
@allowed(Action.ALERT)
def page() -> str:
    number = request.args.get("page", 1, type=int)
    offset = max(0, number - 1) * PER_PAGE
    listed = cap_intake.recent(store(), by=person(), limit=PER_PAGE + 1, offset=offset)
    return render_template(
        "warnings/page.html",
        received=listed[:PER_PAGE],
        number=number,
        has_more=len(listed) > PER_PAGE,
        feeds=cap_feeds.feeds(store()),
        table_problem=cap_feeds.table_problem(store()),
        **_waiting(),
        **WORDS,
    )


@pages.get("/events")
@allowed(Action.ALERT)
def events() -> Response:
    if request.method == "HEAD":
        return Response(status=204)

    def parts() -> Mapping[str, str]:
        return {"waiting": render_template("warnings/waiting.html", **_waiting(), **WORDS)}

    return stream(parts)


@pages.get("/<message_id>")
@allowed(Action.ALERT)
def message(message_id: str) -> str:
    received = store().cap_messages.get(message_id)
    again = None
    if request.args.get("replay"):
        again = cap_replay.replay(store(), received, home=settings().home_path)
    return render_template(
        "warnings/message.html",
        one=received,
        at=now(),
        is_open=received.standing in OPEN,
        content=store().cap_messages.content(message_id).decode("utf-8", "replace"),
        alerts=cap_intake.alerts_ended_by(store(), received),
        again=again,
        **WORDS,
    )


@pages.get("/<message_id>/act")
@allowed(Action.ALERT)
def act(message_id: str) -> Response:
    """Lead to where an officer does what the message asks for."""
    received = store().cap_messages.get(message_id)
    alerts = cap_intake.alerts_ended_by(store(), received)
    if received.decision.decision is Verb.CANCEL and alerts:
        return redirect(url_for("alerts.running", alert_id=alerts[-1], cap=message_id), 303)
    if received.decision.decision is Verb.UPDATE and alerts:
        return redirect(url_for("alerts.running", alert_id=alerts[-1], cap=message_id), 303)
    return redirect(url_for("alerts.new", cap=message_id), 303)


@pages.post("/<message_id>/dismiss")
@allowed(Action.ALERT)
@shows_again(message)
def dismiss(message_id: str) -> Response:
    cap_intake.dismiss(store(), message_id, remark=text("remark"), by=person(), at=now())
    flash(gettext("Đã bỏ qua bản tin; lý do được ghi lại."))
    return redirect(url_for(".page"), 303)


def _waiting() -> dict[str, list[Received] | int]:
    return {"waiting": store().cap_messages.open(), "at": now()}
