"""Holds: displays switched off, on the safe slide or in a meeting; who, why, until when."""

from typing import Any

from flask import Blueprint, flash, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from players.contract.limits import HOUR, MINUTE
from signage.domain.alert import EVERYTHING
from signage.domain.factor import HOLD
from signage.domain.hold import MAX_WHY_LETTERS, Hold, HoldKind
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.domain.set_act import FREE_MEETING, HoldAct
from signage.web import alert_words, choices, confirming, formats, naming
from signage.web.context import now, person, sealer, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again, status_of
from signage.workflows.sets import holding

pages = Blueprint("holds", __name__, url_prefix="/holds")

RECENT = 20
EXTENSIONS = (30, 60)
CONFIRMED_END = "until_ms"


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
        free_hours=FREE_MEETING // HOUR,
        **reach_parts(Action.HOLD),
    )


@pages.post("")
@allowed(Action.HOLD)
@shows_again(page)
def place() -> AnyResponse:
    act = holding.proposed(
        store(),
        _kind(),
        targets=alert_words.targets(),
        until=_until(),
        why=text("why"),
        by=person(),
        at=now(),
        hold_id=text("id"),
    )
    return _confirmed(act, _done(act.hold))


@pages.post("/<hold_id>/extend")
@allowed(Action.HOLD)
@shows_again(page)
def extend(hold_id: str) -> AnyResponse:
    longer = holding.get(store(), hold_id).expires_at + whole_number("minutes", default=0) * MINUTE
    until = _until() if text(CONFIRMED_END) else longer
    act = holding.extension(store(), hold_id, until=until, by=person(), at=now())
    when = formats.day_time(until)
    return _confirmed(act, gettext("Đã gia hạn đến %(when)s.", when=when))


@pages.post("/<hold_id>/lift")
@allowed(Action.HOLD)
@shows_again(page)
def lift(hold_id: str) -> AnyResponse:
    act = holding.lifting(store(), hold_id, by=person(), at=now())
    return _confirmed(act, gettext("Đã thôi giữ. Màn hình trở về lịch phát trong vài giây."))


def _confirmed(act: HoldAct, words: str) -> AnyResponse:
    """Do what needs no factor at once; ask for one with everything else, and do it when given."""
    is_given = text("form_name") == "confirm"
    if act.needs_factor and not is_given:
        return make_response(_asks(act))
    given = confirming.given() if act.needs_factor else None
    try:
        sealer().for_sets(given)(act, person(), now())
    except Refused as refused:
        if not is_given:
            raise
        g.refused = refused
        return make_response(_asks(act), status_of(refused))
    flash(words)
    return _back()


def _asks(act: HoldAct) -> str:
    return render_template(
        "holds/confirm.html",
        act=act,
        hold=act.hold,
        binds=act.binds,
        ways=confirming.ways(HOLD),
        display_id=_display(),
        free_hours=FREE_MEETING // HOUR,
    )


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


def _until() -> int:
    """Return the end that stood on the page which asked for a factor, or the one chosen."""
    confirmed = text(CONFIRMED_END)
    return int(confirmed) if confirmed.isdecimal() else alert_words.until()


def _done(hold: Hold) -> str:
    when = formats.day_time(hold.expires_at)
    if EVERYTHING in hold.targets and hold.kind is not HoldKind.MEETING:
        return str(gettext("Đã dừng toàn bộ màn hình đến %(when)s.", when=when))
    return str(gettext("Đã giữ màn hình đến %(when)s.", when=when))


def _back() -> AnyResponse:
    """Return to the page of the display where the button stood, or to the list of holds."""
    if display := _display():
        return redirect(url_for("displays.detail", display_id=display), 303)
    return redirect(url_for(".page"), 303)


def _display() -> str:
    display = text("display")
    return display if display in naming.displays() else ""
