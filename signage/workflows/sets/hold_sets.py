"""Holds as entries of sealed sets, and entries from outside as holds of our own."""

from typing import Final

from players.contract import documents, topics
from players.contract.alerts import Laid
from players.contract.holds import Blank, HoldSet, Meeting, SafeSlide, refusal_of_holds
from players.contract.holds import Hold as SealedHold
from players.contract.limits import MAX_HOLDS
from players.contract.signature import Kind
from signage.domain.alert import covers_of, targets_of
from signage.domain.hold import Hold, HoldKind
from signage.store.ledger import Ledger
from signage.workflows.alerts.alert_entries import OUTSIDE, page_of, sealed_page
from signage.workflows.sets.laid_sets import SetKind

KINDS: Final[dict[HoldKind, type[SealedHold]]] = {
    HoldKind.BLANK: Blank,
    HoldKind.SAFE: SafeSlide,
    HoldKind.MEETING: Meeting,
}


def entry_of(hold: Hold, profile: str) -> SealedHold:
    """The hold as players of `profile` read it."""
    pages = {"pages": [sealed_page(page) for page in hold.pages.get(profile, [])]}
    return KINDS[hold.kind](
        id=hold.id,
        revision=hold.revision,
        covers=covers_of(hold.targets),
        begins_at=hold.begins_at,
        expires_at=hold.expires_at,
        why=hold.why,
        **(pages if hold.kind is HoldKind.MEETING else {}),
    )


def _entries(ledger: Ledger, profile: str, at: int) -> list[Laid]:
    # Of an outside hold only what was heard: its set for another profile may still be on its way.
    live = [one for one in ledger.holds.live(at) if not one.outside or profile in one.known_on]
    foremost = sorted(live, key=lambda one: (one.kind is HoldKind.MEETING, -one.begins_at, one.id))
    return [entry_of(hold, profile) for hold in foremost]


def _take_over(ledger: Ledger, profile: str, entry: SealedHold, _at: int) -> bool:
    known = ledger.holds.get(entry.id)
    if known and (known.revision > entry.revision or entry_of(known, profile) == entry):
        return False
    kind = next(kind for kind, struct in KINDS.items() if isinstance(entry, struct))
    pages = [page_of(page) for page in entry.pages] if isinstance(entry, Meeting) else []
    same = known if known and known.revision == entry.revision else None
    ledger.holds.save(
        Hold(
            id=entry.id,
            revision=entry.revision,
            kind=kind,
            targets=targets_of(entry.covers),
            begins_at=entry.begins_at,
            expires_at=entry.expires_at,
            why=entry.why,
            created_by=known.created_by if known else OUTSIDE,
            created_at=known.created_at if known else entry.begins_at,
            pages=(same.pages if same else {}) | ({profile: pages} if pages else {}),
            outside=True,
            known_on=sorted({*(same.known_on if same else []), profile}),
        )
    )
    return True


def _left_out(ledger: Ledger, hold_id: str, at: int) -> None:
    hold = ledger.holds.get(hold_id)
    if hold and not hold.is_over(at):
        ledger.holds.save(hold.lifted(by=OUTSIDE, at=at))
        ledger.audit.record(who=OUTSIDE, act="hold.lifted", subject=f"hold:{hold_id}", at=at)


def _pages(entry: SealedHold) -> list[str]:
    return [page.blob.sha256 for page in entry.pages] if isinstance(entry, Meeting) else []


HOLDS: Final = SetKind(
    kind=Kind.HOLDS,
    struct=HoldSet,
    fields={},
    most=MAX_HOLDS,
    topic=topics.holds,
    entries=_entries,
    read=documents.hold_entries,
    refusal=refusal_of_holds,
    pages=_pages,
    take_over=_take_over,
    left_out=_left_out,
)
