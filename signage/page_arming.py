"""Pages pushed to players ahead of the alert that may name them; shown to nobody before."""

import json
from collections.abc import Callable

from players.contract import topics
from players.contract.limits import MINUTE
from players.contract.signature import Kind
from signage.broker import Connection
from signage.store import Store
from signage.store.book import Book
from signage.workflows.alerts.alert_sets import pages_of
from signage.workflows.alerts.arming import Page, pages_to_arm

ARMED_FOR = 30 * MINUTE
"""As long as a draft may be raised."""
_NOTE = "armed"


class Arming:
    """Belongs to the sealer's thread. Wanted state: what is proposed now stands on the broker.

    What was armed is noted in the book, so that after a restart nothing stays there for ever.
    """

    def __init__(
        self,
        store: Store,
        book: Book,
        connection: Connection,
        fleet: str,
        send_pages: Callable[[str, list[str]], None],
    ) -> None:
        self._store, self._book, self._connection = store, book, connection
        self._fleet, self._send_pages = fleet, send_pages
        self._sent: set[Page] = set()
        self._noted = _noted(book)

    def forget_sent(self) -> None:
        """There is a new connection: everything is sent again."""
        self._sent = set()

    def has(self, profile: str, sha256: str) -> bool:
        """Say whether a page was sent ahead over this connection."""
        return (profile, sha256) in self._sent

    def look(self, at: int) -> None:
        """Send what is proposed now, take back what is no longer and that no set names."""
        wanted = pages_to_arm(self._store.proposals.since(at - ARMED_FOR))
        if wanted == self._noted == self._sent:
            return
        self._note(wanted | self._noted)
        for profile, sha256 in sorted(wanted - self._sent):
            self._send_pages(profile, [sha256])
        for profile, sha256 in sorted(self._noted - wanted - self._named()):
            self._connection.publish(topics.page(self._fleet, profile, sha256), b"")
        self._sent = set(wanted)
        self._note(wanted)

    def _named(self) -> set[Page]:
        return {
            (one.addressee, sha256)
            for one in self._book.publications.of_kind(Kind.ALERTS)
            for sha256 in pages_of(one.sealed)
        }

    def _note(self, pages: set[Page]) -> None:
        if pages != self._noted:
            with self._book.transaction():
                self._book.publications.keep_note(_NOTE, json.dumps(sorted(pages)))
            self._noted = pages


def _noted(book: Book) -> set[Page]:
    text = book.publications.note(_NOTE)
    return {(profile, sha256) for profile, sha256 in json.loads(text)} if text else set()
