"""The table of UTC offsets that goes with a manifest: a player PC may have no zone data."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from players.contract.limits import HOUR, MINUTE
from players.contract.manifest import UtcOffset


def offsets(zone: ZoneInfo, at: int, life: int) -> list[UtcOffset]:
    """The table of UTC offsets from `at` on; a row for each change, exact to the minute."""
    rows = [UtcOffset(begins_at=0, minutes=_minutes(zone, at))]
    for hour in range(life // HOUR):
        moment = at + hour * HOUR
        minutes = _minutes(zone, moment + HOUR)
        if minutes != rows[-1].minutes:
            begins = _change(zone, moment, moment + HOUR)
            rows.append(UtcOffset(begins_at=begins, minutes=minutes))
    return rows


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The minute at which the offset changes between two moments."""
    first, last = before // MINUTE, -(-after // MINUTE)
    minutes = _minutes(zone, last * MINUTE)
    while last - first > 1:
        middle = (first + last) // 2
        if _minutes(zone, middle * MINUTE) == minutes:
            last = middle
        else:
            first = middle
    return last * MINUTE


def _minutes(zone: ZoneInfo, moment: int) -> int:
    shift = datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).utcoffset()
    return (shift or timedelta()) // timedelta(minutes=1)
