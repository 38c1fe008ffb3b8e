"""The table of UTC offsets is exact to the minute wherever the city is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from players.contract.daypart import local_ms
from players.contract.limits import DAY, HOUR, MINUTE
from signage.domain.offsets import offsets

LIFE = 45 * DAY


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_vietnam_keeps_one_offset_all_year():
    table = offsets(ZoneInfo("Asia/Ho_Chi_Minh"), ms("2026-03-01"), LIFE)
    assert [(row.begins_at, row.minutes) for row in table] == [(0, 420)]


def test_summer_time_begins_at_its_minute():
    table = offsets(ZoneInfo("Europe/Berlin"), ms("2026-03-01T10:20"), LIFE)
    assert [(row.begins_at, row.minutes) for row in table] == [
        (0, 60),
        (ms("2026-03-29T01:00"), 120),
    ]


def test_a_change_at_half_past_is_found_too():
    # Lord Howe Island: half an hour at 02:00 local, which is 15:00 and 15:30 UTC.
    table = offsets(ZoneInfo("Australia/Lord_Howe"), ms("2026-03-20T10:50"), LIFE)
    assert [(row.begins_at, row.minutes) for row in table] == [
        (0, 660),
        (ms("2026-04-04T15:00"), 630),
    ]
    table = offsets(ZoneInfo("Australia/Lord_Howe"), ms("2026-09-20T10:10"), LIFE)
    assert table[1].begins_at == ms("2026-10-03T15:30")


@pytest.mark.parametrize("minute", [0, 17, 40, 59])
@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_local_time_by_the_table_is_local_time_by_the_zone(zone, minute):
    began = ms("2026-02-20") + minute * MINUTE
    table = offsets(ZoneInfo(zone), began, LIFE)
    for moment in range(began, began + LIFE, HOUR // 2):
        wall = datetime.fromtimestamp(moment / 1000, ZoneInfo(zone)).replace(tzinfo=UTC)
        assert local_ms(moment, table) == wall.timestamp() * 1000


def test_a_fixed_offset_of_odd_minutes_is_kept():
    table = offsets(ZoneInfo("Asia/Kathmandu"), ms("2026-02-20"), LIFE)
    assert [row.minutes for row in table] == [
        timedelta(hours=5, minutes=45) // timedelta(minutes=1)
    ]
