"""Tells the controller's database what stands in the sealer's book; nothing comes back from it.

The pages read the database. Whatever is written there past the sealer is told in the log and put
right: a row raises nothing, changes nothing that is up, and clears nothing (rule P).
"""

from collections.abc import Callable
from functools import partial

import structlog

from players.contract.signature import Kind
from signage.domain.alert import Alert
from signage.store import Store
from signage.store.book import Book
from signage.workflows.alerts.alert_sets import BY_SEALER, pages_of
from signage.workflows.sets.drill_sets import DRILLS
from signage.workflows.sets.hold_sets import HOLDS
from signage.workflows.sets.laid_sets import pages_in
from signage.workflows.sets.set_mirror import mirror_sets

log = structlog.get_logger()

_COPIED = "log-copied-to"
_PAGES: dict[Kind, Callable[[bytes], list[str]]] = {
    Kind.ALERTS: pages_of,
    Kind.HOLDS: partial(pages_in, HOLDS),
    Kind.DRILLS: partial(pages_in, DRILLS),
}


def mirror(book: Book, store: Store, *, at: int, has_listened: bool = True) -> bool:
    """Bring the database in step with the book; says whether anything had to be changed.

    Before the sealer has listened to what is on the air, what the book does not know may be of
    today, and the book of yesterday (restored): that is left alone until then.
    """
    changed = _copy_log(book, store)
    changed |= _copy_sets(book, store)
    in_book = {alert.id: alert for alert in book.alerts.live()}
    in_store = {alert.id: alert for alert in store.alerts.live()}
    for alert_id in sorted(in_book | in_store):
        ours = in_book.get(alert_id) or book.alerts.get(alert_id)
        theirs = in_store.get(alert_id) or store.alerts.get(alert_id)
        if ours != theirs and (has_listened or _is_behind(book, theirs)):
            _put_right(book, store, alert_id, ours, theirs, at=at)
            changed = True
    return changed | mirror_sets(book, store, at=at, has_listened=has_listened)


def _is_behind(book: Book, theirs: Alert | None) -> bool:
    """The database has what the book said before, or nothing yet."""
    return theirs is None or any(one == theirs for one, _, _ in book.alerts.history(theirs.id))


def _is_taken_over(ours: Alert | None, theirs: Alert | None) -> bool:
    """The book was lost or restored, and got it back from the air: nobody wrote past the sealer."""
    return (
        ours is not None
        and theirs is not None
        and ours.outside
        and (ours.revision, ours.words.headline) == (theirs.revision, theirs.words.headline)
    )


def _put_right(
    book: Book, store: Store, alert_id: str, ours: Alert | None, theirs: Alert | None, *, at: int
) -> None:
    history = book.alerts.history(alert_id)
    with store.transaction():
        if not _is_behind(book, theirs) and not _is_taken_over(ours, theirs):
            _tell(store, alert_id, ours, theirs, at=at)
        if ours is not None:
            known = {(one.revision, one.state) for one, _, _ in store.alerts.history(alert_id)}
            for one, by, moment in history:
                if one == ours or (one.revision, one.state) not in known:
                    store.alerts.save(one, by=by, at=moment)
        elif theirs is not None:
            store.alerts.save(theirs.ended(), by=BY_SEALER, at=at)


def _tell(
    store: Store, alert_id: str, ours: Alert | None, theirs: Alert | None, *, at: int
) -> None:
    detail = {
        "found": _described(theirs),
        "authorised": _described(ours),
        "headline": theirs.words.headline if theirs else "",
    }
    log.error("an alert in the database that nobody authorised: not sealed", alert=alert_id)
    store.audit.record(
        who=BY_SEALER, act="alert.unauthorised", subject=f"alert:{alert_id}", at=at, detail=detail
    )


def _described(alert: Alert | None) -> str:
    return f"{alert.state.value} {alert.revision}" if alert else "nothing"


def _copy_log(book: Book, store: Store) -> bool:
    """The acts of the book, as rows of the log that people read."""
    copied = int(book.publications.note(_COPIED) or 0)
    rows = book.audit.rows_after(copied)
    if not rows:
        return False
    with store.transaction():
        for row in rows:
            store.audit.record(
                who=row.who,
                act=row.act,
                subject=row.subject,
                at=row.at,
                unit=row.unit,
                detail=row.detail,
            )
    with book.transaction():
        book.publications.keep_note(_COPIED, str(rows[-1].number))
    return True


def _copy_sets(book: Book, store: Store) -> bool:
    """What was sealed: the worker's beat names the serials, the pages serve the blobs."""
    changed = False
    for kind, pages in _PAGES.items():
        known = store.publications.marks(kind)
        new = [
            one
            for one in book.publications.of_kind(kind)
            if (there := known.get(one.topic)) is None
            or (there.epoch, there.serial, there.says) != (one.epoch, one.serial, one.says)
        ]
        if new:
            changed = True
            with store.transaction():
                store.publications.commit(*new)
                store.publications.publish_blobs(
                    {f"{kind.value}:{one.addressee}": pages(one.sealed) for one in new}
                )
    return changed
