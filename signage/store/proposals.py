"""Proposals: acts on alerts that are drawn and wait for an officer's confirmation."""

from sqlalchemy import Column, String, Table, Text, delete, select

from signage.domain.act import Proposal
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

proposals_table = Table(
    "proposals",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("alert", String(80), nullable=False, index=True),
    Column("made_at", Millis, nullable=False, index=True),
    Column("document", Text, nullable=False),
)


class Proposals:
    """Repository of proposals."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, proposal_id: str) -> Proposal | None:
        """A proposal that still waits, or None."""
        same = proposals_table.c.id == proposal_id
        row = self._rows.first(select(proposals_table.c.document).where(same))
        return from_text(row["document"], Proposal) if row else None

    def since(self, moment: int) -> list[Proposal]:
        """Proposals made since a moment (ms), newest first."""
        table = proposals_table
        found = select(table.c.document).where(table.c.made_at >= moment)
        rows = self._rows.all(found.order_by(table.c.made_at.desc(), table.c.id))
        return [from_text(row["document"], Proposal) for row in rows]

    def save(self, proposal: Proposal) -> None:
        """Keep a proposal."""
        values = {
            "alert": proposal.alert.id,
            "made_at": proposal.made_at,
            "document": to_text(proposal),
        }
        self._rows.save(proposals_table, {"id": proposal.id}, values)

    def remove(self, proposal_id: str) -> None:
        """Drop a proposal: it was confirmed, or given up."""
        self._rows.write(delete(proposals_table).where(proposals_table.c.id == proposal_id))

    def forget(self, before: int) -> None:
        """Drop what was made before a moment (ms) and never confirmed."""
        self._rows.write(delete(proposals_table).where(proposals_table.c.made_at < before))
