"""Takes CAP messages in: judged, kept with the reason, and given to whom it may concern.

What may act by itself is only marked so here: the sealer decides whether an officer has authorised
it. What an officer must see waits, and everything is kept, also what does nothing.
"""

import hashlib
from pathlib import Path

import msgspec

from players.contract.limits import DAY
from signage.cap.limits import MAX_MESSAGE_BYTES
from signage.cap.table_file import BadTable, Table, read_table
from signage.domain.alert import AlertState
from signage.domain.cap.deciding import Verb
from signage.domain.cap.ledger import Heard
from signage.domain.cap.message import CapMessage
from signage.domain.cap.received import OPEN, Received, Standing
from signage.domain.drill import DrillState
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.cap.cap_judging import Judged, judge, places_of

KEPT_FOR = 400 * DAY
"""Messages that became no alert are dropped after this long; those that did stay with it."""
PROCESS = "cap"


def take(store: Store, content: bytes, *, source: str, table: Table, at: int) -> Received | None:
    """Take the bytes of one message in; None when these very bytes came before, at no cost.

    Never raises for what is in the message: that is its decision.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if store.cap_messages.has_bytes(sha256):
        return None
    places = places_of(store)

    with store.transaction():
        judged = judge(
            content,
            table=table,
            heard_of=lambda message: heard_before(store, message),
            places=places,
            at=at,
        )
        received = Received(
            id=new_id(),
            source=source,
            received_at=at,
            sha256=sha256,
            message=judged.message,
            decision=judged.decision,
            trusted=judged.trusted,
            standing=_standing(judged),
        )
        store.cap_messages.save(received, content[:MAX_MESSAGE_BYTES])
        if received.acts:
            _note(store, received, act="cap.received", who=PROCESS, at=at)
    return received


def heard_before(store: Store, message: CapMessage, *, before: int | None = None) -> list[Heard]:
    """Return what the sender of `message` said that has to do with it, and came before a moment."""
    names = {message.identifier, *(one.identifier for one in message.references)}
    related = store.cap_messages.related(message.sender, names)
    return [
        heard
        for one in related
        if (before is None or one.received_at < before) and (heard := one.heard())
    ]


def recent(store: Store, *, by: User, limit: int, offset: int = 0) -> list[Received]:
    """Return part of all messages, newest first; raises NotAllowed."""
    require(by, Action.ALERT, store.units.chain(by.unit))
    return store.cap_messages.recent(limit=limit, offset=offset)


def hand_in(
    store: Store, content: bytes, *, source: str, home: Path, by: User, at: int
) -> Received | None:
    """Take a message that a program of `by` hands over; raises Refused."""
    require(by, Action.WARN, store.units.chain(by.unit))
    return take(store, content, source=source, table=city_table(home), at=at)


def city_table(home: Path) -> Table:
    """Return the city's table in `home`; raises Refused when it has a mistake."""
    try:
        return read_table(home)
    except BadTable as bad:
        raise Refused(
            N_("Bảng quy định có lỗi, hãy báo quản trị hệ thống sửa: {why}"), why=str(bad)
        ) from bad


def _standing(judged: Judged) -> Standing:
    decision = judged.decision
    if decision.decision in (Verb.IGNORE, Verb.REJECT):
        return Standing.DONE
    return Standing.WAITS if decision.waits else Standing.CALLS


def dismiss(store: Store, message_id: str, *, remark: str, by: User, at: int) -> Received:
    """Let a waiting message go; the officer says why. Raises Refused."""
    require(by, Action.ALERT, store.units.chain(by.unit))
    if not remark.strip():
        raise Refused(N_("Hãy ghi lý do bỏ qua, để người sau hiểu."), field="remark")
    with store.transaction():
        dismissed = store.cap_messages.get(message_id).settled(
            Standing.DISMISSED, by=by.login, at=at, remark=remark.strip()[:400]
        )
        store.cap_messages.save(dismissed)
        _note(store, dismissed, act="cap.dismissed", who=by.login, at=at)
    return dismissed


def linked(store: Store, message_id: str, alert: str) -> None:
    """Note which alert an officer is making of a message; it counts once that is raised."""
    with store.transaction():
        received = store.cap_messages.get(message_id)
        if received.standing in OPEN:
            store.cap_messages.save(msgspec.structs.replace(received, alert=alert))


def follow(store: Store, *, at: int) -> None:
    """Look what became of the messages that wait: shown as an alert, or ended as they asked."""
    for received in store.cap_messages.open():
        if received.decision.decision is Verb.CANCEL:
            if not alerts_ended_by(store, received, at=at):
                _settle(store, received, Standing.DONE, act="cap.cancelled", at=at)
        elif received.decision.exercise:
            drill = store.drills.get(received.alert) if received.alert else None
            if drill and drill.state is not DrillState.DRAFT:
                _settle(store, received, Standing.DONE, act="cap.drilled", at=at)
        elif received.alert:
            alert = store.alerts.get(received.alert)
            if alert and (alert.revised_at or 0) >= received.received_at:
                _settle(store, received, Standing.SHOWS, act="cap.shown", at=at)


def _settle(store: Store, received: Received, standing: Standing, *, act: str, at: int) -> None:
    with store.transaction():
        settled = store.cap_messages.get(received.id).settled(standing, by=PROCESS, at=at)
        store.cap_messages.save(settled)
        _end_those_before(store, settled)
        _note(store, settled, act=act, who=PROCESS, at=at)


def tidy(store: Store, *, at: int) -> None:
    """End messages whose alert is over or whose time has passed, and forget old ones."""
    with store.transaction():
        for one in store.cap_messages.shown():
            if not _runs(store, one.alert, at):
                store.cap_messages.save(one.ended())
        for one in store.cap_messages.open():
            if one.decision.expires_at is not None and one.decision.expires_at <= at:
                store.cap_messages.save(one.ended())
        store.cap_messages.forget(before=at - KEPT_FOR, keep=OPEN)


def alerts_ended_by(store: Store, received: Received, *, at: int) -> list[str]:
    """Return the alerts of ours that run and that this message replaces or ends, oldest first."""
    gone = {one.itself for one in received.decision.ends}
    meant = [
        one.alert
        for one in store.cap_messages.shown()
        if one.alert and one.message and one.message.itself in gone
    ]
    return [one for one in meant if _runs(store, one, at)]


def _runs(store: Store, alert_id: str | None, at: int) -> bool:
    alert = store.alerts.get(alert_id) if alert_id else None
    return alert is not None and alert.state is AlertState.RAISED and not alert.is_over(at)


def _end_those_before(store: Store, received: Received) -> None:
    gone = {one.itself for one in received.decision.ends}
    for one in [*store.cap_messages.shown(), *store.cap_messages.open()]:
        if one.id != received.id and one.message and one.message.itself in gone:
            store.cap_messages.save(one.ended())


def _note(store: Store, received: Received, *, act: str, who: str, at: int) -> None:
    message = received.message
    store.audit.record(
        who=who,
        act=act,
        subject=f"cap:{received.id}",
        at=at,
        detail={
            "identifier": message.identifier if message else "",
            "sender": message.sender if message else "",
            "decision": received.decision.decision,
            "reason": received.remark or received.decision.reason,
            "displays": len(received.decision.displays),
            "alert": received.alert,
        },
    )
