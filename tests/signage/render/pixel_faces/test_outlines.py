"""Outlines around pixels: closed, square, and enclosing exactly the ink."""

from hypothesis import given
from hypothesis import strategies as st

from signage.render.pixel_faces.outlines import contours_of

inks = st.frozensets(st.tuples(st.integers(-3, 8), st.integers(-4, 12)), max_size=40)


def signed_area(contour):
    """Positive when the contour runs clockwise."""
    ends = contour[1:] + contour[:1]
    return sum(bx * ay - ax * by for (ax, ay), (bx, by) in zip(contour, ends, strict=True)) / 2


def winding(contours, x, y):
    """How often the contours run around the middle of the pixel (x, y)."""
    turns = 0
    for contour in contours:
        for (ax, ay), (bx, by) in zip(contour, contour[1:] + contour[:1], strict=True):
            if ax == bx and ax > x and min(ay, by) <= y < max(ay, by):
                turns += 1 if by < ay else -1
    return turns


def test_one_pixel_is_a_square_run_clockwise():
    assert contours_of(frozenset({(0, 0)})) == [[(0, 0), (0, 1), (1, 1), (1, 0)]]


def test_a_row_of_pixels_needs_only_its_four_corners():
    (contour,) = contours_of(frozenset((x, 0) for x in range(9)))
    assert len(contour) == 4


def test_a_hole_runs_the_other_way():
    ring = frozenset((x, y) for x in range(3) for y in range(3)) - {(1, 1)}
    assert sorted(signed_area(contour) for contour in contours_of(ring)) == [-1, 9]


def test_pixels_that_touch_at_a_corner_keep_their_own_outlines():
    assert len(contours_of(frozenset({(0, 0), (1, 1)}))) == 2


def test_no_ink_has_no_outline():
    assert contours_of(frozenset()) == []


@given(inks)
def test_the_outlines_enclose_exactly_the_ink(ink):
    contours = contours_of(ink)
    around = {(x, y) for x in range(-4, 10) for y in range(-5, 14)}
    assert {place for place in around if winding(contours, *place) == 1} == ink
    assert {place for place in around if winding(contours, *place) not in (0, 1)} == set()


@given(inks)
def test_every_side_is_level_or_upright(ink):
    for contour in contours_of(ink):
        for (ax, ay), (bx, by) in zip(contour, contour[1:] + contour[:1], strict=True):
            assert (ax == bx) != (ay == by)
