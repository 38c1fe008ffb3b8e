"""The sealer decides: an act on an alert is done only as an officer's own factor confirms it."""

from collections.abc import Callable

import msgspec

from players.contract.limits import HOUR, MAX_PROFILES
from signage.domain.act import Act, ActKind
from signage.domain.alert import (
    MAX_RAISES_PER_HOUR,
    Alert,
    AlertState,
    checked_end,
    checked_words,
)
from signage.domain.people import User
from signage.domain.sentences import N_, Refused
from signage.store.ledger import Ledger
from signage.workflows.alerts.alert_entries import entry_of
from signage.workflows.alerts.alert_sets import require_room
from signage.workflows.sealer.sealer_door import require_readable, require_targets, strange

Authorise = Callable[[Act, User, int], Alert | None]
"""Asks the sealer for an act of a person at a moment (ms): the alert in force, or None while a
second person must confirm. Raises Refused."""

ACTS = {
    ActKind.RAISE: "alert.raised",
    ActKind.AMEND: "alert.amended",
    ActKind.CLEAR: "alert.cleared",
}


def result_of(
    ledger: Ledger, act: Act, *, at: int, raises_an_hour: int = MAX_RAISES_PER_HOUR
) -> Alert:
    """The alert as `act` would make it now, by the ledger's own state; raises Refused.

    Everything that comes with the act is from outside and looked at; what the ledger knows of a
    running alert is taken from there.
    """
    _check_shape(act.alert)
    current = ledger.alerts.get(act.alert.id)
    if act.kind is ActKind.RAISE:
        alert = _raised(ledger, act, current, at, raises_an_hour)
    elif act.kind is ActKind.AMEND:
        alert = _amended(act, current, at)
    else:
        alert = _cleared(act, current, at)
    _check_entries(alert)
    require_room(ledger, alert, at=at)
    return alert


def touched(ledger: Ledger, alert: Alert) -> set[str]:
    """Where `alert` would change something: its targets, and those of what is in force now."""
    current = ledger.alerts.get(alert.id)
    return {*alert.targets, *(current.targets if current else ())}


def record(
    ledger: Ledger, alert: Alert, act: Act, *, who: str, unit: str | None, at: int, how: str = ""
) -> None:
    """Keep what was authorised, and who did it, inside the caller's transaction."""
    ledger.alerts.save(alert, by=who, at=at)
    detail = {
        "revision": alert.revision,
        "headline": alert.words.headline,
        "targets": alert.targets,
        "displays": act.displays,
        "expires_at": alert.expires_at,
        "binds": act.binds,
        "pages": {profile: [p.blob for p in pages] for profile, pages in alert.pages.items()},
    }
    if how:
        detail["how"] = how
    subject = f"alert:{alert.id}"
    ledger.audit.record(
        who=who, act=ACTS[act.kind], subject=subject, unit=unit, at=at, detail=detail
    )


def _raised(ledger: Ledger, act: Act, current: Alert | None, at: int, limit: int) -> Alert:
    if current is not None:
        raise Refused(N_("Cảnh báo này đã được phát. Hãy mở trang cảnh báo để xem."))
    if ledger.alerts.raised_since(at - HOUR) >= limit:
        raise Refused(
            N_("Đã phát {limit} cảnh báo trong một giờ. Hãy cập nhật cảnh báo đang phát."),
            limit=limit,
        )
    draft = msgspec.structs.replace(act.alert, state=AlertState.DRAFT, revision=1, outside=False)
    return draft.raised(at=at)


def _amended(act: Act, current: Alert | None, at: int) -> Alert:
    wanted = act.alert
    return _seen(act, current).revised(
        words=wanted.words,
        targets=wanted.targets,
        expires_at=wanted.expires_at,
        pages=wanted.pages,
        green=wanted.green,
        plain=wanted.plain,
        at=at,
    )


def _cleared(act: Act, current: Alert | None, at: int) -> Alert:
    cleared = _seen(act, current).cleared(at=at, green_for=act.alert.green_for)
    return msgspec.structs.replace(cleared, green=act.alert.green | cleared.green)


def _seen(act: Act, current: Alert | None) -> Alert:
    """The running alert, when it is the revision that was seen."""
    if current is None:
        raise Refused(N_("Không có cảnh báo này. Hãy mở lại danh sách cảnh báo."))
    if current.revision + 1 != act.alert.revision:
        raise Refused(N_("Người khác vừa cập nhật cảnh báo này. Hãy xem bản mới rồi sửa tiếp."))
    return current


def _check_shape(alert: Alert) -> None:
    require_targets(alert.targets)
    is_strange = (
        checked_words(alert.words) != alert.words
        or max(len(alert.pages), len(alert.green)) > MAX_PROFILES
        or not 0 < alert.green_for <= HOUR
    )
    if is_strange:
        raise strange()


def _check_entries(alert: Alert) -> None:
    shown = alert.green if alert.state is AlertState.CLEARED else alert.pages
    require_readable(entry_of(alert, pages) for pages in shown.values())
    if alert.state is AlertState.RAISED:
        checked_end(alert.expires_at, at=alert.begins_at)
