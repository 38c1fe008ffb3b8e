"""Holds as durable state: who keeps which displays dark, on the safe slide or in a meeting."""

from sqlalchemy import Column, Integer, Select, String, Table, Text, select

from signage.domain.hold import Hold
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

holds_table = Table(
    "holds",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("created_at", Millis, nullable=False, index=True),
    Column("expires_at", Millis, nullable=False, index=True),
    Column("lifted_at", Millis, nullable=True),
    Column("document", Text, nullable=False),
)


class Holds:
    """Repository of holds."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, hold_id: str) -> Hold | None:
        """One hold, or None."""
        row = self._rows.first(select(holds_table.c.document).where(holds_table.c.id == hold_id))
        return from_text(row["document"], Hold) if row else None

    def live(self, at: int) -> list[Hold]:
        """Holds that may be on a display at `at`, newest first."""
        table = holds_table
        running = table.c.lifted_at.is_(None) & (table.c.expires_at > at)
        return self._list(_newest_first().where(running))

    def recent(self, limit: int = 50) -> list[Hold]:
        """The newest holds, running or over."""
        return self._list(_newest_first().limit(limit))

    def save(self, hold: Hold) -> None:
        """Add or change a hold."""
        values = {
            "revision": hold.revision,
            "created_at": hold.created_at,
            "expires_at": hold.expires_at,
            "lifted_at": hold.lifted_at,
            "document": to_text(hold),
        }
        self._rows.save(holds_table, {"id": hold.id}, values)

    def _list(self, statement: Select[tuple[str]]) -> list[Hold]:
        return [from_text(row["document"], Hold) for row in self._rows.all(statement)]


def _newest_first() -> Select[tuple[str]]:
    return select(holds_table.c.document).order_by(
        holds_table.c.created_at.desc(), holds_table.c.id
    )
