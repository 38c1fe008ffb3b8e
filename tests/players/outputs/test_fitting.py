"""Fitting keeps the whole picture, and strips leave no gap."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from players.outputs.fitting import fitted, places

SIZES = st.tuples(st.integers(1, 5000), st.integers(1, 5000))


@given(SIZES)
def test_a_picture_of_the_right_size_is_not_touched(size):
    assert fitted(size, size) == (0, 0, *size)


@given(SIZES, SIZES)
def test_a_fitted_picture_lies_inside_and_touches_two_edges(picture, area):
    left, top, width, height = fitted(picture, area)
    assert left >= 0
    assert top >= 0
    assert left + width <= area[0]
    assert top + height <= area[1]
    assert width == area[0] or height == area[1]


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 10**9))
def test_strips_stand_side_by_side_over_the_whole_width(strip, width, offset):
    lefts = places(strip, width, offset)
    assert lefts[0] <= 0
    assert lefts[-1] + strip >= width
    assert all(b - a == strip for a, b in itertools.pairwise(lefts))
