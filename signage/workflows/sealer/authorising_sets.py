"""The sealer decides on holds and drills by its own book: what may be done, what comes of it."""

from typing import Protocol, TypeVar

import msgspec

from players.contract.limits import MAX_ALERTS, MAX_HOLDS, MAX_PROFILES, MINUTE
from signage.domain.alert import checked_words
from signage.domain.drill import Drill, DrillState, checked_hours
from signage.domain.hold import Hold, HoldKind, checked_hold
from signage.domain.people import User
from signage.domain.sentences import N_, Refused
from signage.domain.set_act import DrillAct, DrillActKind, HoldAct, HoldActKind, SetAct
from signage.store.ledger import Ledger
from signage.workflows.sealer.sealer_door import require_readable, require_targets, strange
from signage.workflows.sets import drill_sets, hold_sets

Asked = TypeVar("Asked", bound=HoldAct | DrillAct)

ACTS = {
    HoldActKind.PLACE: "hold.placed",
    HoldActKind.EXTEND: "hold.extended",
    HoldActKind.LIFT: "hold.lifted",
    DrillActKind.PLAN: "drill.planned",
    DrillActKind.STOP: "drill.ended",
}
FREELY: str = "no factor"
"""How an act was confirmed that needs no factor, in the log."""
MAX_FREE_A_MINUTE = 20
"""Acts without a factor: a page that goes mad must not keep the sealer busy."""
MAX_FREE_HOLDS = MAX_HOLDS // 2
"""Meetings leave room for whoever has to stop a board."""


class AuthoriseSet(Protocol):
    """Asks the sealer for an act of a person at a moment (ms); gives it as it is in force now.

    Raises Refused.
    """

    def __call__(self, act: Asked, by: User, at: int, /) -> Asked:
        """Ask."""


def result_of(ledger: Ledger, act: Asked, *, at: int) -> Asked:
    """The act with its hold or drill as it would be in force now; raises Refused.

    All that comes with it is from outside and looked at; of what is in force already the ledger's
    own state counts.
    """
    require_targets(act.targets)
    if isinstance(act, HoldAct):
        return msgspec.structs.replace(act, hold=_held(ledger, act, at))
    return msgspec.structs.replace(act, drill=_drilled(ledger, act, at))


def record(
    ledger: Ledger, act: SetAct, *, who: str, unit: str | None, at: int, how: str = ""
) -> None:
    """Keep what is in force now, and who did it, inside the caller's transaction."""
    if isinstance(act, HoldAct):
        ledger.holds.save(act.hold)
        subject = f"hold:{act.hold.id}"
        detail: dict[str, object] = {"kind": act.hold.kind.value, "why": act.hold.why}
        expires_at = act.hold.expires_at
    else:
        ledger.drills.save(act.drill)
        subject, expires_at = f"drill:{act.drill.id}", act.drill.expires_at
        detail = {"headline": act.drill.words.headline, "begins_at": act.drill.begins_at}
    detail |= {"targets": act.targets, "displays": act.displays, "expires_at": expires_at}
    if how:
        detail["how"] = how
    ledger.audit.record(
        who=who, act=ACTS[act.kind], subject=subject, unit=unit, at=at, detail=detail
    )


def require_room_without_factor(ledger: Ledger, act: SetAct, *, at: int) -> None:
    """Raise Refused when too much was asked for without a factor; inside a transaction."""
    lately = [row for row in ledger.audit.page(limit=200) if row.at > at - MINUTE]
    if sum(row.detail.get("how") == FREELY for row in lately) >= MAX_FREE_A_MINUTE:
        raise Refused(N_("Vừa có nhiều lệnh báo họp trong một phút. Hãy đợi một phút rồi thử lại."))
    placing = act.kind is HoldActKind.PLACE
    if placing and len(ledger.holds.live(at)) >= MAX_FREE_HOLDS:
        raise _too_many(MAX_FREE_HOLDS)


def _held(ledger: Ledger, act: HoldAct, at: int) -> Hold:
    known, wanted = ledger.holds.get(act.hold.id), act.hold
    if (known.revision if known else 0) != wanted.revision - (act.kind is not HoldActKind.LIFT):
        raise Refused(N_("Người khác vừa đổi lệnh giữ này. Hãy tải lại trang rồi thử lại."))
    if act.kind is HoldActKind.PLACE:
        return _placed(ledger, wanted, known, at)
    if known is None:
        raise Refused(N_("Không có lệnh giữ màn hình này. Hãy mở lại danh sách."))
    if (known.kind, known.targets, known.why) != (wanted.kind, wanted.targets, wanted.why):
        raise strange()
    if act.kind is HoldActKind.LIFT:
        return known.lifted(by=wanted.lifted_by, at=at)
    extended = known.extended(until=wanted.expires_at, at=at)
    return _checked(msgspec.structs.replace(extended, pages=wanted.pages))


def _placed(ledger: Ledger, wanted: Hold, known: Hold | None, at: int) -> Hold:
    if known is not None:
        raise strange()
    if len(ledger.holds.live(at)) >= MAX_HOLDS:
        raise _too_many(MAX_HOLDS)
    return _checked(
        msgspec.structs.replace(
            wanted,
            begins_at=at,
            created_at=at,
            lifted_at=None,
            lifted_by="",
            outside=False,
            known_on=[],
        )
    )


def _checked(hold: Hold) -> Hold:
    if checked_hold(hold) != hold or (hold.pages and hold.kind is not HoldKind.MEETING):
        raise strange()
    require_readable(hold_sets.entry_of(hold, name) for name in (*hold.pages, ""))
    return hold


def _drilled(ledger: Ledger, act: DrillAct, at: int) -> Drill:
    known, wanted = ledger.drills.get(act.drill.id), act.drill
    if act.kind is DrillActKind.STOP:
        if known is None:
            raise Refused(N_("Không có buổi diễn tập này. Hãy mở lại danh sách diễn tập."))
        if (known.words, known.targets) != (wanted.words, wanted.targets):
            raise strange()
        return known.ended(at=at)
    if known is not None and known.state is not DrillState.DRAFT:
        raise Refused(N_("Buổi diễn tập này đã được đặt. Hãy mở trang của nó để xem."))
    if len(ledger.drills.live(at)) >= MAX_ALERTS:
        raise Refused(
            N_("Đã đặt {limit} buổi diễn tập. Hãy hủy bớt trước khi đặt thêm."), limit=MAX_ALERTS
        )
    checked_hours(wanted.begins_at, wanted.expires_at, at=at)
    if checked_words(wanted.words) != wanted.words or not 0 < len(wanted.pages) <= MAX_PROFILES:
        raise strange()
    drafted = msgspec.structs.replace(
        wanted, state=DrillState.DRAFT, created_at=at, ended_at=None, outside=False
    )
    drill = drafted.planned(at=at)
    require_readable(drill_sets.entry_of(drill, name) for name in drill.pages)
    return drill


def _too_many(limit: int) -> Refused:
    return Refused(N_("Đang có {limit} lệnh giữ màn hình. Hãy bỏ bớt lệnh cũ trước."), limit=limit)
