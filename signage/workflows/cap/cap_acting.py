"""Makes of a received message what an officer confirms: a draft, an amendment or an all clear."""

from collections.abc import Sequence

from signage.domain.act import Proposal
from signage.domain.alert import EVERYTHING, GREEN_PAGE_TIME, AlertWords
from signage.domain.cap.deciding import Verb
from signage.domain.cap.received import OPEN, Received
from signage.domain.drill import Drill
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.workflows.alerts import alerting
from signage.workflows.cap.cap_intake import alerts_ended_by, linked
from signage.workflows.sets import drilling


def propose(
    store: Store,
    message_id: str,
    words: AlertWords,
    *,
    green_for: int = GREEN_PAGE_TIME,
    by: User,
    at: int,
) -> Proposal:
    """Draw what the message asks for, in `words`, so that `by` can confirm it; raises Refused.

    A message that replaces one which is on the air amends that alert; when that has ended meanwhile
    it becomes a new one.
    """
    received = _open(store, message_id, by)
    if received.decision.exercise:
        raise Refused(N_("Đây là diễn tập, không bao giờ thành cảnh báo thật."))
    proposal = _proposal(store, received, words, green_for=green_for, by=by, at=at)
    linked(store, message_id, proposal.alert.id)
    return proposal


def propose_drill(store: Store, message_id: str, words: AlertWords, *, by: User, at: int) -> Drill:
    """Draw an exercise as a drill for `by` to confirm: another key, colour and word.

    Whatever ends an exercise is done on the page of the drill.
    """
    received = _open(store, message_id, by)
    decision = received.decision
    if not decision.exercise or decision.decision is Verb.CANCEL:
        raise Refused(N_("Hãy kết thúc diễn tập tại trang Diễn tập."))
    drill = drilling.draft(
        store,
        words,
        targets=targets_of(store, decision.displays),
        begins_at=decision.begins_at or at,
        expires_at=decision.expires_at or at,
        by=by,
        at=at,
    )
    linked(store, message_id, drill.id)
    return drill


def _open(store: Store, message_id: str, by: User) -> Received:
    require(by, Action.ALERT, store.units.chain(by.unit))
    received = store.cap_messages.get(message_id)
    if received.standing not in OPEN:
        raise Refused(N_("Bản tin này đã được xử lý. Hãy tải lại trang."))
    return received


def _proposal(
    store: Store, received: Received, words: AlertWords, *, green_for: int, by: User, at: int
) -> Proposal:
    decision = received.decision
    before = alerts_ended_by(store, received, at=at)
    if decision.decision is Verb.CANCEL:
        if not before:
            raise Refused(N_("Cảnh báo này đã kết thúc, không còn gì để hủy."))
        return alerting.propose_all_clear(store, before[-1], green_for=green_for, by=by, at=at)
    targets = targets_of(store, decision.displays)
    until = decision.expires_at or at
    if before:
        current = alerting.get(store, before[-1])
        return alerting.propose_amendment(
            store,
            current.id,
            words=words,
            targets=targets,
            until=until,
            revision=current.revision,
            by=by,
            at=at,
        )
    return alerting.draft(store, words, targets=targets, until=until, by=by, at=at)


def targets_of(store: Store, displays: Sequence[str]) -> list[str]:
    """Return the displays of an area as targets; all of them are simply all, later ones too."""
    if set(displays) == {display.id for display in store.displays.all()}:
        return [EVERYTHING]
    return [f"display:{display}" for display in displays]
