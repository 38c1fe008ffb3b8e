"""Schedule entries that make sense, and the displays they name."""

import msgspec
import pytest

from signage.domain.schedule import Daypart, ScheduleEntry, checked_entry, covers
from signage.domain.sentences import Refused
from tests.signage.pleiku import DISPLAYS

ENTRY = ScheduleEntry(
    id="e",
    playlist="p",
    targets=["display:hoa-lu"],
    first_date="2026-11-23",
    last_date="2026-11-30",
    created_by="u",
    created_at=1,
)


def with_(**changes: object) -> ScheduleEntry:
    return msgspec.structs.replace(ENTRY, **changes)


def test_one_day_is_a_schedule() -> None:
    one_day = with_(last_date="2026-11-23")
    assert checked_entry(one_day) is one_day


def test_a_schedule_that_ends_before_it_starts_is_refused_at_its_end_date() -> None:
    with pytest.raises(Refused) as refused:
        checked_entry(with_(last_date="2026-11-22"))
    assert refused.value.field == "last_date"
    assert refused.value.text() == (
        "Ngày kết thúc đứng trước ngày bắt đầu. Hãy chọn lại ngày kết thúc."
    )


@pytest.mark.parametrize(
    "day", ["", "2026-02-30", "20261123", "2026-W48-1", "23/11/2026", "x" * 99]
)
def test_a_date_that_no_calendar_has_is_refused(day: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_entry(with_(first_date=day))
    assert refused.value.field == "first_date"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("priority", 0),
        ("priority", 10),
        ("targets", []),
        ("daypart", Daypart(weekdays=[], starts=0, ends=1440)),
        ("daypart", Daypart(weekdays=[7], starts=0, ends=1440)),
        ("daypart", Daypart(weekdays=[0], starts=1440, ends=1440)),
        ("daypart", Daypart(weekdays=[0], starts=0, ends=1441)),
    ],
)
def test_what_no_player_could_follow_is_refused(field: str, value: object) -> None:
    with pytest.raises(Refused):
        checked_entry(with_(**{field: value}))


def test_a_late_show_runs_over_midnight() -> None:
    late = Daypart(weekdays=[4], starts=22 * 60, ends=2 * 60)
    assert checked_entry(with_(daypart=late)).daypart == late


def test_targets_name_displays_units_or_tags() -> None:
    house = DISPLAYS[2]
    chain = ("hoi-phu", "pleiku-city")
    for target in ("display:nvh-hoi-phu", "unit:hoi-phu", "unit:pleiku-city", "tag:nha-van-hoa"):
        assert covers([target], house, chain)
    for target in ("display:hoa-lu", "unit:dien-hong", "tag:bang-led", "nvh-hoi-phu"):
        assert not covers([target], house, chain)
