"""Does by itself what officers have allowed beforehand; whatever the sealer refuses waits for one.

The words are those of an approved template, never the message's own: nobody has looked at those.
"""

from pathlib import Path

import msgspec

from players.contract.limits import MINUTE
from signage.domain.act import Proposal
from signage.domain.alert import Alert, AlertWords
from signage.domain.alert_template import AlertTemplate
from signage.domain.cap.deciding import Verb
from signage.domain.cap.reasons import Why, why
from signage.domain.cap.received import Received, Standing
from signage.domain.cap.table import CapTable, Sender
from signage.domain.people import User
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.alerts import alerting
from signage.workflows.cap.cap_acting import targets_of
from signage.workflows.cap.cap_intake import alerts_ended_by, linked
from signage.workflows.sealer.at_sealer import AtSealer


class NotCovered(Exception):
    """There is nothing to ask the sealer for: an officer must look."""


def act(
    store: Store, table: CapTable, sealer: AtSealer, *, home: Path, green_for: int, at: int
) -> list[str]:
    """Do what the messages call for that may act by themselves; return the alerts touched."""
    touched = []
    for received in store.cap_messages.open():
        begins = received.decision.begins_at or at
        may_act = received.standing is Standing.CALLS and not received.decision.exercise
        if may_act and begins <= at:
            done = _try(store, received, table, sealer, home=home, green_for=green_for, at=at)
            touched += [done.id] if done else []
    return touched


def _try(
    store: Store,
    received: Received,
    table: CapTable,
    sealer: AtSealer,
    *,
    home: Path,
    green_for: int,
    at: int,
) -> Alert | None:
    try:
        by, token = _officer(store, received, table, sealer, home=home, at=at)
        proposal = _proposal(store, received, table, green_for=green_for, by=by, at=at)
        linked(store, received.id, proposal.alert.id)
        return alerting.confirm(
            store,
            proposal.id,
            authorise=sealer.by_standing(token),
            expected_displays=proposal.act.displays,
            by=by,
            at=at,
        )
    except NotCovered:
        _leave_to_officers(store, received, why("not-authorised"))
    except Refused as refused:
        _leave_to_officers(store, received, why("sealer-refused", detail=str(refused)))
    return None


def _officer(
    store: Store, received: Received, table: CapTable, sealer: AtSealer, *, home: Path, at: int
) -> tuple[User, str]:
    """The officer who gave the standing authorisation of the sender, and its token."""
    sender = table.sender_of(received.message) if received.message else None
    token = _token(sender, home)
    given = [
        one
        for one in sealer.goes_by().standing
        if sender and one.sender in (sender.sender, sender.name) and at < one.until
    ]
    by = store.users.by_login(given[0].given_by[0]) if given else None
    if by is None or not token:
        raise NotCovered
    return by, token


def _token(sender: Sender | None, home: Path) -> str:
    if sender is None or not sender.token_file:
        return ""
    try:
        return (home / sender.token_file).read_text("utf-8").strip()
    except OSError:
        return ""


def _proposal(
    store: Store, received: Received, table: CapTable, *, green_for: int, by: User, at: int
) -> Proposal:
    before = alerts_ended_by(store, received, at=at)
    decision = received.decision
    if decision.decision is Verb.CANCEL:
        if not before:
            raise NotCovered
        return alerting.propose_all_clear(store, before[-1], green_for=green_for, by=by, at=at)
    template, words = _approved_words(store, received, table)
    until = min(decision.expires_at or at, at + template.minutes * MINUTE)
    targets = targets_of(store, decision.displays)
    if before:
        current = alerting.get(store, before[-1])
        return alerting.propose_amendment(
            store,
            current.id,
            words=words,
            targets=targets,
            until=until,
            revision=current.revision,
            template=template.id,
            by=by,
            at=at,
        )
    return alerting.draft(
        store, words, targets=targets, until=until, template=template.id, by=by, at=at
    )


def _approved_words(
    store: Store, received: Received, table: CapTable
) -> tuple[AlertTemplate, AlertWords]:
    """The template that the table names for this kind of event, at the place it names."""
    message = received.message
    info = message.info_in(table.languages) if message else None
    rule = table.rule_for(info) if info else None
    template = store.alert_templates.get(rule.template) if rule and rule.template else None
    if rule is None or template is None:
        raise NotCovered
    return template, template.at(rule.area or template.areas[0])


def _leave_to_officers(store: Store, received: Received, reason: Why) -> None:
    with store.transaction():
        decision = msgspec.structs.replace(
            received.decision, reasons=(*received.decision.reasons, reason), waits=True
        )
        store.cap_messages.save(
            msgspec.structs.replace(received, standing=Standing.WAITS, decision=decision)
        )
