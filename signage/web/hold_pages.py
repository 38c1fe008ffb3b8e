"""Holds: displays switched off, on the safe slide or in a meeting; who, why, until when."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from players.contract.limits import MINUTE
from signage.domain.alert import EVERYTHING
from signage.domain.hold import MAX_WHY_LETTERS, Hold, HoldKind
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web import alert_words, choices, formats, naming
from signage.web.context import now, person, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows import holding

pages = Blueprint("holds", __name__, url_prefix="/holds")

RECENT = 20
EXTENSIONS = (30, 60)


@pages.get("")
@allowed(Action.HOLD)
def page() -> str:
    at = now()
    return render_template(
        "holds/page.html",
        running=store().holds.live(at),
        past=[one for one in store().holds.recent(RECENT) if one.is_over(at)],
        most_why=MAX_WHY_LETTERS,
        today=formats.today(),
        lasting=alert_words.LASTING_MINUTES,
        extensions=EXTENSIONS,
        **reach_parts(Action.HOLD),
    )


@pages.post("")
@allowed(Action.HOLD)
@shows_again(page)
def place() -> Response:
    hold = holding.place(
        store(),
        _kind(),
        targets=alert_words.targets(),
        until=alert_words.until(),
        why=text("why"),
        by=person(),
        at=now(),
    )
    flash(_done(hold))
    return _back()


@pages.post("/<hold_id>/extend")
@allowed(Action.HOLD)
@shows_again(page)
def extend(hold_id: str) -> Response:
    until = holding.get(store(), hold_id).expires_at + whole_number("minutes") * MINUTE
    hold = holding.extend(store(), hold_id, until=until, by=person(), at=now())
    flash(gettext("Đã gia hạn đến %(when)s.", when=formats.day_time(hold.expires_at)))
    return _back()


@pages.post("/<hold_id>/lift")
@allowed(Action.HOLD)
@shows_again(page)
def lift(hold_id: str) -> Response:
    holding.lift(store(), hold_id, by=person(), at=now())
    flash(gettext("Đã thôi giữ. Màn hình trở về lịch phát trong vài giây."))
    return _back()


def reach_parts(action: Action) -> dict[str, Any]:
    """Return what a form offers for choosing displays on which this person may do `action`."""
    units = choices.displays_for(action)
    every = len(store().displays.all())
    return {
        "units": units,
        "all_displays": every,
        "reaches_all": sum(len(unit.displays) for unit in units) == every,
    }


def _kind() -> HoldKind:
    try:
        return HoldKind(text("kind"))
    except ValueError:
        raise Refused(
            N_("Chưa chọn cách giữ. Hãy chọn đang họp, trang an toàn hoặc tắt hình."), field="kind"
        ) from None


def _done(hold: Hold) -> str:
    when = formats.day_time(hold.expires_at)
    if EVERYTHING in hold.targets and hold.kind is not HoldKind.MEETING:
        return str(gettext("Đã dừng toàn bộ màn hình đến %(when)s.", when=when))
    return str(gettext("Đã giữ màn hình đến %(when)s.", when=when))


def _back() -> Response:
    """Return to the page of the display where the button stood, or to the list of holds."""
    display = request.form.get("display", "")
    if display and display in naming.displays():
        return redirect(url_for("displays.detail", display_id=display), 303)
    return redirect(url_for(".page"), 303)
