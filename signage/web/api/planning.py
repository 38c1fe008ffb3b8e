"""Operations on the schedule."""

import msgspec

from signage.domain.people import Action
from signage.domain.schedule import ALL_DAY, Daypart, ScheduleEntry
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.publication import scheduling


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist on displays; targets are display:<id>, unit:<id> or tag:<tag>."""

    playlist: str
    targets: list[str]
    first_date: str
    last_date: str
    daypart: Daypart = ALL_DAY
    priority: int = 5


class WantedEntries(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries to list."""

    playlist: str | None = None
    display: str | None = None
    ended: bool = False


@operation(
    "GET",
    "/schedule",
    needs=Action.VIEW,
    summary="List schedule entries",
    query=WantedEntries,
    gives=list[ScheduleEntry],
)
def list_entries(query: WantedEntries) -> list[ScheduleEntry]:
    return scheduling.entries(store(), by=person(), **msgspec.structs.asdict(query))


@operation(
    "POST",
    "/schedule",
    needs=Action.SCHEDULE,
    summary="Schedule a playlist",
    body=NewEntry,
    gives=ScheduleEntry,
    status=201,
)
def add_entry(body: NewEntry) -> ScheduleEntry:
    return scheduling.add_entry(store(), **msgspec.structs.asdict(body), by=person(), at=now())


@operation(
    "POST",
    "/schedule/<entry_id>/end",
    needs=Action.SCHEDULE,
    summary="End an entry now",
    gives=ScheduleEntry,
)
def end_entry(entry_id: str) -> ScheduleEntry:
    return scheduling.end_entry(store(), entry_id, by=person(), at=now())
