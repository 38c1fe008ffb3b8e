"""Warnings from other authorities (CAP): each with what was decided and why, and what to do."""

from collections.abc import Mapping

import msgspec
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from players.contract.limits import SECOND
from signage.domain.alert import AlertWords
from signage.domain.cap.received import OPEN, Received
from signage.domain.people import Action
from signage.web import alert_words
from signage.web.alert_shapes import MOST
from signage.web.context import now, person, settings, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.refusals import shows_again
from signage.web.warning_map import warning_map
from signage.web.warning_words import STANDINGS, VERBS, reason_words, title_of
from signage.workflows.cap import cap_acting, cap_feeds, cap_intake, cap_replay

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
        most=MOST,
        map=warning_map(received),
        again=again,
        **WORDS,
    )


@pages.post("/<message_id>/act")
@allowed(Action.ALERT)
@shows_again(message)
def act(message_id: str) -> Response:
    """Draw what the message asks for, and lead to where an officer confirms it."""
    if store().cap_messages.get(message_id).decision.exercise:
        drill = cap_acting.propose_drill(
            store(), message_id, _words_of(message_id), by=person(), at=now()
        )
        return redirect(url_for("drills.detail", drill_id=drill.id), 303)
    proposal = cap_acting.propose(
        store(),
        message_id,
        _words_of(message_id),
        green_for=settings().all_clear_seconds * SECOND,
        by=person(),
        at=now(),
    )
    return redirect(url_for("alerts.confirm", proposal_id=proposal.id), 303)


def _words_of(message_id: str) -> AlertWords:
    """Return the words as the officer left them; the rest is the message's own."""
    words = store().cap_messages.get(message_id).decision.words
    typed = alert_words.words()
    if words is None:
        return typed
    return msgspec.structs.replace(
        typed, level=words.level, tongues=words.tongues, in_programme=words.in_programme
    )


@pages.post("/<message_id>/dismiss")
@allowed(Action.ALERT)
@shows_again(message)
def dismiss(message_id: str) -> Response:
    cap_intake.dismiss(store(), message_id, remark=text("remark"), by=person(), at=now())
    flash(gettext("Đã bỏ qua bản tin; lý do được ghi lại."))
    return redirect(url_for(".page"), 303)


def _waiting() -> dict[str, list[Received] | int]:
    return {"waiting": store().cap_messages.open(), "at": now()}
