"""How long a film stays, and the sizes it is made in."""

import pytest

from signage.domain.video import crop_of, film_size, seconds_of, shown_ms


@pytest.mark.parametrize(
    ("seconds", "length", "shown"),
    [
        (8, 7_433, 7_433),  # once, to its very end
        (15, 7_433, 14_866),  # twice
        (5, 7_433, 5_000),  # cut
        (12, 7_433, 12_000),  # once and more than half of it again
        (3, 2_000, 3_000),
        (10, 1, 10_000),
    ],
)
def test_a_film_does_not_begin_once_more_to_be_cut_at_once(
    seconds: int, length: int, shown: int
) -> None:
    assert shown_ms(seconds, length) == shown


def test_a_film_is_seen_once_when_nobody_says_for_how_long() -> None:
    assert [seconds_of(length) for length in (500, 7_001, 65_000, 900_040)] == [3, 8, 65, 900]


def test_an_area_with_odd_pixels_loses_one_row_at_most() -> None:
    assert film_size((1920, 1017)) == (1920, 1016)
    assert film_size((193, 97)) == (192, 96)


@pytest.mark.parametrize(
    ("fit", "target", "shown"),
    [
        ("auto", (1920, 1080), (0, 0, 1920, 1080)),
        ("auto", (1920, 1017), (0, 31, 1920, 1017)),  # a ticker's band: what nobody misses goes
        ("auto", (384, 192), (0, 0, 1920, 1080)),  # a ninth, where subtitles stand: whole
        ("fill", (384, 192), (0, 60, 1920, 960)),
        ("whole", (1920, 1017), (0, 0, 1920, 1080)),
    ],
)
def test_a_film_keeps_its_edges_unless_somebody_wants_the_glass_full(
    fit: str, target: tuple[int, int], shown: tuple[int, int, int, int]
) -> None:
    assert crop_of((1920, 1080), target, fit) == shown
