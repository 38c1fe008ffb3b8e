import pytest

from signage.domain.cap.areas import distance_to_polygon_km, kilometres

SQUARE = ((13.0, 107.0), (14.0, 107.0), (14.0, 108.0), (13.0, 108.0), (13.0, 107.0))
ACROSS_THE_DATE_LINE = ((0.0, 179.0), (1.0, 179.0), (1.0, -179.0), (0.0, -179.0), (0.0, 179.0))


@pytest.mark.parametrize("point", [(13.5, 107.5), (13.01, 107.01), (13.99, 107.99)])
def test_a_point_inside_is_no_distance_away(point: tuple[float, float]) -> None:
    assert distance_to_polygon_km(SQUARE, point) == 0


def test_a_point_outside_is_as_far_as_the_nearest_side() -> None:
    assert distance_to_polygon_km(SQUARE, (13.5, 108.1)) == pytest.approx(10.8, abs=0.1)
    assert distance_to_polygon_km(SQUARE, (14.2, 107.5)) == pytest.approx(22.2, abs=0.1)


@pytest.mark.parametrize("longitude", [179.5, -179.5, 180.0, -180.0])
def test_a_polygon_goes_the_short_way_across_the_date_line(longitude: float) -> None:
    assert distance_to_polygon_km(ACROSS_THE_DATE_LINE, (0.5, longitude)) == 0


def test_the_other_side_of_the_earth_is_outside() -> None:
    assert distance_to_polygon_km(ACROSS_THE_DATE_LINE, (0.5, 0.0)) > 10_000


def test_hanoi_is_as_far_from_pleiku_as_the_map_says() -> None:
    assert kilometres((21.03, 105.85), (13.98, 108.0)) == pytest.approx(817, abs=5)
