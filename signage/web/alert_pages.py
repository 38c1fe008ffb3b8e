"""Alerts: write, confirm with the number of screens, watch it arrive, amend, extend, all clear."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from players.contract.limits import MINUTE, SECOND
from signage.domain.act import ACT_NAMES, ActKind
from signage.domain.alert import Alert, AlertState
from signage.domain.display import Display, Profile
from signage.domain.people import Action
from signage.domain.sentences import Refused
from signage.web import alert_words, area_map, choices, confirming, formats, naming
from signage.web.alert_samples import SAMPLES, sample_named
from signage.web.alert_shapes import LEVELS, MOST, SYMBOLS, TONGUES, Drawn, drawn_of
from signage.web.context import now, person, sealer, settings, store
from signage.web.forms import text, ticked, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.refusals import shows_again
from signage.workflows.alerts import alert_templates, alerting, arming
from signage.workflows.alerts.alert_drawing import has_no_room_for_advice
from signage.workflows.reports import reporting

pages = Blueprint("alerts", __name__, url_prefix="/alerts")

EXTENSIONS = (30, 60)


@pages.get("")
@allowed(Action.ALERT)
def page() -> str:
    at = now()
    recent = store().alerts.recent(30)
    return render_template(
        "alerts/page.html",
        running=[one for one in recent if one.state is AlertState.RAISED and not one.is_over(at)],
        past=[one for one in recent if one.state is not AlertState.RAISED or one.is_over(at)],
        samples=SAMPLES,
        templates=alert_templates.approved(store()),
        waiting=alerting.waiting(store(), at=at),
    )


@pages.get("/waiting/events")
@allowed(Action.ALERT)
def queue_events() -> Response:
    """Tell at once what waits for a second officer, or comes from an unattended source."""
    if request.method == "HEAD":
        return Response(status=204)

    def parts() -> Mapping[str, str]:
        waiting = alerting.waiting(store(), at=now())
        return {"waiting": render_template("alerts/waiting.html", waiting=waiting)}

    return stream(parts)


@pages.get("/new")
@allowed(Action.ALERT)
def new() -> str:
    sample = sample_named(request.values.get("sample"))
    template = store().alert_templates.get(request.values.get("template", ""))
    return render_template("alerts/form.html", sample=sample, template=template, **_form_parts())


@pages.post("/preview")
@allowed(Action.ALERT)
def preview() -> str:
    """Draw what is being typed at the pixels of every profile in use."""
    return render_template("alerts/drawn.html", drawn=_drawn())


@pages.post("")
@allowed(Action.ALERT)
@shows_again(new)
def draft() -> Response:
    drafted = alerting.draft(
        store(),
        alert_words.words(),
        targets=alert_words.targets(),
        until=alert_words.until(),
        template=text("template"),
        by=person(),
        at=now(),
    )
    return redirect(url_for(".confirm", proposal_id=drafted.id), 303)


@pages.get("/<proposal_id>/confirm")
@allowed(Action.ALERT)
def confirm(proposal_id: str) -> str | Response:
    """Show what would be done, on how many displays, and ask for the officer's own factor."""
    if store().proposals.get(proposal_id) is None and store().alerts.get(proposal_id):
        return redirect(url_for(".running", alert_id=proposal_id), 303)
    proposal = alerting.proposed(store(), proposal_id)
    covered = alerting.covered_by(store(), proposal.alert, by=person())
    return render_template(
        "alerts/confirm.html",
        proposal=proposal,
        alert=proposal.alert,
        covered=covered,
        held=naming.held_among(covered.displays),
        drawn=_pages_of(proposal.alert),
        silent=[] if proposal.kind == "clear" else _silent(proposal.alert),
        armed=arming.armed(store(), proposal, covered.displays),
        act_name=ACT_NAMES[proposal.kind],
        binds=proposal.act.binds,
        ways=confirming.ways(),
        pair=confirming.pair(proposal, at=now()),
    )


@pages.get("/<proposal_id>/confirm/events")
@allowed(Action.ALERT)
def confirm_events(proposal_id: str) -> Response:
    """Tell live on how many displays the pages are ready."""
    if request.method == "HEAD":
        return Response(status=204)
    proposal = store().proposals.get(proposal_id)
    me = person()

    def parts() -> Mapping[str, str]:
        if proposal is None:
            return {}
        displays = alerting.covered_by(store(), proposal.alert, by=me).displays
        ready = arming.armed(store(), proposal, displays)
        return {"armed": render_template("alerts/armed.html", armed=ready)}

    return stream(parts)


@pages.post("/<proposal_id>/confirm")
@allowed(Action.ALERT)
@shows_again(confirm)
def confirmed(proposal_id: str) -> Response:
    proposal = alerting.proposed(store(), proposal_id)
    expected = None
    if proposal.kind is ActKind.RAISE:
        covered = alerting.covered_by(store(), proposal.alert, by=person())
        expected = alert_words.expected_displays(proposal.alert, len(covered.displays))
    done = alerting.confirm(
        store(),
        proposal_id,
        authorise=sealer().confirmer(confirming.given(), alone=ticked("alone")),
        expected_displays=expected,
        by=person(),
        at=now(),
    )
    if done is None:
        flash(gettext("Đã ghi nhận xác nhận của bạn. Đang chờ một trực ban khác xác nhận."))
        return redirect(url_for(".confirm", proposal_id=proposal_id), 303)
    flash(gettext(confirming.DONE[proposal.kind]))
    return redirect(url_for(".running", alert_id=proposal.alert.id), 303)


@pages.get("/<alert_id>")
@allowed(Action.ALERT)
def running(alert_id: str) -> str | Response:
    if store().proposals.get(alert_id) is not None and store().alerts.get(alert_id) is None:
        return redirect(url_for(".confirm", proposal_id=alert_id), 303)
    alert = alerting.get(store(), alert_id)
    return render_template(
        "alerts/running.html",
        extensions=EXTENSIONS,
        drawn=_pages_of(alert),
        history=store().alerts.history(alert_id),
        proof=_proof(alert_id),
        **_form_parts(),
    )


@pages.get("/<alert_id>/events")
@allowed(Action.ALERT)
def events(alert_id: str) -> Response:
    if request.method == "HEAD":
        return Response(status=204)

    def parts() -> Mapping[str, str]:
        return {"proof": render_template("alerts/proof.html", proof=_proof(alert_id))}

    return stream(parts)


@pages.post("/<alert_id>/amend")
@allowed(Action.ALERT)
@shows_again(running)
def amend(alert_id: str) -> Response:
    proposal = alerting.propose_amendment(
        store(),
        alert_id,
        words=alert_words.words(),
        targets=alert_words.targets(),
        until=alert_words.until(),
        revision=whole_number("revision"),
        by=person(),
        at=now(),
    )
    return redirect(url_for(".confirm", proposal_id=proposal.id), 303)


@pages.post("/<alert_id>/extend")
@allowed(Action.ALERT)
@shows_again(running)
def extend(alert_id: str) -> Response:
    alert = alerting.get(store(), alert_id)
    until = alert.expires_at + whole_number("minutes") * MINUTE
    proposal = alerting.propose_extension(store(), alert_id, until=until, by=person(), at=now())
    return redirect(url_for(".confirm", proposal_id=proposal.id), 303)


@pages.post("/<alert_id>/clear")
@allowed(Action.ALERT)
@shows_again(running)
def clear(alert_id: str) -> Response:
    green_for = settings().all_clear_seconds * SECOND
    proposal = alerting.propose_all_clear(
        store(), alert_id, green_for=green_for, by=person(), at=now()
    )
    return redirect(url_for(".confirm", proposal_id=proposal.id), 303)


def _form_parts() -> dict[str, Any]:
    """Return what the form of an alert offers; used for a new one and for amending."""
    units = choices.displays_for(Action.ALERT)
    alert_id = (request.view_args or {}).get("alert_id")
    return {
        "alert": store().alerts.get(alert_id) if alert_id else None,
        "units": units,
        "reaches_all": sum(len(unit.displays) for unit in units) == len(store().displays.all()),
        "all_displays": len(store().displays.all()),
        "levels": LEVELS,
        "symbols": SYMBOLS,
        "alert_languages": TONGUES,
        "most": MOST,
        "lasting": alert_words.LASTING_MINUTES,
        "today": formats.today(),
        "area_map": area_map.area_map(),
        "tags": choices.tags_for(Action.ALERT),
        "my_unit_name": naming.unit_name(person().unit),
    }


def _drawn() -> list[Drawn]:
    return [_try(profile) for profile in _profiles_meant()]


def _profiles_meant() -> list[Profile]:
    """Return the profiles in reach of this person, since targets may not be chosen yet."""
    units = choices.displays_for(Action.ALERT)
    used = {display.profile for unit in units for display in unit.displays}
    return [profile for name, profile in sorted(naming.profiles().items()) if name in used]


def _try(profile: Profile) -> Drawn:
    words, until = alert_words.words_so_far(), alert_words.until()
    try:
        drawn = alerting.preview(store(), words, profile.id, until=until, by=person())
    except Refused as refused:
        return Drawn(profile=profile, pages=[], refusal=refused)
    silent = has_no_room_for_advice(words, profile, until=until)
    return Drawn(profile=profile, pages=drawn, refusal=None, silent=silent)


def _silent(alert: Alert) -> list[str]:
    """Return the profiles on which there is no room for what people should do."""
    known = naming.profiles()
    return [
        profile
        for profile in alert.pages
        if profile in known
        and has_no_room_for_advice(alert.words, known[profile], until=alert.expires_at)
    ]


def _pages_of(alert: Alert) -> list[Drawn]:
    return drawn_of(alert.green if alert.state is AlertState.CLEARED else alert.pages)


def _worst_by_site(rows: Sequence[tuple[Display, reporting.AlertProgress, str]]) -> dict[str, str]:
    """The state of the display in most trouble at each site; rows come trouble first."""
    return {display.site: progress.state for display, progress, _ in reversed(rows)}


def _proof(alert_id: str) -> dict[str, Any]:
    """Return how far the alert is on each display, and the sums."""
    at = now()
    rows = reporting.proof(store(), alert_id, at=at)
    took = [progress.took_ms for _, progress, _ in rows if progress.took_ms is not None]
    unreached = [row for row in rows if row[1].state == "waiting" and row[2] != "online"]
    return {
        "alert": alerting.get(store(), alert_id),
        "at": at,
        "rows": rows,
        "all": len(rows),
        "loud": reporting.sites_with_loudspeaker(store()),
        "map": area_map.map_of(display for display, _, _ in rows),
        "sites": _worst_by_site(rows),
        "shown": sum(progress.state == "shown" for _, progress, _ in rows),
        "received": sum(progress.state == "received" for _, progress, _ in rows),
        "waiting": sum(row[1].state == "waiting" for row in rows) - len(unreached),
        "unreached": len(unreached),
        "slowest": max(took, default=None),
    }
