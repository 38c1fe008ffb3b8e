"""Drills: a place, colour and words of their own; they begin and end by themselves, then report."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from players.contract.limits import MINUTE
from signage.domain.drill import Drill, DrillState
from signage.domain.people import Action
from signage.domain.sentences import Refused
from signage.domain.set_act import DrillAct, DrillActKind
from signage.web import alert_words, choices, confirming, formats, naming
from signage.web.alert_samples import SAMPLES, sample_named
from signage.web.alert_shapes import LEVELS, MOST, SYMBOLS, Drawn
from signage.web.context import now, person, sealer, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.hold_pages import reach_parts
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.navigation import PRODUCT
from signage.web.refusals import shows_again
from signage.workflows.sealer.authorising_sets import AuthoriseSet
from signage.workflows.sets import drill_paper, drilling

pages = Blueprint("drills", __name__, url_prefix="/drills")

LASTING_MINUTES = (5, 10, 15, 30, 60, 120)


@pages.get("")
@allowed(Action.ALERT)
def page() -> str:
    at = now()
    recent = store().drills.recent(50)
    return render_template(
        "drills/page.html",
        running=[one for one in recent if one.is_running(at)],
        coming=[one for one in reversed(recent) if not one.is_over(at) and not one.is_running(at)],
        past=[one for one in recent if one.is_over(at)],
        samples=SAMPLES,
    )


@pages.get("/new")
@allowed(Action.ALERT)
def new() -> str:
    return render_template(
        "drills/form.html",
        sample=sample_named(request.values.get("sample")),
        levels=LEVELS,
        symbols=SYMBOLS,
        most=MOST,
        lasting=LASTING_MINUTES,
        today=formats.today(),
        my_unit_name=naming.unit_name(person().unit),
        **reach_parts(Action.ALERT),
    )


@pages.post("/preview")
@allowed(Action.ALERT)
def preview() -> str:
    """Draw what is being typed, marked as a drill, at the pixels of every profile in use."""
    units = choices.displays_for(Action.ALERT)
    used = {display.profile for unit in units for display in unit.displays}
    drawn = [_try(profile) for name, profile in sorted(naming.profiles().items()) if name in used]
    return render_template("alerts/drawn.html", drawn=drawn)


@pages.post("")
@allowed(Action.ALERT)
@shows_again(new)
def draft() -> Response:
    begins_at = _begins_at()
    drafted = drilling.draft(
        store(),
        alert_words.words(),
        targets=alert_words.targets(),
        begins_at=begins_at,
        expires_at=begins_at + whole_number("lasting", default=15) * MINUTE,
        by=person(),
        at=now(),
    )
    return redirect(url_for(".detail", drill_id=drafted.id), 303)


@pages.get("/<drill_id>")
@allowed(Action.ALERT)
def detail(drill_id: str) -> str:
    """Show a draft to be confirmed, or a drill with how far it has come."""
    drill = drilling.get(store(), drill_id)
    is_draft = drill.state is DrillState.DRAFT
    kind = DrillActKind.PLAN if is_draft else DrillActKind.STOP
    return render_template(
        "drills/confirm.html" if is_draft else "drills/detail.html",
        drill=drill,
        binds=DrillAct(kind=kind, drill=drill).binds,
        ways=confirming.ways(),
        displays=drilling.covered(store(), drill, by=person()),
        drawn=_pages_of(drill),
        proof=None if is_draft else _proof(drill),
        at=now(),
    )


@pages.post("/<drill_id>/plan")
@allowed(Action.ALERT)
@shows_again(detail)
def plan(drill_id: str) -> Response:
    drill = drilling.plan(store(), drill_id, authorise=_confirmed(), by=person(), at=now())
    when = formats.day_time(drill.begins_at)
    if drill.is_running(now()):
        flash(gettext("Buổi DIỄN TẬP đã bắt đầu. Nó tự kết thúc theo giờ đã đặt."))
    else:
        flash(gettext("Đã đặt buổi DIỄN TẬP. Nó tự bắt đầu lúc %(when)s.", when=when))
    return redirect(url_for(".detail", drill_id=drill_id), 303)


@pages.post("/<drill_id>/stop")
@allowed(Action.ALERT)
@shows_again(detail)
def stop(drill_id: str) -> Response:
    drilling.stop(store(), drill_id, authorise=_confirmed(), by=person(), at=now())
    flash(gettext("Đã dừng buổi DIỄN TẬP. Màn hình trở về lịch phát."))
    return redirect(url_for(".detail", drill_id=drill_id), 303)


@pages.get("/<drill_id>/events")
@allowed(Action.ALERT)
def events(drill_id: str) -> Response:
    if request.method == "HEAD":
        return Response(status=204)

    def parts() -> Mapping[str, str]:
        drill = drilling.get(store(), drill_id)
        return {"proof": render_template("drills/proof.html", drill=drill, proof=_proof(drill))}

    return stream(parts)


@pages.get("/<drill_id>/report.csv")
@allowed(Action.ALERT)
def report(drill_id: str) -> Response:
    """Give the report as a table, with the mark by which spreadsheets know UTF-8."""
    drill = drilling.get(store(), drill_id)
    table = drilling.as_csv(drill, drilling.report(store(), drill, by=person()))
    answer = Response("\ufeff" + table, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="dien-tap-{drill.id}.csv"'
    return answer


def _confirmed() -> AuthoriseSet:
    return sealer().for_sets(confirming.given())


def _begins_at() -> int:
    if text("begins") != "later":
        return now()
    day = formats.parse_day(text("begins_day"), field="begins")
    return formats.moment_of(day, formats.parse_hour(text("begins_hour"), field="begins"))


def _try(profile: Any) -> Drawn:
    try:
        drawn = drilling.preview(
            store(),
            alert_words.words_so_far(),
            profile,
            until=now() + whole_number("lasting", default=15) * MINUTE,
            by=person(),
        )
    except Refused as refused:
        return Drawn(profile=profile, pages=[], refusal=refused)
    return Drawn(profile=profile, pages=drawn, refusal=None)


def _pages_of(drill: Drill) -> list[Drawn]:
    return [
        Drawn(profile=naming.profiles()[profile], pages=drawn, refusal=None)
        for profile, drawn in drill.pages.items()
        if profile in naming.profiles()
    ]


@pages.get("/<drill_id>/report.pdf")
@allowed(Action.ALERT)
def paper(drill_id: str) -> Response:
    """Give the report to be printed and filed."""
    drill = drilling.get(store(), drill_id)
    content = drill_paper.as_pdf(
        drill,
        drilling.report(store(), drill, by=person()),
        by=gettext("từ một nơi điều khiển khác")
        if drill.outside
        else naming.person_name(drill.created_by),
        say=gettext,
        unit_name=naming.unit_name,
        zone=formats.ZONE,
        at=now(),
        foot=gettext(PRODUCT),
    )
    answer = Response(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="dien-tap-{drill.id}.pdf"'
    return answer


def _proof(drill: Drill) -> dict[str, Any]:
    """Return how far the drill came on each display, and the sums."""
    rows = drilling.report(store(), drill, by=person())
    took = [row.took_ms for row in rows if row.took_ms is not None]
    return {
        "rows": rows,
        "all": len(rows),
        "shown": sum(row.state == "shown" for row in rows),
        "slowest": max(took, default=None),
    }
