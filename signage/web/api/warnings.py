"""Operations of warnings: a message in CAP is handed over, and what was decided is read."""

from typing import Annotated

import msgspec
from flask import request
from msgspec import Meta

from signage.domain.cap.deciding import Verb
from signage.domain.cap.received import Received, Standing
from signage.domain.people import Action
from signage.web.api.operations import operation
from signage.web.context import now, person, settings, store
from signage.workflows.cap import cap_intake


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided about a message; `id` is null for bytes that came before."""

    id: str | None
    identifier: str
    decision: Verb
    reason: str
    standing: Standing | None
    displays: list[str]
    begins_at: int | None
    expires_at: int | None
    languages: list[str]
    alert: str | None


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """Part of all messages, newest first."""

    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    offset: Annotated[int, Meta(ge=0)] = 0


@operation(
    "POST",
    "/warnings",
    needs=Action.WARN,
    summary="Hand in a CAP 1.2 message; it is judged like one from a feed",
    body="application/cap+xml",
    gives=Warned,
)
def hand_in_warning() -> Warned:
    received = cap_intake.hand_in(
        store(),
        request.get_data(),
        source=f"token {person().login}",
        home=settings().home_path,
        by=person(),
        at=now(),
    )
    return _warned(received) if received else _REPEATED


@operation(
    "GET",
    "/warnings",
    needs=Action.ALERT,
    summary="List the CAP messages received, with what was decided and why",
    query=Recent,
    gives=list[Warned],
)
def list_warnings(query: Recent) -> list[Warned]:
    listed = cap_intake.recent(store(), by=person(), limit=query.limit, offset=query.offset)
    return [_warned(one) for one in listed]


_REPEATED = Warned(
    id=None,
    identifier="",
    decision=Verb.IGNORE,
    reason="received-before",
    standing=None,
    displays=[],
    begins_at=None,
    expires_at=None,
    languages=[],
    alert=None,
)


def _warned(received: Received) -> Warned:
    decision = received.decision
    return Warned(
        id=received.id,
        identifier=decision.identifier,
        decision=decision.decision,
        reason=decision.reason,
        standing=received.standing,
        displays=decision.displays,
        begins_at=decision.begins_at,
        expires_at=decision.expires_at,
        languages=decision.languages,
        alert=received.alert,
    )
