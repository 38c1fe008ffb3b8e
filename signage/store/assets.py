"""Rows of the media library: which files a unit has uploaded, and the pages made from them."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    RowMapping,
    Table,
    Text,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from signage.domain.media import Asset, Kind
from signage.domain.names import NotFound, without_accents
from signage.domain.personal_data import PersonalNumber
from signage.domain.sentences import N_, Said
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata
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
    # What follows came with documents and videos; older rows are pictures.
    Column("kind", Text, nullable=False, server_default="picture"),
    Column("parent", Text, nullable=True, index=True),
    Column("page", Integer, nullable=True),
    Column("pages", Integer, nullable=True),
    Column("seconds_ms", Integer, nullable=True),
    Column("sound", Boolean, nullable=False, server_default=false()),
    Column("state", Text, nullable=False, server_default="ready"),
    Column("reason", Json, nullable=True),
    Column("findings", Json, nullable=False, server_default="[]"),
)

PICTURES: tuple[Kind, ...] = ("picture",)

_ASSET = [column for column in assets.c if column.name != "search"]


class Assets:
    """Uploaded files and pages of documents, by unit and hash of the original."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, unit: str, sha256: str) -> Asset | None:
        """Return the unit's asset with this original, or None."""
        row = self._rows.first(select(*_ASSET).where(_is(unit, sha256)))
        return None if row is None else _asset(row)

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
        return self._listed(select(*_ASSET).where(assets.c.clean_sha256 == clean_sha256))

    def by_original(self, sha256: str) -> list[Asset]:
        """Return the assets, of any unit, that were made from this uploaded file."""
        same = (assets.c.sha256 == sha256) | (assets.c.parent == sha256)
        return self._listed(select(*_ASSET).where(same))

    def pages_of(self, unit: str, document: str) -> list[Asset]:
        """Return the pages made so far of a unit's document, in order."""
        mine = select(*_ASSET).where(assets.c.unit == unit, assets.c.parent == document)
        return self._listed(mine.order_by(assets.c.page))

    def page(
        self,
        units: Collection[str],
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
        kinds: Collection[Kind] = PICTURES,
    ) -> list[Asset]:
        """Return the assets of these units, newest first; `search` ignores accents and case."""
        found = matching(select(*_ASSET), assets, units, search).where(assets.c.kind.in_(kinds))
        page = found.order_by(assets.c.uploaded_at.desc(), assets.c.sha256)
        return self._listed(page.limit(limit).offset(offset))

    def count(
        self, units: Collection[str], search: str = "", kinds: Collection[Kind] = PICTURES
    ) -> int:
        """Return how many assets `page` would give without a limit."""
        found = matching(select(func.count()), assets, units, search)
        return int(self._rows.scalar(found.where(assets.c.kind.in_(kinds))))

    def add(self, asset: Asset) -> None:
        """Keep a new asset."""
        self._rows.write(insert(assets).values(**_columns(asset)))

    def save(self, asset: Asset) -> None:
        """Keep an asset, in place of what was known of it."""
        values = _columns(asset)
        key = {name: values.pop(name) for name in ("unit", "sha256")}
        self._rows.save(assets, key, values)

    def change(self, asset: Asset, **values: Any) -> Asset:
        """Change some fields of an asset and return it as it is then."""
        changed = msgspec.structs.replace(asset, **values)
        same = update(assets).where(_is(asset.unit, asset.sha256))
        self._rows.write(same.values(**_columns(changed)))
        return changed

    def remove(self, unit: str, sha256: str) -> None:
        """Forget an asset and the pages made from it."""
        pages = (assets.c.unit == unit) & (assets.c.parent == sha256)
        self._rows.write(delete(assets).where(_is(unit, sha256) | pages))

    def _listed(self, statement: Any) -> list[Asset]:
        return [_asset(row) for row in self._rows.all(statement)]


def _is(unit: str, sha256: str) -> Any:
    return (assets.c.unit == unit) & (assets.c.sha256 == sha256)


def _columns(asset: Asset) -> dict[str, Any]:
    return msgspec.structs.asdict(asset) | {
        "search": without_accents(asset.filename),
        "reason": None if asset.reason is None else to_text(asset.reason),
        "findings": to_text(asset.findings),
    }


def _asset(row: RowMapping) -> Asset:
    values = dict(row)
    values["reason"] = None if values["reason"] is None else from_text(values["reason"], Said)
    values["findings"] = from_text(values["findings"], tuple[PersonalNumber, ...])
    return Asset(**values)
