"""Whether the controller reaches its broker, as the worker notes it and every page tells it."""

from players.contract.limits import SECOND
from signage.store import Store

TOLD_AFTER = 10 * SECOND
"""A connection that is back sooner is nobody's worry."""
_NOTE = "broker-lost"


def lost_since(store: Store) -> int | None:
    """Since when (ms UTC) nothing has gone out to displays, or None."""
    note = store.publications.note(_NOTE)
    return int(note) if note else None


def keep(store: Store, lost: int | None) -> bool:
    """Note since when the broker is lost, or None; says whether that is new."""
    if lost == lost_since(store):
        return False
    with store.transaction():
        store.publications.keep_note(_NOTE, None if lost is None else str(lost))
    return True
