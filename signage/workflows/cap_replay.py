"""Replays a stored message: what it would do by today's table, at the moment it came; no act."""

from pathlib import Path

from signage.domain.cap.deciding import Decision
from signage.domain.cap.ledger import Heard
from signage.domain.cap.message import CapMessage
from signage.domain.cap.received import Received
from signage.store import Store
from signage.workflows.cap_intake import city_table
from signage.workflows.cap_judging import judge, places_of


def replay(store: Store, received: Received, *, home: Path) -> Decision:
    """Judge a message again as it came, by the table in `home`, and change nothing.

    It knows what its sender said before it, and not itself. Raises Refused.
    """

    def earlier(message: CapMessage) -> list[Heard]:
        names = {message.identifier, *(one.identifier for one in message.references)}
        related = store.cap_messages.related(message.sender, names)
        before = (one.heard() for one in related if one.received_at < received.received_at)
        return [one for one in before if one]

    return judge(
        store.cap_messages.content(received.id),
        table=city_table(home),
        heard_of=earlier,
        places=places_of(store),
        at=received.received_at,
    ).decision
