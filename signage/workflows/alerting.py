"""Drafts, raises, revises and clears alerts in the store; the sealer publishes them."""

from collections.abc import Sequence

import msgspec

from players.contract.limits import DAY, HOUR, MINUTE
from signage.domain.alert import (
    EVERYTHING,
    GREEN_PAGE_TIME,
    MAX_RAISES_PER_HOUR,
    Alert,
    AlertPage,
    AlertState,
    AlertWords,
    Pages,
    checked_end,
    checked_targets,
    checked_words,
    displays_covered,
)
from signage.domain.display import Display, Profile
from signage.domain.names import NotFound
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.domain.units import chain_of
from signage.render.alert_livery import Kind
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.alert_drawing import draw_alert, draw_green, draw_pages
from signage.workflows.alert_sets import require_room

DRAFT_LIFE = 30 * MINUTE
"""A draft older than this can't be raised: its pages name an end that has come nearer unseen."""


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """The displays an alert means, and how many of them are online now."""

    displays: list[Display]
    online: int


def preview(
    store: Store,
    words: AlertWords,
    profile_id: str,
    *,
    until: int,
    kind: Kind = "alert",
    by: User,
) -> list[AlertPage]:
    """Render an alert that is being written, on one profile; raises Refused or Illegible."""
    _require_alerting(store, by)
    profile = store.profiles.get(profile_id)
    return draw_pages(store, checked_words(words), profile, until=until, kind=kind)


def draft(
    store: Store, words: AlertWords, *, targets: Sequence[str], until: int, by: User, at: int
) -> Alert:
    """Render all pages for every profile that `targets` mean, and keep the draft.

    A profile whose pages can't be drawn gets the plain page, and stands in `plain` of the draft.
    """
    _require_alerting(store, by)
    checked_end(until, at=at)
    words = checked_words(words)
    targets = _checked(store, targets)
    drawn = draw_alert(store, words, _profiles(store, _covered(store, targets, by)), until=until)
    alert = Alert(
        id=new_id(),
        revision=1,
        state=AlertState.DRAFT,
        words=words,
        targets=targets,
        begins_at=at,
        expires_at=until,
        pages=drawn.pages,
        green=drawn.green,
        plain=drawn.plain,
        created_by=by.id,
        created_at=at,
    )
    with store.transaction():
        store.alerts.forget_drafts(before=at - DAY)
        store.alerts.save(alert, by=by.login, at=at)
    return alert


def covered_by(store: Store, alert: Alert, *, by: User) -> Covered:
    """The displays that `alert` means now, for the number in the confirmation."""
    displays = _covered(store, alert.targets, by)
    presences = store.reports.presences()
    online = [d for d in displays if (p := presences.get(d.id)) and p.presence.state == "online"]
    return Covered(displays=displays, online=len(online))


def raise_alert(store: Store, draft_id: str, *, expected_displays: int, by: User, at: int) -> Alert:
    """Put a draft in force. `expected_displays` is the number that the officer confirmed."""
    drafted = _get(store, draft_id)
    displays = _covered(store, drafted.targets, by)
    if len(displays) != expected_displays:
        raise Refused(
            N_(
                "Cảnh báo này phát tới {count} màn hình, khác với con số đã xác nhận."
                " Hãy xem lại rồi xác nhận."
            ),
            field="confirm",
            count=len(displays),
        )
    if at - drafted.created_at > DRAFT_LIFE:
        raise Refused(N_("Bản nháp cảnh báo đã quá 30 phút. Hãy xem lại rồi phát."))
    with store.transaction():
        current = _get(store, draft_id)
        if store.alerts.raised_since(at - HOUR) >= MAX_RAISES_PER_HOUR:
            raise Refused(
                N_("Đã phát {limit} cảnh báo trong một giờ. Hãy cập nhật cảnh báo đang phát."),
                limit=MAX_RAISES_PER_HOUR,
            )
        alert = current.raised(at=at)
        require_room(store, alert, at=at)
        _save(store, alert, act="alert.raised", by=by, at=at, displays=len(displays))
    return alert


def amend(
    store: Store,
    alert_id: str,
    *,
    words: AlertWords,
    targets: Sequence[str],
    until: int,
    revision: int,
    by: User,
    at: int,
) -> Alert:
    """Change what a running alert says, whom it means or when it ends: a new revision, same id.

    `revision` is the one the officer saw; a newer one refuses, so that two officers never
    overwrite each other unseen.
    """
    _require_reach(store, _get(store, alert_id), by)
    checked_end(until, at=at)
    words = checked_words(words)
    targets = _checked(store, targets)
    displays = _covered(store, targets, by)
    drawn = draw_alert(store, words, _profiles(store, displays), until=until)
    with store.transaction():
        current = _get(store, alert_id)
        if current.revision != revision:
            raise Refused(N_("Người khác vừa cập nhật cảnh báo này. Hãy xem bản mới rồi sửa tiếp."))
        _require_reach(store, current, by)
        alert = current.revised(
            words=words,
            targets=targets,
            expires_at=until,
            pages=drawn.pages,
            green=drawn.green,
            plain=drawn.plain,
            at=at,
        )
        require_room(store, alert, at=at)
        _save(store, alert, act="alert.amended", by=by, at=at, displays=len(displays))
    return alert


def extend(store: Store, alert_id: str, *, until: int, by: User, at: int) -> Alert:
    """Let a running alert end at another time; its pages say so."""
    current = _get(store, alert_id)
    return amend(
        store,
        alert_id,
        words=current.words,
        targets=current.targets,
        until=until,
        revision=current.revision,
        by=by,
        at=at,
    )


def clear(
    store: Store, alert_id: str, *, green_for: int = GREEN_PAGE_TIME, by: User, at: int
) -> Alert:
    """Give the all clear: for `green_for` ms the green page where the alert was presented."""
    current = _get(store, alert_id)
    displays = _require_reach(store, current, by)
    missing = [one for one in _profiles(store, displays) if one.id not in current.green]
    drawn: Pages = {
        profile.id: draw_green(store, current.words, profile, until=current.expires_at)
        for profile in missing  # of an alert that came from outside, or profiles added meanwhile
    }
    with store.transaction():
        alert = _get(store, alert_id).cleared(at=at, green_for=green_for)
        alert = msgspec.structs.replace(alert, green=drawn | alert.green)
        _save(store, alert, act="alert.cleared", by=by, at=at, displays=len(displays))
    return alert


def get(store: Store, alert_id: str) -> Alert:
    """One alert in its newest revision; raises NotFound."""
    return _get(store, alert_id)


def _get(store: Store, alert_id: str) -> Alert:
    alert = store.alerts.get(alert_id)
    if alert is None:
        raise NotFound(N_("Không có cảnh báo này. Hãy mở lại danh sách cảnh báo."))
    return alert


def _save(store: Store, alert: Alert, *, act: str, by: User, at: int, displays: int) -> None:
    store.alerts.save(alert, by=by.login, at=at)
    store.audit.record(
        who=by.login,
        act=act,
        subject=f"alert:{alert.id}",
        unit=by.unit,
        at=at,
        detail={
            "revision": alert.revision,
            "headline": alert.words.headline,
            "targets": alert.targets,
            "displays": displays,
            "expires_at": alert.expires_at,
            "pages": {profile: [p.blob for p in pages] for profile, pages in alert.pages.items()},
        },
    )


def _require_alerting(store: Store, by: User) -> None:
    require(by, Action.ALERT, store.units.chain(by.unit))


def _checked(store: Store, targets: Sequence[str]) -> list[str]:
    every = {display.id for display in store.displays.all(retired=True)}
    return checked_targets(targets, displays=every)


def _covered(store: Store, targets: Sequence[str], by: User) -> list[Display]:
    """The displays meant; raises unless there is one and `by` may alert on all of them."""
    displays = _allowed(store, targets, by)
    if not displays:
        raise Refused(
            N_("Khu vực đã chọn không có màn hình nào. Hãy chọn đơn vị hoặc màn hình khác."),
            field="targets",
        )
    return displays


def _require_reach(store: Store, alert: Alert, by: User) -> list[Display]:
    """The displays of a running alert; raises unless `by` may alert on all of them.

    There may be none left: then who may alert at all may end it.
    """
    displays = _allowed(store, alert.targets, by)
    if not displays:
        _require_alerting(store, by)
    return displays


def _allowed(store: Store, targets: Sequence[str], by: User) -> list[Display]:
    units = store.units.by_id()
    chains = {unit: chain_of(unit, units) for unit in units}
    displays = displays_covered(targets, store.displays.all(), chains)
    for display in displays:
        require(by, Action.ALERT, chains[display.unit])
    if EVERYTHING in targets:  # also the displays of other units that may come later
        require(by, Action.ALERT, chains[by.unit][-1:])
    return displays


def _profiles(store: Store, displays: Sequence[Display]) -> list[Profile]:
    every = store.profiles.by_id()
    return [every[profile] for profile in sorted({display.profile for display in displays})]
