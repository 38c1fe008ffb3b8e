"""Rows of renditions: what has been drawn already, so that it is not drawn again."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Column, Integer, RowMapping, Table, Text, select

from players.contract.widgets import Widget
from signage.domain.finding import Finding
from signage.domain.rendition import PageFile, Rendition
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, metadata

renditions = Table(
    "renditions",
    metadata,
    Column("subject_hash", Text, primary_key=True),
    Column("profile", Text, primary_key=True),
    Column("area_w", Integer, primary_key=True),
    Column("area_h", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("blob", Text, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("every", Integer, nullable=False),
    Column("findings", Json, nullable=False, server_default="[]"),
    Column("rules", Text, nullable=False, server_default=""),
    Column("further", Json, nullable=False, server_default="[]"),
    Column("widgets", Json, nullable=False, server_default="[]"),
)

_AT_ONCE = 1000
"""Databases take some ten thousand parameters in a statement, no more."""
_KEY = ("subject_hash", "profile", "area_w", "area_h")


class DrawnRenditions:
    """Pictures by what they show, the profile, and the area they were drawn for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, subject_hash: str, profile: str, area: tuple[int, int]) -> Rendition | None:
        """Return what was drawn for an area of (width, height) px, or None."""
        same = select(renditions).where(
            renditions.c.subject_hash == subject_hash,
            renditions.c.profile == profile,
            renditions.c.area_w == area[0],
            renditions.c.area_h == area[1],
        )
        row = self._rows.first(same)
        return None if row is None else _rendition(row)

    def of_subjects(
        self, subject_hashes: Collection[str], profile: str | None = None
    ) -> list[Rendition]:
        """Return everything that was drawn of these subjects, on one profile or on any."""
        wanted = sorted(subject_hashes)
        found: list[Rendition] = []
        for start in range(0, len(wanted), _AT_ONCE):
            some = renditions.c.subject_hash.in_(wanted[start : start + _AT_ONCE])
            same = select(renditions).where(some)
            if profile is not None:
                same = same.where(renditions.c.profile == profile)
            found += [_rendition(row) for row in self._rows.all(same)]
        return found

    def save(self, rendition: Rendition) -> None:
        """Keep what was drawn, in place of an earlier drawing of the same."""
        values = msgspec.structs.asdict(rendition)
        del values["film"]  # films are not drawn: they have rows of their own
        values["findings"] = to_text(rendition.findings)
        values["further"] = to_text(rendition.further)
        values["widgets"] = to_text(rendition.widgets)
        key = {name: values.pop(name) for name in _KEY}
        self._rows.save(renditions, key, values)


def _rendition(row: RowMapping) -> Rendition:
    findings = from_text(row["findings"], tuple[Finding, ...])
    further = from_text(row["further"], tuple[PageFile, ...])
    widgets = from_text(row["widgets"], tuple[Widget, ...])
    return Rendition(**{**row, "findings": findings, "further": further, "widgets": widgets})
