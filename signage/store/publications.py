"""What was sealed and sent: the newest bytes for each topic, and which blobs players may fetch."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

sealed_table = Table(
    "sealed",
    metadata,
    Column("topic", String(400), primary_key=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("addressee", String(80), nullable=False),
    Column("epoch", Millis, nullable=False),
    Column("serial", Millis, nullable=False),
    Column("issued_at", Millis, nullable=False),
    Column("says", String(64), nullable=False),
    Column("resent_at", Millis, nullable=False),
    # Last: to read what stands behind a long column, a database reads all of it.
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_sealed_by_time", "epoch", "issued_at"),
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


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a sealed document without its bytes; moments are UTC ms.

    `says` is the hash of its content without serial and time: equal means nothing to publish.
    """

    topic: str
    kind: str
    addressee: str
    epoch: int
    serial: int
    issued_at: int
    says: str
    resent_at: int = 0


class Sealed(Mark, frozen=True, kw_only=True):
    """A sealed document as committed before it was sent (rule S)."""

    sealed: bytes


_MARK = [sealed_table.c[name] for name in Mark.__struct_fields__]


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

    def marks(self, kind: str) -> dict[str, Mark]:
        """What is known of the newest document of every topic of this kind, by topic."""
        rows = self._rows.all(select(*_MARK).where(sealed_table.c.kind == kind))
        return {str(row["topic"]): Mark(**row) for row in rows}

    def newest_moment(self, epoch: int) -> int:
        """When something was last sealed in this epoch, in ms; 0 when nothing ever was."""
        newest = select(func.max(sealed_table.c.issued_at)).where(sealed_table.c.epoch == epoch)
        return int(self._rows.scalar(newest) or 0)

    def commit(self, *documents: Sealed) -> None:
        """Keep each of `documents` as the newest of its topic."""
        self._rows.write_all(
            delete(sealed_table).where(sealed_table.c.topic == bindparam("gone")),
            [{"gone": document.topic} for document in documents],
        )
        rows = [msgspec.structs.asdict(document) for document in documents]
        self._rows.write_all(insert(sealed_table), rows)

    def note_resent(self, topics: Collection[str], at: int) -> None:
        """Remember when the bytes of these topics were last sent again."""
        same = sealed_table.c.topic.in_(topics)
        self._rows.write(update(sealed_table).where(same).values(resent_at=at))

    def forget(self, topic: str) -> None:
        """Drop the document of a topic: nothing stands there any more."""
        self._rows.write(delete(sealed_table).where(sealed_table.c.topic == topic))

    def publish_blobs(self, named: Mapping[str, Collection[str]]) -> None:
        """From now on these blobs, and no others, are served in the name of each addressee."""
        table = published_blobs_table
        rows = self._rows.all(select(table).where(table.c.addressee.in_(named)))
        held = {(str(row["addressee"]), str(row["sha256"])) for row in rows}
        wanted = {(addressee, sha256) for addressee, blobs in named.items() for sha256 in blobs}
        self._rows.write_all(
            delete(table).where(
                table.c.addressee == bindparam("of"), table.c.sha256 == bindparam("gone")
            ),
            [{"of": addressee, "gone": sha256} for addressee, sha256 in sorted(held - wanted)],
        )
        new = [{"addressee": of, "sha256": sha256} for of, sha256 in sorted(wanted - held)]
        self._rows.write_all(insert(table), new)

    def blobs_of(self, addressees: Collection[str]) -> list[str]:
        """The blobs that are served in the name of any of these, each once."""
        table = published_blobs_table
        named = select(table.c.sha256).where(table.c.addressee.in_(addressees)).distinct()
        return [str(row["sha256"]) for row in self._rows.all(named.order_by(table.c.sha256))]

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
