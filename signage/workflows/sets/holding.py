"""Has the sealer keep displays dark, on the safe slide or in a meeting, and lift that again."""

from collections.abc import Sequence

import msgspec
import structlog

from signage.domain.alert import AlertPage, Pages
from signage.domain.display import Display
from signage.domain.hold import Hold, HoldKind, checked_hold
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_
from signage.domain.set_act import HoldAct, HoldActKind
from signage.render.meeting import render_meeting
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.alerts.alert_drawing import PAGE_SECONDS
from signage.workflows.displays.reach import chosen, meant, reached
from signage.workflows.sealer.authorising_sets import AuthoriseSet

log = structlog.get_logger()


def proposed(
    store: Store,
    kind: HoldKind,
    *,
    targets: Sequence[str],
    until: int,
    why: str = "",
    by: User,
    at: int,
    hold_id: str = "",
) -> HoldAct:
    """What would hold displays from now until `until`, drawn where it has a page; raises Refused.

    `hold_id` is that of one which was shown before, so that the same is confirmed.
    """
    checked, displays = chosen(store, targets, Action.HOLD, by=by)
    hold = checked_hold(
        Hold(
            id=hold_id or new_id(),
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
    return _act(store, HoldActKind.PLACE, hold, displays)


def extension(store: Store, hold_id: str, *, until: int, by: User, at: int) -> HoldAct:
    """What would let a running hold end at another time; raises Refused."""
    old = get(store, hold_id)
    displays = reached(store, old.targets, Action.HOLD, by=by)
    return _act(store, HoldActKind.EXTEND, old.extended(until=until, at=at), displays)


def lifting(store: Store, hold_id: str, *, by: User, at: int) -> HoldAct:
    """What would give the displays of a hold back to their schedule; raises Refused."""
    hold = get(store, hold_id)
    displays = reached(store, hold.targets, Action.HOLD, by=by)
    lifted = hold.lifted(by=by.id, at=at)
    return HoldAct(kind=HoldActKind.LIFT, hold=lifted, displays=len(displays))


def place(
    store: Store,
    kind: HoldKind,
    *,
    targets: Sequence[str],
    until: int,
    why: str = "",
    authorise: AuthoriseSet,
    by: User,
    at: int,
    hold_id: str = "",
) -> Hold:
    """Hold displays from now until `until`, as the sealer allows it; raises Refused."""
    act = proposed(
        store, kind, targets=targets, until=until, why=why, by=by, at=at, hold_id=hold_id
    )
    return authorise(act, by, at).hold


def extend(
    store: Store, hold_id: str, *, until: int, authorise: AuthoriseSet, by: User, at: int
) -> Hold:
    """Let a running hold end at another time, as the sealer allows it."""
    return authorise(extension(store, hold_id, until=until, by=by, at=at), by, at).hold


def lift(store: Store, hold_id: str, *, authorise: AuthoriseSet, by: User, at: int) -> Hold:
    """Give the displays of a hold back to their schedule, as the sealer allows it."""
    return authorise(lifting(store, hold_id, by=by, at=at), by, at).hold


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


def _act(store: Store, kind: HoldActKind, hold: Hold, displays: Sequence[Display]) -> HoldAct:
    if hold.kind is HoldKind.MEETING:
        drawn = _drawn(store, displays, hold.expires_at)
        hold = msgspec.structs.replace(hold, pages=drawn)
    return HoldAct(kind=kind, hold=hold, displays=len(displays))


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
