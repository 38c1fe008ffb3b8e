"""Scheduling: which playlist is wanted on which displays, between which dates and hours."""

from collections.abc import Sequence

import msgspec

from signage.domain.display import Display
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.schedule import ALL_DAY, Daypart, ScheduleEntry, checked_entry, covers
from signage.domain.sentences import N_, Refused
from signage.domain.units import chain_of
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.accounts.permission import demand, visible_units


def entries(
    store: Store,
    *,
    by: User,
    playlist: str | None = None,
    display: str | None = None,
    ended: bool = False,
) -> list[ScheduleEntry]:
    """Return the entries of playlists that `by` may see, newest first.

    With `display`, all entries on that display, whoever's playlist it is.
    """
    if display is None:
        units = visible_units(store, by)
        return store.schedule.all(units=units, playlist=playlist, ended=ended)
    shown = store.displays.get(display)
    demand(store, by, Action.VIEW, shown.unit)
    chain = store.units.chain(shown.unit)
    found = store.schedule.all(playlist=playlist, ended=ended)
    return [one for one in found if covers(one.targets, shown, chain)]


def displays_of(store: Store, targets: Sequence[str]) -> list[Display]:
    """Return the displays in use that `targets` name, by id."""
    units = store.units.by_id()
    return [
        display
        for display in store.displays.all()
        if covers(targets, display, chain_of(display.unit, units))
    ]


def add_entry(
    store: Store,
    *,
    playlist: str,
    targets: Sequence[str],
    first_date: str,
    last_date: str,
    daypart: Daypart = ALL_DAY,
    priority: int = 5,
    by: User,
    at: int,
) -> ScheduleEntry:
    """Schedule a playlist; before it is approved nothing shows.

    Raises Refused for dates that end before they start, for targets that do not exist, that
    another unit owns, or whose display can't show what was approved.
    """
    entry = checked_entry(
        ScheduleEntry(
            id=new_id(),
            playlist=playlist,
            targets=sorted(set(targets)),
            first_date=first_date,
            last_date=last_date,
            daypart=daypart,
            priority=priority,
            created_by=by.id,
            created_at=at,
        )
    )
    with store.transaction():
        demand(store, by, Action.SCHEDULE, store.playlists.get(playlist).unit)
        for target in entry.targets:
            _require_target(store, target, by=by)
        _require_legible(store, entry)
        store.schedule.add(entry)
        _record(store, entry, "schedule.added", by=by, at=at)
    return entry


def end_entry(store: Store, entry_id: str, *, by: User, at: int) -> ScheduleEntry:
    """End an entry now; it stays in the records."""
    with store.transaction():
        old = store.schedule.get(entry_id)
        demand(store, by, Action.SCHEDULE, store.playlists.get(old.playlist).unit)
        if old.ended_at is not None:
            raise Refused(N_("Lịch phát này đã kết thúc rồi. Hãy tải lại trang."))
        ended = msgspec.structs.replace(old, ended_at=at)
        store.schedule.save(ended)
        _record(store, ended, "schedule.ended", by=by, at=at)
    return ended


def _require_target(store: Store, target: str, *, by: User) -> None:
    kind, _, name = target.partition(":")
    if kind == "unit":
        demand(store, by, Action.SCHEDULE, name)
        found = displays_of(store, [target])
    elif kind == "display":
        found = [store.displays.get(name)]
        if found[0].retired_at is not None:
            raise _no_display(name)
    elif kind == "tag":
        # Any unit's display can get the tag later, so tags are for those who cover all units.
        demand(store, by, Action.SCHEDULE, store.units.chain(by.unit)[-1])
        found = displays_of(store, [target])
    else:
        raise NotFound(
            N_(
                "Không hiểu nơi phát “{target}”."
                " Hãy chọn màn hình, đơn vị hoặc nhãn trong danh sách."
            ),
            field="targets",
            target=target,
        )
    if not found:
        raise _no_display(name)
    for display in found:
        demand(store, by, Action.SCHEDULE, display.unit)


def _no_display(name: str) -> NotFound:
    return NotFound(
        N_("“{name}” không có màn hình nào đang dùng. Hãy chọn nơi phát khác."),
        field="targets",
        name=name,
    )


def _require_legible(store: Store, entry: ScheduleEntry) -> None:
    approved = store.submissions.approved_of(entry.playlist)
    if approved is None:
        return
    profiles = store.profiles.by_id()
    for display in displays_of(store, entry.targets):
        if not approved.is_drawn_for(profiles[display.profile]):
            raise Refused(
                N_(
                    "Nội dung đã duyệt không có hình đọc được trên “{name}”."
                    " Hãy bỏ màn hình này, hoặc sửa nội dung cho vừa rồi trình lại."
                ),
                field="targets",
                name=display.name,
            )


def _record(store: Store, entry: ScheduleEntry, act: str, *, by: User, at: int) -> None:
    unit = store.playlists.get(entry.playlist).unit
    detail = {
        "playlist": entry.playlist,
        "targets": entry.targets,
        "dates": [entry.first_date, entry.last_date],
        "daypart": msgspec.to_builtins(entry.daypart),
        "priority": entry.priority,
    }
    subject = f"schedule:{entry.id}"
    store.audit.record(who=by.login, act=act, subject=subject, unit=unit, detail=detail, at=at)
