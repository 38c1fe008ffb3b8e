"""Judges a CAP message: opened with distrust, its signature checked, its effect here decided."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from signage.cap.reading import message_of
from signage.cap.signatures import Forged, Unproven, is_signed, verified
from signage.cap.table_file import Table
from signage.cap.xml import Element, Unreadable, opened
from signage.domain.cap.areas import Place
from signage.domain.cap.deciding import Decision, Surroundings, Trust, Verb, decide
from signage.domain.cap.ledger import Heard, Ledger
from signage.domain.cap.message import CapMessage
from signage.domain.cap.reasons import why
from signage.domain.units import chain_of
from signage.store import Store

DEGREE = 1_000_000


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A message (None when it can't be read) and what it does here."""

    message: CapMessage | None
    decision: Decision
    trusted: bool = False

    @property
    def counts(self) -> bool:
        """Say whether it is heard: told twice, or forged, it changes nothing of what was heard."""
        repeated = any(one.code == "received-before" for one in self.decision.reasons)
        return self.decision.decision is not Verb.REJECT and not repeated


def judge(
    content: bytes,
    *,
    table: Table,
    heard_of: Callable[[CapMessage], Iterable[Heard]],
    places: Sequence[Place],
    at: int,
) -> Judged:
    """Judge the bytes of one message. `heard_of` gives what its sender said before."""
    try:
        root = opened(content)
        message = message_of(root)
        trust, message = _trust(content, root, message, table)
    except Unreadable as unreadable:
        refused = Decision(
            identifier="",
            decision=Verb.REJECT,
            reasons=(why("unreadable", detail=unreadable.detail),),
        )
        return Judged(message=None, decision=refused)
    surroundings = Surroundings(
        table=table.rules,
        ledger=Ledger(heard_of(message)),
        places=places,
        trust=trust,
        at=at,
    )
    return Judged(
        message=message, decision=decide(message, surroundings), trusted=trust.doubt is None
    )


def _trust(
    content: bytes, root: Element, message: CapMessage, table: Table
) -> tuple[Trust, CapMessage]:
    """What the signature proves, and the message as it was signed."""
    pinned = table.certificates.get(message.sender, [])
    if not is_signed(root):
        return Trust(doubt=why("not-signed")), message
    if not pinned:
        return Trust(doubt=why("no-certificate")), message
    try:
        signed = verified(content, root, pinned, sent=message.sent)
    except Unproven as unproven:
        return Trust(doubt=why("unproven", detail=unproven.detail)), message
    except Forged as forged:
        return Trust(doubt=why("forged", detail=forged.detail), forged=True), message
    return Trust(), message_of(signed)


def places_of(store: Store) -> list[Place]:
    """Return every display in use with where it stands and how codes may name it."""
    units = store.units.by_id()
    sites = {site.id: site for site in store.sites.all()}
    places = []
    for display in store.displays.all():
        site = sites[display.site]
        places.append(
            Place(
                display=display.id,
                point=(site.latitude_e6 / DEGREE, site.longitude_e6 / DEGREE),
                targets=frozenset(
                    [
                        f"display:{display.id}",
                        *(f"unit:{unit}" for unit in chain_of(display.unit, units)),
                        *(f"tag:{tag}" for tag in display.tags),
                    ]
                ),
            )
        )
    return places
