"""Schedule entries: a playlist on displays in a daypart between two dates."""

from collections.abc import Sequence
from datetime import date

import msgspec

from players.contract.daypart import Daypart
from signage.domain.display import Display
from signage.domain.sentences import N_, Refused

__all__ = ["ALL_DAY", "Daypart", "ScheduleEntry", "checked_entry", "covers"]

MIN_PRIORITY, MAX_PRIORITY = 1, 9
ALL_DAY = Daypart(weekdays=[0, 1, 2, 3, 4, 5, 6], starts=0, ends=1440)


class ScheduleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist on displays; both dates are local, YYYY-MM-DD, and included.

    `targets` are "display:<id>", "unit:<id>" (it and the units below it) or "tag:<tag>";
    priority 9 goes before 1. `ended_at` is set when someone ends the entry early.
    """

    id: str
    playlist: str
    targets: list[str]
    first_date: str
    last_date: str
    daypart: Daypart = ALL_DAY
    priority: int = 5
    created_by: str
    created_at: int
    ended_at: int | None = None


def covers(targets: Sequence[str], display: Display, unit_chain: Sequence[str]) -> bool:
    """Say whether `targets` name this display, a unit of its chain, or one of its tags."""
    names = {f"display:{display.id}"}
    names.update(f"unit:{unit}" for unit in unit_chain)
    names.update(f"tag:{tag}" for tag in display.tags)
    return not names.isdisjoint(targets)


def checked_entry(entry: ScheduleEntry) -> ScheduleEntry:
    """Return `entry`, or raise Refused when its dates, hours or priority make no sense."""
    if _date(entry.last_date, "last_date") < _date(entry.first_date, "first_date"):
        raise Refused(
            N_("Ngày kết thúc đứng trước ngày bắt đầu. Hãy chọn lại ngày kết thúc."),
            field="last_date",
        )
    if not entry.targets:
        raise Refused(N_("Chưa chọn màn hình nào. Hãy chọn ít nhất một màn hình."), field="targets")
    if not MIN_PRIORITY <= entry.priority <= MAX_PRIORITY:
        raise Refused(
            N_("Mức ưu tiên từ {least} đến {most}. Hãy chọn lại."),
            field="priority",
            least=MIN_PRIORITY,
            most=MAX_PRIORITY,
        )
    checked_daypart(entry.daypart)
    return entry


def checked_daypart(daypart: Daypart) -> Daypart:
    """Return `daypart`, or raise Refused. One that ends before it starts runs over midnight."""
    if not daypart.weekdays or not set(daypart.weekdays) <= set(range(7)):
        raise Refused(N_("Hãy chọn ít nhất một ngày trong tuần."), field="weekdays")
    if not (0 <= daypart.starts < 1440 and 0 <= daypart.ends <= 1440):
        raise Refused(N_("Giờ phát từ 00:00 đến 24:00. Hãy chọn lại."), field="starts")
    return daypart


def _date(text: str, field: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also takes 20261123 and 2026-W48-1, which players do not.
    if day is None or day.isoformat() != text:
        raise Refused(
            N_("Ngày “{day}” không có trong lịch. Hãy chọn lại ngày."), field=field, day=text[:20]
        )
    return day
