"""Rows of schedule entries: which playlist is wanted where and when."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Column, ForeignKey, Integer, RowMapping, Table, Text, insert, select, update

from signage.domain.names import NotFound
from signage.domain.schedule import Daypart, ScheduleEntry
from signage.domain.sentences import N_
from signage.store.documents import from_text, to_text
from signage.store.playlists import playlists
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

schedule = Table(
    "schedule",
    metadata,
    Column("id", Text, primary_key=True),
    Column("playlist", Text, ForeignKey("playlists.id"), nullable=False, index=True),
    Column("targets", Json, nullable=False),
    Column("first_date", Text, nullable=False),
    Column("last_date", Text, nullable=False, index=True),
    Column("daypart", Json, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("created_by", Text, ForeignKey("users.id"), nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("ended_at", Millis),
)


class Schedule:
    """Schedule entries."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, entry_id: str) -> ScheduleEntry:
        """Return one entry; raises NotFound."""
        row = self._rows.first(select(schedule).where(schedule.c.id == entry_id))
        if row is None:
            raise NotFound(N_("Không có lịch phát này. Hãy tải lại danh sách."))
        return _entry(row)

    def all(
        self,
        *,
        units: Collection[str] | None = None,
        playlist: str | None = None,
        ended: bool = False,
    ) -> list[ScheduleEntry]:
        """Return the entries, newest first, of playlists of these units; None means all units.

        Without `ended` only those nobody has ended.
        """
        found = select(schedule).order_by(schedule.c.created_at.desc(), schedule.c.id)
        if units is not None:
            found = found.join(playlists, schedule.c.playlist == playlists.c.id)
            found = found.where(playlists.c.unit.in_(units))
        if playlist is not None:
            found = found.where(schedule.c.playlist == playlist)
        if not ended:
            found = found.where(schedule.c.ended_at.is_(None))
        return [_entry(row) for row in self._rows.all(found)]

    def live_from(self, day: str) -> list[ScheduleEntry]:
        """Return the entries that show on the local date `day` or later, by id."""
        live = select(schedule).where(schedule.c.ended_at.is_(None), schedule.c.last_date >= day)
        return [_entry(row) for row in self._rows.all(live.order_by(schedule.c.id))]

    def playlists_of(self, entry_ids: Collection[str]) -> dict[str, str]:
        """Return the playlist of each of these entries that there is, by entry."""
        named = select(schedule.c.id, schedule.c.playlist).where(schedule.c.id.in_(entry_ids))
        return {str(row["id"]): str(row["playlist"]) for row in self._rows.all(named)}

    def add(self, entry: ScheduleEntry) -> None:
        """Keep a new entry."""
        self._rows.write(insert(schedule).values(**_values(entry)))

    def save(self, entry: ScheduleEntry) -> None:
        """Keep a changed entry."""
        same = schedule.c.id == entry.id
        self._rows.write(update(schedule).where(same).values(**_values(entry)))


def _values(entry: ScheduleEntry) -> dict[str, Any]:
    values = msgspec.structs.asdict(entry)
    return values | {"targets": to_text(entry.targets), "daypart": to_text(entry.daypart)}


def _entry(row: RowMapping) -> ScheduleEntry:
    documents = {
        "targets": from_text(row["targets"], list[str]),
        "daypart": from_text(row["daypart"], Daypart),
    }
    return ScheduleEntry(**{**row, **documents})
