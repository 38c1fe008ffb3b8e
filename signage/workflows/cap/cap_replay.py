"""Replays a stored message: what it would do by today's table, at the moment it came; no act."""

from pathlib import Path

from signage.domain.cap.deciding import Decision
from signage.domain.cap.received import Received
from signage.store import Store
from signage.workflows.cap.cap_intake import city_table, heard_before
from signage.workflows.cap.cap_judging import judge, places_of


def replay(store: Store, received: Received, *, home: Path) -> Decision:
    """Judge a message again as it came, by the table in `home`, and change nothing.

    It knows what its sender said before it, and not itself. Raises Refused.
    """
    return judge(
        store.cap_messages.content(received.id),
        table=city_table(home),
        heard_of=lambda message: heard_before(store, message, before=received.received_at),
        places=places_of(store),
        at=received.received_at,
    ).decision
