"""What a message does on which displays, and why; or why it does nothing."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from players.contract.limits import MAX_ALERT_LIFE, MINUTE
from signage.domain.cap.areas import Place, Reached, reached
from signage.domain.cap.ledger import Heard, Ledger
from signage.domain.cap.message import CapMessage, Info, MessageType, Scope, Status
from signage.domain.cap.reasons import Why, named, why
from signage.domain.cap.table import CapTable
from signage.domain.cap.wording import Words, words_of

MAX_AHEAD = 10 * MINUTE
"""A message sent later than this from now has a wrong clock, or was made up."""


class Verb(StrEnum):
    """What is done with a message."""

    SHOW = "show"
    QUEUE = "queue"
    UPDATE = "update"
    CANCEL = "cancel"
    IGNORE = "ignore"
    REJECT = "reject"


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about where a message came from; `doubt` says why it is not believed."""

    doubt: Why | None = None
    forged: bool = False


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done, and why; moments are UTC ms, displays are ids.

    `waits` says that an officer must confirm first; `near` are displays that the area only just
    misses; `ends` are the messages heard before whose alert this one replaces (update) or ends
    (cancel).
    """

    identifier: str
    decision: Verb
    reasons: tuple[Why, ...]
    displays: list[str] = []
    near: list[str] = []
    begins_at: int | None = None
    expires_at: int | None = None
    languages: list[str] = []
    words: Words | None = None
    exercise: bool = False
    waits: bool = False
    ends: list[Heard] = []

    @property
    def reason(self) -> str:
        """The names of its reasons, for programs."""
        return named(self.reasons)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What a message is judged by: the city's table, what its sender said before, the displays."""

    table: CapTable
    ledger: Ledger
    places: Sequence[Place]
    trust: Trust
    at: int


def decide(message: CapMessage, by: Surroundings) -> Decision:
    """Decide about one message."""
    out = _ruled_out(message, by)
    if out:
        return _plain(message, *out)
    ends = by.ledger.replaced_by(message)
    if message.type is MessageType.CANCEL:
        return _cancelled(message, ends, by, why("cancelled"))
    info = message.info_in(by.table.languages)
    if info is None:
        return _plain(message, Verb.IGNORE, why("no-info"))
    if message.says_all_clear():
        return _cancelled(message, ends, by, why("all-clear"))
    return _shown(message, info, ends, by)


def _plain(message: CapMessage, verb: Verb, *reasons: Why) -> Decision:
    return Decision(
        identifier=message.identifier,
        decision=verb,
        reasons=reasons,
        languages=message.languages(),
    )


def _ruled_out(message: CapMessage, by: Surroundings) -> tuple[Verb, Why] | None:
    """What rules a message out before anybody looks at what it says."""
    if by.ledger.knows(message, trusted=by.trust.doubt is None):
        return Verb.IGNORE, why("received-before")
    if by.trust.forged and by.trust.doubt:
        return Verb.REJECT, by.trust.doubt
    return _not_for_us(message, by.table) or _impossible(message, by)


def _not_for_us(message: CapMessage, table: CapTable) -> tuple[Verb, Why] | None:
    if message.status is Status.EXERCISE and not _enrolled(message, table):
        return Verb.IGNORE, why("not-enrolled")
    if message.status not in (Status.ACTUAL, Status.EXERCISE):
        return Verb.IGNORE, why("not-actual", status=message.status)
    if message.scope is not Scope.PUBLIC:
        return Verb.IGNORE, why("not-public", scope=message.scope)
    if message.type in (MessageType.ACK, MessageType.ERROR):
        return Verb.IGNORE, why("answer", type=message.type)
    return None


def _impossible(message: CapMessage, by: Surroundings) -> tuple[Verb, Why] | None:
    if message.sent > by.at + MAX_AHEAD:
        return Verb.REJECT, why("from-the-future")
    if message.type in (MessageType.UPDATE, MessageType.CANCEL) and not message.references:
        return Verb.REJECT, why("names-nothing", type=message.type)
    later = by.ledger.ended_already(message, trusted=by.trust.doubt is None)
    if later:
        return Verb.IGNORE, why("ended-before", identifier=later.itself.identifier)
    return None


def _cancelled(message: CapMessage, ends: list[Heard], by: Surroundings, cause: Why) -> Decision:
    if not ends:
        return _plain(message, Verb.IGNORE, cause, why("nothing-stands"))
    doubts = _distrust(message, by)
    return msgspec.structs.replace(
        _plain(message, Verb.CANCEL, cause, *doubts),
        # What nobody has proven and nobody sees may go by itself.
        waits=bool(doubts) and any(one.alert or one.trusted for one in ends),
        ends=ends,
    )


def _shown(message: CapMessage, info: Info, ends: list[Heard], by: Surroundings) -> Decision:
    table = by.table
    effective = info.effective or message.sent
    begins, end = max(by.at, effective), table.end_of(info, effective)
    where = _where(message, info, by)
    words = words_of(message, info, table)
    decided = Decision(
        identifier=message.identifier,
        decision=Verb.IGNORE,
        reasons=(),
        displays=where.covered,
        near=where.near,
        begins_at=begins,
        expires_at=min(end, begins + MAX_ALERT_LIFE),
        languages=message.languages(),
        words=words,
        exercise=message.status is Status.EXERCISE,
        ends=ends,
    )
    out = _out_of_place(info, end, where, by)
    if out and ends:
        # What stood was replaced by something that does not show: it must not stay up.
        return _because(decided, Verb.CANCEL, out, *_distrust(message, by))
    if out:
        return _because(decided, Verb.IGNORE, out)
    doubts = [*_doubts(message, info, by), *words.doubts]
    verb = Verb.UPDATE if ends else Verb.QUEUE if doubts else Verb.SHOW
    return _because(decided, verb, *doubts or [why("trusted")], *_notes(info, begins, end, table))


def _because(decided: Decision, verb: Verb, *reasons: Why) -> Decision:
    """The same with its reasons; it waits when one of them is a reason to wait."""
    waits = verb is not Verb.IGNORE and any(one.code in WAITS for one in reasons)
    return msgspec.structs.replace(decided, decision=verb, reasons=reasons, waits=waits)


WAITS = frozenset(
    {
        *("sender-unknown", "not-signed", "unproven", "no-certificate", "not-automatic"),
        *("not-authorised", "sealer-refused"),
        *("departure", "below-severity", "below-urgency", "below-certainty"),
        *("no-vietnamese", "long-headline", "exercise"),
    }
)
"""The reasons for which an officer looks first."""


def _where(message: CapMessage, info: Info, by: Surroundings) -> Reached:
    """The displays in the area; in an exercise only those that are enrolled in it."""
    places = by.places
    if message.status is Status.EXERCISE:
        enrolled = set(_enrolled(message, by.table))
        places = [one for one in places if "all" in enrolled or enrolled & one.targets]
    return reached(info.areas, places, margin_km=by.table.margin_km, geocodes=by.table.geocodes)


def _out_of_place(info: Info, end: int, where: Reached, by: Surroundings) -> Why | None:
    rule = by.table.rule_for(info)
    if end <= by.at:
        return why("expired")
    if rule and rule.ignore:
        return why("left-out", rule=rule.name)
    if not where.covered:
        return why("no-display") if info.areas else why("no-area")
    return None


def _distrust(message: CapMessage, by: Surroundings) -> list[Why]:
    """Why the sender is not simply believed."""
    sender = by.table.sender_of(message)
    if sender is None:
        return [why("sender-unknown", sender=message.sender)]
    if by.trust.doubt:
        return [by.trust.doubt]
    if not sender.automatic:
        return [why("not-automatic")]
    return [why("departure", detail=one) for one in message.departures]


def _doubts(message: CapMessage, info: Info, by: Surroundings) -> list[Why]:
    sender = by.table.sender_of(message)
    short = sender.falls_short(info) if sender else []
    exercise = [why("exercise")] if message.status is Status.EXERCISE else []
    return [*_distrust(message, by), *short, *exercise]


def _notes(info: Info, begins: int, end: int, table: CapTable) -> list[Why]:
    notes = [why("own-end", minutes=table.life_minutes)] if info.expires is None else []
    return [*notes, why("shortened")] if end > begins + MAX_ALERT_LIFE else notes


def _enrolled(message: CapMessage, table: CapTable) -> list[str]:
    """The targets enrolled in the exercise that the note of `message` names."""
    return [
        target
        for word, targets in table.exercises.items()
        if word.casefold() in message.note.casefold()
        for target in targets
    ]
