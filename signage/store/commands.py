"""Commands to players: what was asked, and under which number it was sent."""

from sqlalchemy import Column, Select, String, Table, Text, select

from signage.domain.command import Command
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

commands_table = Table(
    "commands",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("display", String(80), nullable=False, index=True),
    Column("at", Millis, nullable=False, index=True),
    Column("serial", Millis, nullable=True),
    Column("document", Text, nullable=False),
)


class Commands:
    """Repository of commands."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def unsent(self, since: int) -> list[Command]:
        """Commands asked for since a moment (ms) that have no number yet, oldest first."""
        table = commands_table
        waiting = table.c.serial.is_(None) & (table.c.at >= since)
        return self._list(select(table.c.document).where(waiting).order_by(table.c.at))

    def latest(self, display: str, limit: int = 5) -> list[Command]:
        """The newest commands to a display, newest first."""
        table = commands_table
        own = select(table.c.document).where(table.c.display == display)
        return self._list(own.order_by(table.c.at.desc(), table.c.id).limit(limit))

    def save(self, command: Command) -> None:
        """Add a command, or note its number."""
        values = {
            "display": command.display,
            "at": command.at,
            "serial": command.serial,
            "document": to_text(command),
        }
        self._rows.save(commands_table, {"id": command.id}, values)

    def _list(self, statement: Select[tuple[str]]) -> list[Command]:
        return [from_text(row["document"], Command) for row in self._rows.all(statement)]
