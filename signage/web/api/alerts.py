"""Operations on alerts: preview, draft, raise, amend, extend, all clear, proof."""

import msgspec
from flask import url_for

from players.contract.limits import SECOND
from signage.domain.alert import Alert, AlertPage, AlertWords
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web.api.confirming import ByCode, Until, for_alerts
from signage.web.api.operations import operation
from signage.web.context import now, person, settings, store
from signage.web.language import english
from signage.workflows.alerts import alerting
from signage.workflows.reports import reporting
from signage.workflows.reports.reporting import AlertProgress


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """An alert: words, targets (all, display:<id>, unit:<id>, tag:<tag>) and its end in ms."""

    words: AlertWords
    targets: list[str]
    until: int


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """Words to be drawn on the profiles named, or on all."""

    words: AlertWords
    until: int
    profiles: list[str] = []


class Amended(Meant, frozen=True, kw_only=True):
    """The next revision; `revision` is the one that was seen, `code` the officer's own."""

    revision: int
    code: str


class Confirmed(ByCode, frozen=True, kw_only=True):
    """The number of displays that the officer confirmed, and the officer's code."""

    displays: int


class DrawnPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an alert with its address."""

    page: AlertPage
    address: str


class DrawnAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert on one profile, or why it can't be read there."""

    profile: str
    pages: list[DrawnPage]
    refused_vi: str | None = None
    refused_en: str | None = None


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """A draft and the displays it means; raise it with exactly that number."""

    alert: Alert
    displays: int
    online: int


class ProofRow(msgspec.Struct, frozen=True, kw_only=True):
    """How far an alert is on one display; `link` is online, lost or never."""

    display: str
    name: str
    progress: AlertProgress
    link: str


@operation(
    "POST",
    "/alerts/preview",
    needs=Action.ALERT,
    summary="Draw an alert that is being written",
    body=Tried,
    gives=list[DrawnAlert],
)
def preview_alert(body: Tried) -> list[DrawnAlert]:
    wanted = body.profiles or sorted({display.profile for display in store().displays.all()})
    return [_drawn(profile, body) for profile in wanted]


@operation(
    "POST",
    "/alerts",
    needs=Action.ALERT,
    summary="Draft an alert; nothing is shown yet",
    body=Meant,
    gives=Drafted,
    status=201,
)
def draft_alert(body: Meant) -> Drafted:
    drafted = alerting.draft(
        store(), body.words, targets=body.targets, until=body.until, by=person(), at=now()
    ).alert
    covered = alerting.covered_by(store(), drafted, by=person())
    return Drafted(alert=drafted, displays=len(covered.displays), online=covered.online)


@operation(
    "POST",
    "/alerts/<alert_id>/raise",
    needs=Action.ALERT,
    summary="Put a draft on the displays now",
    body=Confirmed,
    gives=Alert,
)
def raise_alert(alert_id: str, body: Confirmed) -> Alert:
    done = alerting.raise_alert(
        store(),
        alert_id,
        expected_displays=body.displays,
        authorise=for_alerts(body.code),
        by=person(),
        at=now(),
    )
    return _in_force(done)


@operation(
    "GET",
    "/alerts",
    needs=Action.ALERT,
    summary="List alerts that were raised, newest first",
    gives=list[Alert],
)
def list_alerts() -> list[Alert]:
    return store().alerts.recent()


@operation("GET", "/alerts/<alert_id>", needs=Action.ALERT, summary="Read an alert", gives=Alert)
def read_alert(alert_id: str) -> Alert:
    proposal = store().proposals.get(alert_id)
    return proposal.alert if proposal else alerting.get(store(), alert_id)


@operation(
    "PUT",
    "/alerts/<alert_id>",
    needs=Action.ALERT,
    summary="Amend a running alert in one step",
    body=Amended,
    gives=Alert,
)
def amend_alert(alert_id: str, body: Amended) -> Alert:
    done = alerting.amend(
        store(),
        alert_id,
        words=body.words,
        targets=body.targets,
        until=body.until,
        revision=body.revision,
        authorise=for_alerts(body.code),
        by=person(),
        at=now(),
    )
    return _in_force(done)


@operation(
    "POST",
    "/alerts/<alert_id>/extend",
    needs=Action.ALERT,
    summary="Let an alert end at another time",
    body=Until,
    gives=Alert,
)
def extend_alert(alert_id: str, body: Until) -> Alert:
    done = alerting.extend(
        store(),
        alert_id,
        until=body.until,
        authorise=for_alerts(body.code),
        by=person(),
        at=now(),
    )
    return _in_force(done)


@operation(
    "POST",
    "/alerts/<alert_id>/clear",
    needs=Action.ALERT,
    summary="Give the all clear",
    body=ByCode,
    gives=Alert,
)
def clear_alert(alert_id: str, body: ByCode) -> Alert:
    green_for = settings().all_clear_seconds * SECOND
    done = alerting.clear(
        store(),
        alert_id,
        green_for=green_for,
        authorise=for_alerts(body.code),
        by=person(),
        at=now(),
    )
    return _in_force(done)


@operation(
    "GET",
    "/alerts/<alert_id>/proof",
    needs=Action.ALERT,
    summary="Tell which displays show it, and after how long",
    gives=list[ProofRow],
)
def read_proof(alert_id: str) -> list[ProofRow]:
    alerting.get(store(), alert_id)
    return [
        ProofRow(display=display.id, name=display.name, progress=progress, link=link)
        for display, progress, link in reporting.proof(store(), alert_id, at=now())
    ]


def _in_force(alert: Alert | None) -> Alert:
    if alert is None:
        raise Refused(
            N_(
                "Đã ghi nhận xác nhận thứ nhất."
                " Cần người thứ hai xác nhận trên trang Phát khẩn cấp."
            )
        )
    return alert


def _drawn(profile: str, body: Tried) -> DrawnAlert:
    try:
        pages = alerting.preview(store(), body.words, profile, until=body.until, by=person())
    except Refused as refused:
        return DrawnAlert(
            profile=profile, pages=[], refused_vi=refused.text(), refused_en=refused.text(english)
        )
    drawn = [
        DrawnPage(page=page, address=url_for("machine.preview", sha256=page.blob)) for page in pages
    ]
    return DrawnAlert(profile=profile, pages=drawn)
