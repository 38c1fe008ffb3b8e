"""Rows of the media library: which pictures a unit has uploaded."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Column, ForeignKey, Integer, Table, Text, func, insert, select

from signage.domain.media import Asset
from signage.domain.names import NotFound, without_accents
from signage.domain.sentences import N_
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata
from signage.store.search import matching

assets = Table(
    "assets",
    metadata,
    # The same bytes uploaded by two units are two assets, so that neither can remove the other's.
    Column("unit", Text, ForeignKey("units.id"), primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("filename", Text, nullable=False),
    Column("search", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("uploaded_by", Text, ForeignKey("users.id"), nullable=False),
    Column("uploaded_at", Millis, nullable=False),
    Column("clean_sha256", Text, nullable=False, index=True),
)

_ASSET = [column for column in assets.c if column.name != "search"]


class Assets:
    """Uploaded pictures, by unit and hash of the original."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, unit: str, sha256: str) -> Asset | None:
        """Return the unit's asset with this original, or None."""
        same = select(*_ASSET).where(assets.c.unit == unit, assets.c.sha256 == sha256)
        row = self._rows.first(same)
        return None if row is None else Asset(**row)

    def get(self, unit: str, sha256: str) -> Asset:
        """Return the unit's asset with this original; raises NotFound."""
        found = self.find(unit, sha256)
        if found is None:
            raise NotFound(
                N_("Không có ảnh này trong thư viện. Hãy chọn ảnh khác."), field="picture"
            )
        return found

    def by_clean(self, clean_sha256: str) -> list[Asset]:
        """Return the assets, of any unit, whose clean copy this is."""
        same = select(*_ASSET).where(assets.c.clean_sha256 == clean_sha256)
        return [Asset(**row) for row in self._rows.all(same)]

    def page(
        self, units: Collection[str], search: str = "", limit: int | None = None, offset: int = 0
    ) -> list[Asset]:
        """Return the assets of these units, newest first; `search` ignores accents and case."""
        found = matching(select(*_ASSET), assets, units, search)
        page = found.order_by(assets.c.uploaded_at.desc(), assets.c.sha256)
        return [Asset(**row) for row in self._rows.all(page.limit(limit).offset(offset))]

    def count(self, units: Collection[str], search: str = "") -> int:
        """Return how many assets `page` would give without a limit."""
        return int(self._rows.scalar(matching(select(func.count()), assets, units, search)))

    def add(self, asset: Asset) -> None:
        """Keep a new asset."""
        values = msgspec.structs.asdict(asset) | {"search": without_accents(asset.filename)}
        self._rows.write(insert(assets).values(**values))
