"""Drafts, raises, revises and clears alerts in the store; the sealer publishes them."""

from collections.abc import Sequence

import msgspec

from players.contract.limits import HOUR, MINUTE
from signage.domain.alert import (
    ALL_CLEAR_BODY,
    GREEN_PAGE_TIME,
    MAX_RAISES_PER_HOUR,
    Alert,
    AlertPage,
    AlertState,
    AlertWords,
    Pages,
    checked_end,
    checked_words,
    displays_covered,
)
from signage.domain.display import Display, Profile
from signage.domain.names import NotFound
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.domain.units import chain_of
from signage.render import alert_pages
from signage.render.alert_livery import Kind
from signage.store import Store
from signage.store.ids import new_id

PAGE_SECONDS = 6
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
    return _rendered(store, checked_words(words), profile, until=until, kind=kind)


def draft(
    store: Store, words: AlertWords, *, targets: Sequence[str], until: int, by: User, at: int
) -> Alert:
    """Render all pages for every profile that `targets` mean, and keep the draft."""
    _require_alerting(store, by)
    checked_end(until, at=at)
    words = checked_words(words)
    displays = _covered(store, targets, by)
    pages, green = _pages(store, words, displays, until=until)
    alert = Alert(
        id=new_id(),
        revision=1,
        state=AlertState.DRAFT,
        words=words,
        targets=sorted(set(targets)),
        begins_at=at,
        expires_at=until,
        pages=pages,
        green=green,
        created_by=by.id,
        created_at=at,
    )
    with store.transaction():
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
    checked_end(until, at=at)
    words = checked_words(words)
    displays = _covered(store, targets, by)
    pages, green = _pages(store, words, displays, until=until)
    with store.transaction():
        current = _get(store, alert_id)
        if current.revision != revision:
            raise Refused(N_("Người khác vừa cập nhật cảnh báo này. Hãy xem bản mới rồi sửa tiếp."))
        alert = current.revised(
            words=words,
            targets=sorted(set(targets)),
            expires_at=until,
            pages=pages,
            green=green,
            at=at,
        )
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
    displays = _covered(store, current.targets, by)
    with store.transaction():
        alert = _get(store, alert_id).cleared(at=at, green_for=green_for)
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


def _covered(store: Store, targets: Sequence[str], by: User) -> list[Display]:
    """The displays meant; raises unless there is one and `by` may alert on all of them."""
    units = store.units.by_id()
    chains = {unit: chain_of(unit, units) for unit in units}
    displays = displays_covered(targets, store.displays.all(), chains)
    if not displays:
        raise Refused(
            N_("Khu vực đã chọn không có màn hình nào. Hãy chọn đơn vị hoặc màn hình khác."),
            field="targets",
        )
    for display in displays:
        require(by, Action.ALERT, chains[display.unit])
    return displays


def _pages(
    store: Store, words: AlertWords, displays: Sequence[Display], *, until: int
) -> tuple[Pages, Pages]:
    pages: Pages = {}
    green: Pages = {}
    for profile_id in sorted({display.profile for display in displays}):
        profile = store.profiles.get(profile_id)
        pages[profile_id] = _rendered(store, words, profile, until=until, kind="alert")
        green[profile_id] = _rendered(store, words, profile, until=until, kind="all_clear")
    return pages, green


def _rendered(
    store: Store, words: AlertWords, profile: Profile, *, until: int, kind: Kind
) -> list[AlertPage]:
    if kind == "all_clear":
        # "Evacuate now" must not stand on the green page.
        words = msgspec.structs.replace(words, body=ALL_CLEAR_BODY)
    drawn = alert_pages.AlertWords(**msgspec.structs.asdict(words), until_ms=until, kind=kind)
    return [
        AlertPage(
            blob=store.blobs.put(frame.bytes),
            media_type=frame.media_type,
            width=frame.width,
            height=frame.height,
            bytes=len(frame.bytes),
            seconds=PAGE_SECONDS,
        )
        for frame in alert_pages.render_alert(drawn, profile)
    ]
