"""The place of a ticker is a function of time alone, whole pixels at a time."""

from hypothesis import given
from hypothesis import strategies as st

from players.contract.playlist import Ticker
from tests.players.contract.builders import MONDAY, blob
from tests.players.contract.strategies import modest

tickers = st.builds(
    lambda width, step, every: Ticker(blob=blob("strip", width=width), step=step, every=every),
    st.integers(1, 5000),
    st.integers(1, 8),
    st.integers(1, 8),
)
times = st.integers(MONDAY, MONDAY + 10**10)


def frame_at(number: int) -> int:
    """The first whole millisecond of frame `number` at 60 a second."""
    return -(-number * 1000 // 60)


@modest
@given(tickers, times)
def test_the_offset_lies_on_the_strip(ticker: Ticker, moment: int) -> None:
    assert 0 <= ticker.offset_at(moment) < ticker.blob.width


@modest
@given(tickers, st.integers(10**9, 10**12))
def test_the_strip_moves_one_step_each_so_many_frames_and_wraps(
    ticker: Ticker, number: int
) -> None:
    first = number * ticker.every
    moved = ticker.offset_at(frame_at(first + ticker.every)) - ticker.offset_at(frame_at(first))
    assert moved % ticker.blob.width == ticker.step % ticker.blob.width


@modest
@given(tickers, st.integers(10**9, 10**12))
def test_the_strip_stands_still_between_its_steps(ticker: Ticker, number: int) -> None:
    first = number * ticker.every
    during = {ticker.offset_at(frame_at(first + frame)) for frame in range(ticker.every)}
    during.add(ticker.offset_at(frame_at(first + ticker.every) - 1))
    assert len(during) == 1


@modest
@given(tickers, times)
def test_two_boards_show_the_same_part_of_the_strip(ticker: Ticker, moment: int) -> None:
    copy = Ticker(blob=ticker.blob, step=ticker.step, every=ticker.every)
    assert copy.offset_at(moment) == ticker.offset_at(moment)


def test_a_strip_of_300_pixels_at_one_pixel_a_frame_comes_round_every_5_seconds() -> None:
    ticker = Ticker(blob=blob("strip", width=300), step=1)
    assert [ticker.offset_at(MONDAY + ms) for ms in (0, 17, 1000, 4999, 5000)] == [
        0,
        1,
        60,
        299,
        0,
    ]
