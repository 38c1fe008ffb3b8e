"""Drills as entries of sealed sets, and entries from outside as drills of our own."""

from typing import Final

import msgspec

from players.contract import documents, topics
from players.contract.alerts import Alert as SealedDrill
from players.contract.alerts import AlertSet, AllClear, Laid, refusal_of_alerts
from players.contract.limits import MAX_ALERTS
from players.contract.signature import Kind
from signage.domain.alert import AlertWords, covers_of, targets_of
from signage.domain.drill import MARK, Drill, DrillState
from signage.store.ledger import Ledger
from signage.workflows.alerts.alert_entries import OUTSIDE, page_of, sealed_page
from signage.workflows.sets.laid_sets import SetKind

REVISION: Final = 1
"""A drill is never amended: it is stopped, and another one planned."""


def entry_of(drill: Drill, profile: str) -> SealedDrill:
    """The drill as players of `profile` read it; its words are marked as its pixels are."""
    words = drill.words
    return SealedDrill(
        id=drill.id,
        revision=REVISION,
        covers=covers_of(drill.targets),
        level=words.level,
        raised_at=drill.created_at,
        begins_at=drill.begins_at,
        expires_at=drill.expires_at,
        headline=f"{MARK}{words.headline}",
        text=f"{words.area}\n{words.body}".strip(),
        sender=words.sender,
        pages=[sealed_page(page) for page in drill.pages[profile]],
    )


def _entries(ledger: Ledger, profile: str, at: int) -> list[Laid]:
    live = [drill for drill in ledger.drills.live(at) if drill.pages.get(profile)]
    return [entry_of(drill, profile) for drill in live]


def _take_over(ledger: Ledger, profile: str, entry: SealedDrill | AllClear, _at: int) -> bool:
    known = ledger.drills.get(entry.id)
    if isinstance(entry, AllClear) or (known and profile in known.pages):
        return False
    pages = {profile: [page_of(page) for page in entry.pages]}
    if known:
        ledger.drills.save(msgspec.structs.replace(known, pages=known.pages | pages))
        return True
    area, _, body = entry.text.partition("\n")
    words = AlertWords(
        headline=entry.headline.removeprefix(MARK),
        body=body,
        area=area,
        sender=entry.sender,
        level=entry.level,
    )
    ledger.drills.save(
        Drill(
            id=entry.id,
            state=DrillState.PLANNED,
            words=words,
            targets=targets_of(entry.covers),
            begins_at=entry.begins_at,
            expires_at=entry.expires_at,
            pages=pages,
            created_by=OUTSIDE,
            created_at=entry.raised_at,
            outside=True,
        )
    )
    return True


def _left_out(ledger: Ledger, drill_id: str, at: int) -> None:
    drill = ledger.drills.get(drill_id)
    if drill and not drill.is_over(at):
        ledger.drills.save(drill.ended(at=at))
        ledger.audit.record(who=OUTSIDE, act="drill.ended", subject=f"drill:{drill_id}", at=at)


DRILLS: Final = SetKind(
    kind=Kind.DRILLS,
    struct=AlertSet,
    fields={"exercise": True},
    most=MAX_ALERTS,
    topic=topics.drills,
    entries=_entries,
    read=documents.alert_entries,
    refusal=refusal_of_alerts,
    pages=lambda entry: [page.blob.sha256 for page in entry.pages],
    take_over=_take_over,
    left_out=_left_out,
)
