"""Drills in a place of their own: nothing that lists alerts can ever list a drill."""

from collections.abc import Collection

from sqlalchemy import Column, Select, String, Table, Text, delete, select

from signage.domain.drill import Drill, DrillState
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

drills_table = Table(
    "drills",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("state", String(20), nullable=False, index=True),
    Column("created_at", Millis, nullable=False),
    Column("begins_at", Millis, nullable=False, index=True),
    Column("expires_at", Millis, nullable=False),
    Column("document", Text, nullable=False),
)


class Drills:
    """Repository of drills."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, drill_id: str) -> Drill | None:
        """One drill, or None."""
        table = drills_table
        row = self._rows.first(select(table.c.document).where(table.c.id == drill_id))
        return from_text(row["document"], Drill) if row else None

    def live(self, at: int) -> list[Drill]:
        """Drills that run at `at` or will, the next first."""
        table = drills_table
        planned = (table.c.state == DrillState.PLANNED.value) & (table.c.expires_at > at)
        in_order = select(table.c.document).where(planned).order_by(table.c.begins_at, table.c.id)
        return self._list(in_order)

    def recent(self, limit: int = 50) -> list[Drill]:
        """Drills that were planned, the latest first; drafts are left out."""
        table = drills_table
        known = select(table.c.document).where(table.c.state != DrillState.DRAFT.value)
        return self._list(known.order_by(table.c.begins_at.desc(), table.c.id).limit(limit))

    def known(self, drill_ids: Collection[str]) -> set[str]:
        """Those of these ids that are drills."""
        rows = self._rows.all(select(drills_table.c.id).where(drills_table.c.id.in_(drill_ids)))
        return {str(row["id"]) for row in rows}

    def save(self, drill: Drill) -> None:
        """Add or change a drill."""
        values = {
            "state": drill.state.value,
            "created_at": drill.created_at,
            "begins_at": drill.begins_at,
            "expires_at": drill.expires_at,
            "document": to_text(drill),
        }
        self._rows.save(drills_table, {"id": drill.id}, values)

    def forget_drafts(self, before: int) -> None:
        """Drop drafts that were made before a moment (ms) and never confirmed."""
        table = drills_table
        stale = (table.c.state == DrillState.DRAFT.value) & (table.c.created_at < before)
        self._rows.write(delete(table).where(stale))

    def _list(self, statement: Select[tuple[str]]) -> list[Drill]:
        return [from_text(row["document"], Drill) for row in self._rows.all(statement)]
