"""Hands every revision of a running alert to other systems, once, also after a restart."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from signage.domain.alert import AlertState
from signage.domain.bulletin import Bulletin, bulletin_of
from signage.store import Store
from signage.store.documents import from_text, to_text

_HANDED = "bulletins.handed"
MAX_REMEMBERED = 500


def hand_over(
    store: Store, take: Callable[[Bulletin], None], *, zone: ZoneInfo, at: int
) -> list[Bulletin]:
    """Give `take` what it has not had; what it refuses by OSError is tried again later."""
    handed = _handed(store)
    given = []
    for alert in store.alerts.live():
        mark = f"{alert.id}:{alert.revision}"
        is_due = alert.state in (AlertState.RAISED, AlertState.CLEARED) and not alert.is_over(at)
        if is_due and mark not in handed:
            bulletin = bulletin_of(alert, zone)
            take(bulletin)
            given.append(bulletin)
            handed.append(mark)
            with store.transaction():
                store.publications.keep_note(_HANDED, to_text(handed[-MAX_REMEMBERED:]))
    return given


def _handed(store: Store) -> list[str]:
    note = store.publications.note(_HANDED)
    return from_text(note, list[str]) if note else []
