"""Draws dayparts, entries, alerts and whole holdings for tests of laws that hold for all."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from players.contract.alerts import Alert, AllClear, Covers, Page
from players.contract.daypart import Daypart
from players.contract.holdings import Holdings
from players.contract.holds import Blank, Hold, Meeting, SafeSlide
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.manifest import PlaylistEntry, UtcOffset
from players.contract.playlist import PlaylistDocument
from tests.players.contract.builders import (
    HANOI,
    MONDAY,
    alert,
    alert_set,
    all_clear,
    blob,
    drill_set,
    entry,
    hold,
    hold_set,
    holdings,
    playlist,
    slide,
    video,
)

modest = settings(max_examples=60, deadline=None)

# A clock that goes forward on Tuesday 02:00 and back on Thursday 03:00, and a far jump.
SUMMER_TIME = [
    UtcOffset(begins_at=0, minutes=60),
    UtcOffset(begins_at=MONDAY + 7 * HOUR + DAY + HOUR, minutes=120),
    UtcOffset(begins_at=MONDAY + 7 * HOUR + 3 * DAY + HOUR, minutes=60),
]
BACK_ON_WEDNESDAY = [
    UtcOffset(begins_at=0, minutes=420),
    UtcOffset(begins_at=MONDAY + 2 * DAY + 5 * HOUR, minutes=90),
]
offset_tables = st.sampled_from([HANOI, HANOI, SUMMER_TIME, BACK_ON_WEDNESDAY])

# Round minutes make edges meet, and single milliseconds beside them find the gaps.
moments = st.builds(
    lambda day, quarter, shift: MONDAY + day * DAY + quarter * 15 * MINUTE + shift,
    st.integers(-1, 8),
    st.integers(0, 95),
    st.sampled_from([-1, 0, 1, 777, 8 * MINUTE]),
)

dayparts = st.builds(
    lambda weekdays, starts, ends: Daypart(
        weekdays=sorted(weekdays), starts=starts * 60, ends=ends * 60
    ),
    st.one_of(st.just({0, 1, 2, 3, 4, 5, 6}), st.sets(st.integers(0, 6), min_size=1)),
    st.sampled_from([0, 0, 6, 7, 8, 12, 17, 22]),
    st.sampled_from([0, 2, 6, 8, 12, 18, 23, 24]),
)

first_dates = st.sampled_from(["2025-11-01", "2025-11-22", "2025-11-24", "2025-11-26"])
last_dates = st.sampled_from(["2025-12-31", "2025-12-02", "2025-11-27", "2025-11-24"])
playlists = st.builds(
    lambda name, lengths: playlist(
        name, *(make(f"{name}-{number}", length) for number, (make, length) in enumerate(lengths))
    ),
    st.sampled_from(["news", "music", "flags"]),
    st.lists(
        st.one_of(
            st.tuples(st.just(slide), st.integers(1, 900)),
            st.tuples(st.just(video), st.integers(1_000, 900_000)),
        ),
        min_size=1,
        max_size=4,
    ),
)


@st.composite
def entries(draw: st.DrawFn, name: str) -> PlaylistEntry:
    return entry(
        name,
        *draw(st.lists(dayparts, min_size=1, max_size=2)),
        priority=draw(st.integers(4, 6)),
        first_date=draw(first_dates),
        last_date=draw(last_dates),
    )


@st.composite
def alerts(draw: st.DrawFn, name: str) -> Alert | AllClear:
    begins = draw(moments)
    make: Any = draw(st.sampled_from([alert, alert, all_clear]))
    return make(
        name,
        revision=draw(st.integers(1, 3)),
        level=draw(st.integers(0, 2)),
        covers=draw(
            st.sampled_from(
                [
                    Covers(everything=True),
                    Covers(displays=["hoa-lu"]),
                    Covers(groups=["unit:hoi-phu"]),
                    Covers(groups=["unit:gao"]),
                ]
            )
        ),
        begins_at=begins,
        raised_at=begins,
        expires_at=begins + draw(st.integers(0, 8)) * 6 * HOUR,
        pages=[
            Page(blob=blob(f"{name}-{number}"), seconds=seconds)
            for number, seconds in enumerate(
                draw(st.lists(st.integers(1, 30), min_size=1, max_size=3))
            )
        ],
    )


@st.composite
def holds(draw: st.DrawFn, name: str) -> Hold:
    begins = draw(moments)
    return hold(
        draw(st.sampled_from([Blank, SafeSlide, Meeting])),
        name,
        covers=draw(st.sampled_from([Covers(everything=True), Covers(groups=["unit:gao"])])),
        begins_at=begins,
        expires_at=begins + draw(st.integers(0, 4)) * 6 * HOUR,
    )


hold_lists = st.sampled_from([(), (), ("hall",), ("hall", "fire-brigade")]).flatmap(
    lambda names: st.tuples(*(holds(name) for name in names))
)
alert_names = st.sampled_from(
    [(), ("flood",), ("flood", "storm"), ("flood", "flood", "storm"), ("flood", "storm", "fire")]
)
alert_lists = alert_names.flatmap(lambda names: st.tuples(*(alerts(name) for name in names)))
presented = st.frozensets(st.sampled_from(["flood", "storm", "fire"]))


@st.composite
def loops(draw: st.DrawFn, names: list[str]) -> dict[str, PlaylistDocument]:
    """Documents of most entries; one may not have come yet."""
    return {name: draw(playlists) for name in names if draw(st.sampled_from([1, 1, 1, 1, 1, 0]))}


@st.composite
def any_holdings(draw: st.DrawFn) -> Holdings:
    names = [f"entry-{number}" for number in range(draw(st.sampled_from([3, 2, 1, 4, 0])))]
    return holdings(
        *(draw(entries(name)) for name in names),
        loops=draw(loops(names)),
        alerts=alert_set(*draw(alert_lists), issued_at=draw(moments)),
        drills=drill_set(*draw(alert_lists), issued_at=draw(moments)),
        holds=hold_set(*draw(hold_lists), issued_at=draw(moments)),
        utc_offsets=draw(offset_tables),
        issued_at=MONDAY + draw(st.sampled_from([-2, 1, 4])) * DAY,
        valid_until=MONDAY + draw(st.sampled_from([30, 9, 6, 3])) * DAY,
    )
