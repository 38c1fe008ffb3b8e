"""Keeps displays dark, on the safe slide or in a meeting, and lifts that; the sealer seals it."""

from collections.abc import Sequence

import msgspec
import structlog

from players.contract.limits import MAX_HOLDS
from signage.domain.alert import AlertPage, Pages
from signage.domain.display import Display
from signage.domain.hold import Hold, HoldKind, checked_hold
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.render.meeting import render_meeting
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.alert_drawing import PAGE_SECONDS
from signage.workflows.reach import chosen, meant, reached

log = structlog.get_logger()


def place(
    store: Store,
    kind: HoldKind,
    *,
    targets: Sequence[str],
    until: int,
    why: str = "",
    by: User,
    at: int,
) -> Hold:
    """Hold displays from now until `until`; raises Refused."""
    checked, displays = chosen(store, targets, Action.HOLD, by=by)
    hold = checked_hold(
        Hold(
            id=new_id(),
            revision=1,
            kind=kind,
            targets=checked,
            begins_at=at,
            expires_at=until,
            why=why,
            created_by=by.id,
            created_at=at,
        )
    )
    if kind is HoldKind.MEETING:
        hold = msgspec.structs.replace(hold, pages=_drawn(store, displays, until))
    return _act(store, hold, "hold.placed", len(displays), by=by, at=at)


def extend(store: Store, hold_id: str, *, until: int, by: User, at: int) -> Hold:
    """Let a running hold end at another time."""
    old = get(store, hold_id)
    displays = reached(store, old.targets, Action.HOLD, by=by)
    if old.is_over(at):
        raise Refused(N_("Lệnh giữ này đã hết. Hãy giữ màn hình lại từ đầu."))
    hold = checked_hold(
        msgspec.structs.replace(
            old, revision=old.revision + 1, begins_at=at, expires_at=until, outside=False
        )
    )
    if hold.kind is HoldKind.MEETING:
        hold = msgspec.structs.replace(hold, pages=_drawn(store, displays, until))
    return _act(store, hold, "hold.extended", len(displays), by=by, at=at)


def lift(store: Store, hold_id: str, *, by: User, at: int) -> Hold:
    """Give the displays of a hold back to their schedule."""
    hold = get(store, hold_id)
    displays = reached(store, hold.targets, Action.HOLD, by=by)
    return _act(store, hold.lifted(by=by.id, at=at), "hold.lifted", len(displays), by=by, at=at)


class HeldAmong(msgspec.Struct, frozen=True, kw_only=True):
    """Of some displays those that show no alert because they are held, and those in a meeting."""

    stopped: list[Display]
    meeting: list[Display]


def held_among(store: Store, displays: Sequence[Display], *, at: int) -> HeldAmong:
    """Which of `displays` are held now; one that is stopped counts as that, in a meeting or not."""
    live = store.holds.live(at)
    held = {
        stops: {
            display.id
            for hold in live
            if (hold.kind is not HoldKind.MEETING) is stops
            for display in meant(store, hold.targets)
        }
        for stops in (True, False)
    }
    return HeldAmong(
        stopped=[one for one in displays if one.id in held[True]],
        meeting=[one for one in displays if one.id in held[False] - held[True]],
    )


def over(store: Store, display: Display, *, at: int) -> list[Hold]:
    """The holds that mean `display` now, newest first."""
    live = store.holds.live(at)
    return [hold for hold in live if display.id in {one.id for one in meant(store, hold.targets)}]


def get(store: Store, hold_id: str) -> Hold:
    """One hold; raises NotFound."""
    hold = store.holds.get(hold_id)
    if hold is None:
        raise NotFound(N_("Không có lệnh giữ màn hình này. Hãy mở lại danh sách."))
    return hold


def _act(store: Store, hold: Hold, act: str, displays: int, *, by: User, at: int) -> Hold:
    """Bring a hold into force: the one place through which all of them come."""
    with store.transaction():
        known = store.holds.get(hold.id)
        if (known.revision if known else 0) != hold.revision - (hold.lifted_at is None):
            raise Refused(N_("Người khác vừa đổi lệnh giữ này. Hãy tải lại trang rồi thử lại."))
        if known is None and len(store.holds.live(at)) >= MAX_HOLDS:
            raise Refused(
                N_("Đang có {limit} lệnh giữ màn hình. Hãy bỏ bớt lệnh cũ trước."),
                limit=MAX_HOLDS,
            )
        store.holds.save(hold)
        store.audit.record(
            who=by.login,
            act=act,
            subject=f"hold:{hold.id}",
            unit=by.unit,
            at=at,
            detail={
                "kind": hold.kind.value,
                "targets": hold.targets,
                "displays": displays,
                "expires_at": hold.expires_at,
                "why": hold.why,
            },
        )
    return hold


def _drawn(store: Store, displays: Sequence[Display], until: int) -> Pages:
    """What a meeting shows by profile; where it can't be drawn the safe slide stands in."""
    every = store.profiles.by_id()
    pages: Pages = {}
    for name in sorted({display.profile for display in displays}):
        try:
            frame = render_meeting(every[name], until)
        except Exception:
            log.exception("the page of a meeting can't be drawn", profile=name)
            continue
        pages[name] = [
            AlertPage(
                blob=store.blobs.put(frame.bytes),
                media_type=frame.media_type,
                width=frame.width,
                height=frame.height,
                bytes=len(frame.bytes),
                seconds=PAGE_SECONDS,
            )
        ]
    return pages
