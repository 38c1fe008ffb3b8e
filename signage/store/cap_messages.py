"""Every CAP message that was received, with its bytes, what was decided and why."""

from collections.abc import Collection

from sqlalchemy import Column, LargeBinary, RowMapping, Table, Text, delete, func, insert, select

from signage.domain.cap.received import OPEN, Received, Standing
from signage.domain.names import NotFound
from signage.domain.sentences import N_
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

messages = Table(
    "cap_messages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sender", Text, nullable=False, index=True),
    Column("identifier", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("received_at", Millis, nullable=False, index=True),
    Column("standing", Text, nullable=False, index=True),
    Column("alert", Text, nullable=True, index=True),
    Column("document", Json, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

references_table = Table(
    "cap_references",
    metadata,
    Column("message", Text, primary_key=True),
    Column("identifier", Text, primary_key=True, index=True),
)
"""Which identifiers a message names: its line of life is found without reading everything."""

MAX_RELATED = 2000
"""A longer line is no line; the oldest are heard first."""

_LISTED = (messages.c.document,)
"""Never the bytes: a list of a hundred messages could be a hundred megabytes."""


class CapMessages:
    """Repository of received messages."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def has_bytes(self, sha256: str) -> bool:
        """Say whether these very bytes were received before."""
        same = select(messages.c.id).where(messages.c.sha256 == sha256).limit(1)
        return self._rows.scalar(same) is not None

    def get(self, message_id: str) -> Received:
        """Return one message; raises NotFound."""
        row = self._rows.first(select(*_LISTED).where(messages.c.id == message_id))
        if row is None:
            raise NotFound(N_("Không có bản tin này. Hãy mở lại danh sách bản tin."))
        return _received(row)

    def content(self, message_id: str) -> bytes:
        """Return the bytes as they came; raises NotFound."""
        content = self._rows.scalar(select(messages.c.content).where(messages.c.id == message_id))
        if content is None:
            raise NotFound(N_("Không có bản tin này. Hãy mở lại danh sách bản tin."))
        return bytes(content)

    def related(self, sender: str, identifiers: Collection[str]) -> list[Received]:
        """Return what was heard of `sender` in the line of life of these messages.

        That is: these, what they name, what names them, and so on.
        """
        names, seen = set(identifiers), set[str]()
        found: dict[str, Received] = {}
        while (fresh := names - seen) and len(found) < MAX_RELATED:
            seen |= fresh
            naming = select(references_table.c.message).where(
                references_table.c.identifier.in_(fresh)
            )
            ours = messages.c.identifier.in_(fresh) | messages.c.id.in_(naming)
            for one in self._listed(messages.c.sender == sender, ours):
                found[one.id] = one
                if one.message:
                    names |= {one.message.identifier}
                    names |= {named.identifier for named in one.message.references}
        return sorted(found.values(), key=lambda one: (one.received_at, one.id))

    def open(self) -> list[Received]:
        """Return what waits for an officer or has yet to act, oldest first."""
        return self._listed(messages.c.standing.in_([one.value for one in OPEN]))

    def shown(self) -> list[Received]:
        """Return the messages whose alert runs, oldest first."""
        return self._listed(messages.c.standing == Standing.SHOWS.value)

    def recent(self, *, limit: int, offset: int = 0) -> list[Received]:
        """Return part of all messages, newest first."""
        newest = select(*_LISTED).order_by(messages.c.received_at.desc(), messages.c.id)
        return [_received(row) for row in self._rows.all(newest.limit(limit).offset(offset))]

    def count_waiting(self) -> int:
        """Return how many wait for an officer."""
        waiting = messages.c.standing == Standing.WAITS.value
        return int(self._rows.scalar(select(func.count()).where(waiting)))

    def save(self, received: Received, content: bytes | None = None) -> None:
        """Keep a message, or what became of it; `content` is given the first time."""
        message = received.message
        values = {
            "sender": message.sender if message else "",
            "identifier": message.identifier if message else "",
            "sha256": received.sha256,
            "received_at": received.received_at,
            "standing": received.standing.value,
            "alert": received.alert,
            "document": to_text(received),
        }
        if content is not None:
            values["content"] = content
            named = {one.identifier for one in message.references} if message else set()
            rows = [{"message": received.id, "identifier": one} for one in sorted(named)]
            self._rows.write_all(insert(references_table), rows)
        self._rows.save(messages, {"id": received.id}, values)

    def forget(self, *, before: int, keep: Collection[Standing]) -> int:
        """Drop what was received before a moment and became no alert; return how many."""
        old = messages.c.received_at < before
        plain = messages.c.alert.is_(None) & messages.c.standing.not_in([one.value for one in keep])
        gone = select(messages.c.id).where(old & plain)
        self._rows.write(delete(references_table).where(references_table.c.message.in_(gone)))
        return self._rows.write(delete(messages).where(old & plain))

    def _listed(self, *wanted: object) -> list[Received]:
        found = select(*_LISTED).where(*wanted)  # type: ignore[arg-type]
        rows = self._rows.all(found.order_by(messages.c.received_at, messages.c.id))
        return [_received(row) for row in rows]


def _received(row: RowMapping) -> Received:
    return from_text(row["document"], Received)
