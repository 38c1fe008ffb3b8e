"""In which hours the panel of each display is lit, and how loud it is."""

from sqlalchemy import Column, String, Table, Text, delete, select

from players.contract.panel import PanelHours
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import metadata

panel_hours_table = Table(
    "panel_hours",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("document", Text, nullable=False),
)


class Panels:
    """Repository of panel hours; a display without any is always lit."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> dict[str, PanelHours]:
        """The hours of every display that has any, by its id."""
        rows = self._rows.all(select(panel_hours_table))
        return {str(row["display"]): from_text(row["document"], PanelHours) for row in rows}

    def get(self, display: str) -> PanelHours | None:
        """The hours of one display, or None."""
        table = panel_hours_table
        text = self._rows.scalar(select(table.c.document).where(table.c.display == display))
        return None if text is None else from_text(str(text), PanelHours)

    def save(self, display: str, hours: PanelHours | None) -> None:
        """Keep the hours of a display; None: always lit."""
        table = panel_hours_table
        if hours is None:
            self._rows.write(delete(table).where(table.c.display == display))
        else:
            self._rows.save(table, {"display": display}, {"document": to_text(hours)})
