"""The sealer's own book: what was authorised, what it sealed, and the factors of officers.

One SQLite file beside the alert key, readable by the sealer's OS user alone (rule P).
"""

import os
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Column, MetaData, String, Table, Text, delete, select

from signage.store.alerts import alerts_table, revisions_table
from signage.store.audit import audit
from signage.store.documents import from_text, to_text
from signage.store.drills import drills_table
from signage.store.engine import open_engine
from signage.store.holds import holds_table
from signage.store.ledger import Ledger
from signage.store.publications import notes_table, published_blobs_table, sealed_table
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

Card = TypeVar("Card", bound=msgspec.Struct)

SHARED = (
    alerts_table,
    revisions_table,
    holds_table,
    drills_table,
    audit,
    sealed_table,
    published_blobs_table,
    notes_table,
)
# Not among the tables of the controller: secrets have no place in its database.
_own = MetaData()
cards_table = Table(
    "cards",
    _own,
    Column("kind", String(20), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("owner", String(80), nullable=False, index=True),
    Column("at", Millis, nullable=False),
    Column("document", Text, nullable=False),
)


class Cards:
    """Small documents of the sealer by kind and id: factors, tries, what waits for a second."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, kind: str, card_id: str, shape: type[Card]) -> Card | None:
        """The card, or None."""
        same = (cards_table.c.kind == kind) & (cards_table.c.id == card_id)
        text = self._rows.scalar(select(cards_table.c.document).where(same))
        return None if text is None else from_text(str(text), shape)

    def all(self, kind: str, shape: type[Card], *, owner: str | None = None) -> list[Card]:
        """All cards of a kind, of `owner` alone when given, oldest first."""
        found = select(cards_table.c.document).where(cards_table.c.kind == kind)
        if owner is not None:
            found = found.where(cards_table.c.owner == owner)
        rows = self._rows.all(found.order_by(cards_table.c.at, cards_table.c.id))
        return [from_text(str(row["document"]), shape) for row in rows]

    def put(
        self, kind: str, card_id: str, card: msgspec.Struct, *, at: int, owner: str = ""
    ) -> None:
        """Keep `card`, in place of the one with this id."""
        values = {"owner": owner, "at": at, "document": to_text(card)}
        self._rows.save(cards_table, {"kind": kind, "id": card_id}, values)

    def remove(self, kind: str, card_id: str) -> None:
        """Drop a card; none is fine."""
        same = (cards_table.c.kind == kind) & (cards_table.c.id == card_id)
        self._rows.write(delete(cards_table).where(same))


class Book(Ledger):
    """What the sealer goes by. The controller's database is only told what stands here."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self.cards = Cards(rows)

    @classmethod
    def open(cls, folder: Path) -> "Book":
        """Open the book in the sealer's folder of keys; makes it when there is none."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "book.sqlite3"
        # Made before SQLite does it: its other files are then for the owner alone as well.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        engine = open_engine(f"sqlite:///{path}")
        metadata.create_all(engine, tables=list(SHARED))
        _own.create_all(engine)
        return cls(Rows(engine))
