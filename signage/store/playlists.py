"""Rows of playlists being edited, each with the version that protects from lost edits."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    RowMapping,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from signage.domain.names import NotFound, without_accents
from signage.domain.playlist import Playlist, PlaylistDraft, Stale
from signage.domain.sentences import N_
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata
from signage.store.search import matching

playlists = Table(
    "playlists",
    metadata,
    Column("id", Text, primary_key=True),
    Column("unit", Text, ForeignKey("units.id"), nullable=False, index=True),
    Column("search", Text, nullable=False),
    Column("draft", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_by", Text, ForeignKey("users.id"), nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("updated_by", Text, ForeignKey("users.id"), nullable=False),
    Column("updated_at", Millis, nullable=False),
)


class Playlists:
    """Playlists as they are being edited; what is on air lies in the submissions."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, playlist_id: str) -> Playlist | None:
        """Return one playlist, or None."""
        row = self._rows.first(select(playlists).where(playlists.c.id == playlist_id))
        return None if row is None else _playlist(row)

    def get(self, playlist_id: str) -> Playlist:
        """Return one playlist; raises NotFound."""
        found = self.find(playlist_id)
        if found is None:
            raise NotFound(N_("Không có danh sách phát này. Hãy tải lại danh sách."))
        return found

    def page(
        self, units: Collection[str], search: str = "", limit: int | None = None, offset: int = 0
    ) -> list[Playlist]:
        """Return the playlists of these units, last changed first; `search` ignores accents."""
        found = matching(select(playlists), playlists, units, search)
        page = found.order_by(playlists.c.updated_at.desc(), playlists.c.id)
        return [_playlist(row) for row in self._rows.all(page.limit(limit).offset(offset))]

    def count(self, units: Collection[str], search: str = "") -> int:
        """Return how many playlists `page` would give without a limit."""
        return int(self._rows.scalar(matching(select(func.count()), playlists, units, search)))

    def insert(self, playlist: Playlist) -> None:
        """Keep a new playlist."""
        self._rows.write(insert(playlists).values(id=playlist.id, **_values(playlist)))

    def update(self, playlist: Playlist, *, version: int) -> None:
        """Keep a change made on `version`; raises Stale when the row has another one by now."""
        same = update(playlists).where(
            playlists.c.id == playlist.id, playlists.c.version == version
        )
        if self._rows.write(same.values(**_values(playlist))) != 1:
            raise stale()

    def delete(self, playlist_id: str) -> None:
        """Forget a playlist that was never submitted."""
        self._rows.write(delete(playlists).where(playlists.c.id == playlist_id))


def stale() -> Stale:
    """Return the refusal of an edit made on an old version."""
    return Stale(
        N_(
            "Người khác vừa sửa danh sách phát này. Phần bạn nhập vẫn còn ở đây:"
            " hãy mở bản mới nhất, rồi nhập lại phần của bạn."
        )
    )


def _values(playlist: Playlist) -> dict[str, Any]:
    return {
        "unit": playlist.unit,
        "search": without_accents(playlist.title),
        "draft": to_text(playlist.draft),
        "version": playlist.version,
        "created_by": playlist.created_by,
        "created_at": playlist.created_at,
        "updated_by": playlist.updated_by,
        "updated_at": playlist.updated_at,
    }


def _playlist(row: RowMapping) -> Playlist:
    values = {name: row[name] for name in ("version", "created_by", "created_at")}
    values |= {name: row[name] for name in ("updated_by", "updated_at")}
    return Playlist(draft=from_text(row["draft"], PlaylistDraft), **values)
