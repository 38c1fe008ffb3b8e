"""Our own alerts as signed CAP messages: written once, and the same bytes for ever."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, insert, select

from signage.domain.names import NotFound
from signage.domain.sentences import N_
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

sent_table = Table(
    "cap_sent",
    metadata,
    Column("identifier", Text, primary_key=True),
    Column("alert", Text, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("sent_at", Millis, nullable=False, index=True),
    Column("document", Json, nullable=False),
    Column("content", LargeBinary, nullable=False),
)


class CapSent:
    """Repository of our own messages. None is ever changed or removed: it is the archive."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(
        self,
        identifier: str,
        *,
        alert: str,
        revision: int,
        sent_at: int,
        document: str,
        content: bytes,
    ) -> None:
        """Keep a message that was signed."""
        values = {"identifier": identifier, "alert": alert, "revision": revision}
        values |= {"sent_at": sent_at, "document": document, "content": content}
        self._rows.write(insert(sent_table).values(**values))

    def of_alert(self, alert: str) -> list[str]:
        """Return the documents of an alert's messages, oldest first."""
        mine = select(sent_table.c.document).where(sent_table.c.alert == alert)
        return [row["document"] for row in self._rows.all(mine.order_by(sent_table.c.sent_at))]

    def recent(self, limit: int) -> list[str]:
        """Return the documents of the newest messages, newest first."""
        newest = select(sent_table.c.document).order_by(sent_table.c.sent_at.desc()).limit(limit)
        return [row["document"] for row in self._rows.all(newest)]

    def content(self, identifier: str) -> bytes:
        """Return a message as it was signed; raises NotFound."""
        found = select(sent_table.c.content).where(sent_table.c.identifier == identifier)
        content = self._rows.scalar(found)
        if content is None:
            raise NotFound(N_("Không có bản tin này. Hãy mở lại danh sách bản tin."))
        return bytes(content)
