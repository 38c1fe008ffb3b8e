"""Has the sealer do what an officer confirms: raise an alert, amend it, extend it, clear it."""

from collections.abc import Sequence

import msgspec

from players.contract.limits import HOUR, MINUTE
from signage.domain.act import ActKind, Proposal
from signage.domain.alert import GREEN_PAGE_TIME, Alert, AlertWords
from signage.domain.display import Display
from signage.domain.people import User
from signage.domain.sentences import N_, Refused
from signage.domain.two_people import SECOND_WITHIN
from signage.store import Store
from signage.workflows.alerts.alert_proposing import (
    draft,
    get,
    preview,
    propose_all_clear,
    propose_amendment,
    propose_extension,
    proposed,
)
from signage.workflows.alerts.alert_reach import Covered, covered, covered_by, require_reach
from signage.workflows.sealer.authorising import Authorise

__all__ = [
    "DRAFT_LIFE",
    "Covered",
    "amend",
    "clear",
    "confirm",
    "confirm_or_queue",
    "covered_by",
    "draft",
    "extend",
    "get",
    "preview",
    "propose_all_clear",
    "propose_amendment",
    "propose_extension",
    "proposed",
    "raise_alert",
    "waiting",
]

DRAFT_LIFE = 30 * MINUTE
"""A draft older than this can't be raised: its pages name an end that has come nearer unseen."""
QUEUE_LIFE = 2 * HOUR
"""So long the wish of an unattended source waits for an officer; its end may come earlier."""


def confirm(
    store: Store,
    proposal_id: str,
    *,
    authorise: Authorise,
    expected_displays: int | None = None,
    by: User,
    at: int,
) -> Alert | None:
    """Have the sealer do what is proposed, as `by` confirms it; None while it waits for a second.

    `expected_displays` is the number that the officer confirmed; other numbers refuse.
    """
    proposal = proposed(store, proposal_id)
    alert = proposal.alert
    if proposal.kind is ActKind.RAISE:
        displays = covered(store, alert.targets, by)
        _require_number(displays, expected_displays)
        if at - proposal.made_at > (QUEUE_LIFE if proposal.source else DRAFT_LIFE):
            raise Refused(N_("Bản nháp cảnh báo đã quá 30 phút. Hãy xem lại rồi phát."))
    else:
        displays = require_reach(store, alert, by)
        require_reach(store, get(store, alert.id), by)
    done = authorise(msgspec.structs.replace(proposal.act, displays=len(displays)), by, at)
    with store.transaction():
        if done is not None:
            store.proposals.remove(proposal_id)
        else:
            first = msgspec.structs.replace(proposal, first=by.login, first_at=at)
            store.proposals.save(first)
    return done


def confirm_or_queue(
    store: Store, proposal: Proposal, *, authorise: Authorise, by: User, at: int
) -> Alert | Refused:
    """What an unattended source wants: done when a standing authorisation covers it, else queued.

    `authorise` is `AtSealer.by_standing(token)`. Returns the alert in force, or why it waits in
    the queue of the duty officers.
    """
    try:
        done = confirm(
            store,
            proposal.id,
            authorise=authorise,
            expected_displays=proposal.act.displays,
            by=by,
            at=at,
        )
    except Refused as refused:
        return refused
    assert done is not None  # noqa: S101 - a standing authorisation waits for no second person
    return done


def waiting(store: Store, *, at: int) -> list[Proposal]:
    """What waits for a duty officer: a second confirmation, or the wish of an unattended source."""
    return [
        one
        for one in store.proposals.since(at - QUEUE_LIFE)
        if one.source or (one.first and at < one.first_at + SECOND_WITHIN)
    ]


def raise_alert(
    store: Store,
    draft_id: str,
    *,
    expected_displays: int,
    authorise: Authorise,
    by: User,
    at: int,
) -> Alert | None:
    """Put a draft in force; see `confirm`."""
    return confirm(
        store,
        draft_id,
        authorise=authorise,
        expected_displays=expected_displays,
        by=by,
        at=at,
    )


def amend(
    store: Store,
    alert_id: str,
    *,
    words: AlertWords,
    targets: Sequence[str],
    until: int,
    revision: int,
    authorise: Authorise,
    by: User,
    at: int,
) -> Alert | None:
    """Propose an amendment and confirm it in one step, as programs do."""
    proposal = propose_amendment(
        store,
        alert_id,
        words=words,
        targets=targets,
        until=until,
        revision=revision,
        by=by,
        at=at,
    )
    return confirm(store, proposal.id, authorise=authorise, by=by, at=at)


def extend(
    store: Store, alert_id: str, *, until: int, authorise: Authorise, by: User, at: int
) -> Alert | None:
    """Let a running alert end at another time, in one step."""
    proposal = propose_extension(store, alert_id, until=until, by=by, at=at)
    return confirm(store, proposal.id, authorise=authorise, by=by, at=at)


def clear(
    store: Store,
    alert_id: str,
    *,
    green_for: int = GREEN_PAGE_TIME,
    authorise: Authorise,
    by: User,
    at: int,
) -> Alert | None:
    """Give the all clear in one step."""
    proposal = propose_all_clear(store, alert_id, green_for=green_for, by=by, at=at)
    return confirm(store, proposal.id, authorise=authorise, by=by, at=at)


def _require_number(displays: Sequence[Display], expected: int | None) -> None:
    if len(displays) != expected:
        raise Refused(
            N_(
                "Cảnh báo này phát tới {count} màn hình, khác với con số đã xác nhận."
                " Hãy xem lại rồi xác nhận."
            ),
            field="confirm",
            count=len(displays),
        )
