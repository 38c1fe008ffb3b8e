"""Tells the database which holds and drills stand in the sealer's book, and puts forged rows right.

A row that is neither what the book says nor what the database was told last was written past the
sealer: it holds and shows nothing, and the log names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog

from signage.domain.drill import Drill, DrillState
from signage.domain.hold import Hold
from signage.store import Store
from signage.store.book import Book
from signage.store.ledger import Ledger
from signage.workflows.alerts.alert_sets import BY_SEALER

log = structlog.get_logger()


@dataclass(frozen=True)
class _Of:
    """What differs: where they are kept, how one ends, and how the log describes one."""

    name: str
    shape: type[Any]
    rows: Callable[[Ledger], Any]
    ended: Callable[[Any, int], Any]
    is_draft: Callable[[Any], bool]
    described: Callable[[Any], str]


_HOLDS: Final = _Of(
    name="hold",
    shape=Hold,
    rows=lambda ledger: ledger.holds,
    ended=lambda hold, at: hold.lifted(by=BY_SEALER, at=at),
    is_draft=lambda _: False,
    described=lambda hold: f"{hold.kind.value} {hold.revision} {' '.join(hold.targets)}",
)
_DRILLS: Final = _Of(
    name="drill",
    shape=Drill,
    rows=lambda ledger: ledger.drills,
    ended=lambda drill, at: drill.ended(at=at),
    is_draft=lambda drill: drill.state is DrillState.DRAFT,
    described=lambda drill: f"{drill.state.value} {drill.words.headline}",
)


def mirror_sets(book: Book, store: Store, *, at: int, has_listened: bool = True) -> bool:
    """Bring holds and drills of the database in step; says whether anything had to be changed.

    See `mirror` for what is left alone until the sealer `has_listened`.
    """
    changed = [_mirror(book, store, of, at, has_listened) for of in (_HOLDS, _DRILLS)]
    return any(changed)


def _mirror(book: Book, store: Store, of: _Of, at: int, has_listened: bool) -> bool:
    card = f"told-{of.name}"
    live = {one.id for ledger in (book, store) for one in of.rows(ledger).live(at)}
    told = {one.id: one for one in book.cards.all(card, of.shape)}
    changed = False
    for known in sorted(live | told.keys()):
        ours, theirs = of.rows(book).get(known), of.rows(store).get(known)
        is_behind = _is_behind(of, theirs, told.get(known))
        if ours != theirs and not has_listened and not is_behind:
            continue
        if ours != theirs:
            is_forged = not is_behind and not _is_taken_over(of, ours, theirs, at)
            _put_right(store, of, ours, theirs, is_forged=is_forged, at=at)
            changed = True
        _note_told(book, of, ours if known in live else None, told.get(known), at)
    return changed


def _is_behind(of: _Of, theirs: Any, told: Any) -> bool:
    """The database has what it was told before, or nothing yet."""
    return theirs is None or theirs == told or (told is None and of.is_draft(theirs))


def _is_taken_over(of: _Of, ours: Any, theirs: Any, at: int) -> bool:
    """The book was lost or restored, and got it back from the air: nobody wrote past the sealer."""
    if ours is None or of.described(ours) != of.described(theirs):
        return False
    return bool(ours.outside or (ours.is_over(at) and theirs.is_over(at)))


def _put_right(store: Store, of: _Of, ours: Any, theirs: Any, *, is_forged: bool, at: int) -> None:
    right = ours or of.ended(theirs, at)
    with store.transaction():
        if is_forged:
            log.error("written past the sealer: not sealed", what=of.name, id=theirs.id)
            store.audit.record(
                who=BY_SEALER,
                act=f"{of.name}.unauthorised",
                subject=f"{of.name}:{theirs.id}",
                at=at,
                detail={
                    "found": of.described(theirs),
                    "authorised": of.described(ours) if ours else "nothing",
                },
            )
        of.rows(store).save(right)


def _note_told(book: Book, of: _Of, ours: Any, told: Any, at: int) -> None:
    """Keep what the database was told of one that is in force, and forget it afterwards."""
    if ours == told:
        return
    card = f"told-{of.name}"
    with book.transaction():
        if ours is None:
            book.cards.remove(card, told.id)
        else:
            book.cards.put(card, ours.id, ours, at=at)
