"""Slides and ticker lines: what their hash binds, and the limits on them."""

import msgspec
import pytest

from signage.domain.sentences import Refused
from signage.domain.slide import (
    MAX_SLIDE_SECONDS,
    MAX_TICKER_LETTERS,
    MIN_SLIDE_SECONDS,
    Slide,
    TickerLine,
    checked_seconds,
    checked_ticker,
    slide_hash,
    ticker_hash,
)

NOTICE = Slide(
    id="s1", layout="notice", fields={"title": "Cắt điện", "body": "7–11 giờ"}, seconds=10
)
LINE = TickerLine(id="t1", text="Gọi 1022", speed=2)


def test_the_hash_of_a_slide_knows_neither_its_id_nor_its_seconds() -> None:
    other = msgspec.structs.replace(NOTICE, id="s2", seconds=30)
    assert slide_hash(other) == slide_hash(NOTICE)


@pytest.mark.parametrize(
    "change",
    [
        {"layout": "slogan"},
        {"picture": "0" * 64},
        {"fields": {"title": "Cắt điện", "body": "7–12 giờ"}},
    ],
)
def test_the_hash_of_a_slide_changes_with_all_that_is_seen(change: dict[str, object]) -> None:
    assert slide_hash(msgspec.structs.replace(NOTICE, **change)) != slide_hash(NOTICE)


def test_the_order_of_fields_does_not_change_the_hash() -> None:
    turned = msgspec.structs.replace(NOTICE, fields=dict(reversed(NOTICE.fields.items())))
    assert slide_hash(turned) == slide_hash(NOTICE)


def test_the_hash_of_a_slide_is_the_same_on_every_machine() -> None:
    assert slide_hash(NOTICE) == (
        "ecaf56edddd8af2b63c288e2403996e3c9309cab5ea37b7ee7b26c87421ec383"
    )


def test_the_hash_of_tickers_binds_words_pace_and_order() -> None:
    second = TickerLine(id="t2", text="Gọi 114", speed=1)
    assert ticker_hash([LINE]) == ticker_hash([msgspec.structs.replace(LINE, id="t9")])
    hashes = {
        ticker_hash(lines)
        for lines in (
            [LINE],
            [second],
            [LINE, second],
            [second, LINE],
            [msgspec.structs.replace(LINE, speed=3)],
        )
    }
    assert len(hashes) == 5


@pytest.mark.parametrize("seconds", [MIN_SLIDE_SECONDS, 10, MAX_SLIDE_SECONDS])
def test_seconds_within_the_limits_are_kept(seconds: int) -> None:
    assert checked_seconds(seconds) == seconds


@pytest.mark.parametrize("seconds", [-1, 0, MIN_SLIDE_SECONDS - 1, MAX_SLIDE_SECONDS + 1, 10**9])
def test_seconds_outside_the_limits_are_refused_with_both_limits(seconds: int) -> None:
    with pytest.raises(Refused, match=f"{MIN_SLIDE_SECONDS}.*{MAX_SLIDE_SECONDS}"):
        checked_seconds(seconds)


@pytest.mark.parametrize(
    "line",
    [
        TickerLine(id="t", text=" \n ", speed=2),
        TickerLine(id="t", text="a" * (MAX_TICKER_LETTERS + 1), speed=2),
        TickerLine(id="t", text="Gọi 1022", speed=0),
        TickerLine(id="t", text="Gọi 1022", speed=4),
    ],
)
def test_an_empty_endless_or_stuttering_line_is_refused(line: TickerLine) -> None:
    with pytest.raises(Refused):
        checked_ticker(line)
