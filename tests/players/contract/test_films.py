"""The place in a film is a function of time alone: rounds follow each other without a gap."""

from hypothesis import given
from hypothesis import strategies as st

from players.contract.playlist import VideoItem
from players.contract.timeline import showing_at
from tests.players.contract.builders import entry, hanoi, holdings, playlist, slide, video
from tests.players.contract.strategies import modest

films = st.builds(
    lambda length, shown: video("market", length, shown_ms=shown),
    st.integers(1, 20_000),
    st.integers(1_000, 60_000),
)
times = st.integers(-10_000, 10**9)


@modest
@given(films, times)
def test_a_round_holds_the_moment_and_is_never_longer_than_the_film(
    film: VideoItem, elapsed: int
) -> None:
    start, end = film.round_at(elapsed)
    assert start <= max(elapsed, 0) < end <= start + film.length_ms


@modest
@given(films, times)
def test_the_next_round_begins_where_one_ends(film: VideoItem, elapsed: int) -> None:
    start, end = film.round_at(elapsed)
    assert film.round_at(end)[0] == end
    assert film.round_at(start) == film.round_at(end - 1) == (start, end)


def test_a_film_of_8_seconds_shown_for_20_runs_twice_and_is_then_cut() -> None:
    film = video("market", 8_000, shown_ms=20_000)
    moments = (0, 7_999, 8_000, 16_000, 19_999, 20_000)
    assert [film.round_at(moment) for moment in moments] == [
        (0, 8_000),
        (0, 8_000),
        (8_000, 16_000),
        (16_000, 20_000),
        (16_000, 20_000),
        (20_000, 28_000),
    ]


def test_in_a_loop_a_film_begins_when_its_turn_comes_and_lasts_to_the_millisecond() -> None:
    loop = playlist("news", slide("one", 10), video("market", 7_433), slide("two", 5))
    held = holdings(entry("news"), loops={"news": loop})
    during = showing_at(held, hanoi(0, 0, 12))
    assert (during.item, during.since) == ("market", hanoi(0, 0, 10))
    assert during.blob == during.film.poster if during.film else None
    assert during.until == hanoi(0, 0, 10) + 7_433
    assert showing_at(held, during.until).item == "two"


def test_a_display_that_joins_late_is_at_the_same_place_of_a_film_alone_in_its_loop() -> None:
    loop = playlist("news", video("market", 7_000))
    held = holdings(entry("news"), loops={"news": loop})
    late = showing_at(held, hanoi(9, 30, 3))
    assert late.film
    start, _ = late.film.round_at(hanoi(9, 30, 3) - late.since)
    assert hanoi(9, 30, 3) - late.since - start == (hanoi(9, 30, 3) - hanoi(0)) % 7_000
