"""What was sealed and sent: the newest bytes for each topic, and which blobs players may fetch."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Column, LargeBinary, String, Table, Text, delete, func, select

from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

sealed_table = Table(
    "sealed",
    metadata,
    Column("topic", String(400), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("addressee", String(80), nullable=False),
    Column("epoch", Millis, nullable=False),
    Column("serial", Millis, nullable=False),
    Column("issued_at", Millis, nullable=False),
    Column("says", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("resent_at", Millis, nullable=False),
)
published_blobs_table = Table(
    "published_blobs",
    metadata,
    Column("addressee", String(120), primary_key=True),
    Column("sha256", String(64), primary_key=True, index=True),
)
notes_table = Table(
    "notes",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("text", Text, nullable=False),
)


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed document as committed before it was sent (rule S).

    `says` is the hash of its content without serial and time: equal means nothing to publish.
    """

    topic: str
    kind: str
    addressee: str
    epoch: int
    serial: int
    issued_at: int
    says: str
    sealed: bytes
    resent_at: int = 0


class Publications:
    """Repository of sealed documents, of the blobs they name and of the worker's own notes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def latest(self, topic: str) -> Sealed | None:
        """The newest document of `topic`, or None."""
        row = self._rows.first(select(sealed_table).where(sealed_table.c.topic == topic))
        return Sealed(**row) if row else None

    def sealed(self, topic: str) -> bytes | None:
        """The newest sealed bytes of `topic`, as sent, or None."""
        latest = self.latest(topic)
        return latest.sealed if latest else None

    def of_kind(self, kind: str) -> list[Sealed]:
        """The newest document of every topic of this kind."""
        return [
            Sealed(**row)
            for row in self._rows.all(select(sealed_table).where(sealed_table.c.kind == kind))
        ]

    def newest_moment(self) -> int:
        """When something was last sealed, in ms; 0 when nothing ever was."""
        return int(self._rows.scalar(select(func.max(sealed_table.c.issued_at))) or 0)

    def commit(self, document: Sealed) -> None:
        """Keep `document` as the newest of its topic."""
        values = msgspec.structs.asdict(document)
        self._rows.save(sealed_table, {"topic": values.pop("topic")}, values)

    def note_resent(self, topic: str, at: int) -> None:
        """Remember when the bytes of `topic` were last sent again."""
        self._rows.save(sealed_table, {"topic": topic}, {"resent_at": at})

    def publish_blobs(self, addressee: str, sha256s: Iterable[str]) -> None:
        """From now on these blobs, and no others, are served in the name of `addressee`."""
        wanted = set(sha256s)
        table = published_blobs_table
        rows = self._rows.all(select(table.c.sha256).where(table.c.addressee == addressee))
        held = {str(row["sha256"]) for row in rows}
        if gone := held - wanted:
            same = (table.c.addressee == addressee) & table.c.sha256.in_(gone)
            self._rows.write(delete(table).where(same))
        for sha256 in wanted - held:
            self._rows.save(table, {"addressee": addressee, "sha256": sha256}, {})

    def is_published(self, sha256: str) -> bool:
        """Say whether players may fetch this blob (rule B)."""
        named = select(published_blobs_table.c.sha256).where(
            published_blobs_table.c.sha256 == sha256
        )
        return self._rows.first(named) is not None

    def note(self, name: str) -> str | None:
        """A remembered text, such as why publishing is held; None when there is none."""
        text: Any = self._rows.scalar(select(notes_table.c.text).where(notes_table.c.name == name))
        return None if text is None else str(text)

    def keep_note(self, name: str, text: str | None) -> None:
        """Remember `text` under `name`; None forgets it."""
        if text is None:
            self._rows.write(delete(notes_table).where(notes_table.c.name == name))
        else:
            self._rows.save(notes_table, {"name": name}, {"text": text})
