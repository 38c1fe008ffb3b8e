"""An area as it is drawn or typed: corners one on each line, or a circle."""

import pytest

from signage.domain.drawn_area import MAX_CORNERS, area_of
from signage.domain.sentences import Refused

SQUARE = "13.9, 107.9\n13.9, 108.1\n14.1, 108.1\n14.1, 107.9"


def test_corners_make_a_closed_polygon():
    (polygon,) = area_of(SQUARE).polygons
    assert polygon[0] == polygon[-1] == (13.9, 107.9)
    assert len(polygon) == 5


def test_a_circle_has_its_centre_and_kilometres():
    (circle,) = area_of("tròn: 13.98, 108.00, 2,5").circles
    assert (circle.centre, circle.km) == ((13.98, 108.0), 2.5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13.9, 107.9\n13.9, 108.1",
        "13.9; mười\n1, 2\n3, 4",
        "95, 107\n1, 2\n3, 4",
        "tròn: 13.98, 108.00, 0",
        "tròn: 13.98, 108.00, 999",
        "\n".join(["13.9, 107.9"] * (MAX_CORNERS + 1)),
    ],
)
def test_what_is_no_area_is_refused_at_its_field(text):
    with pytest.raises(Refused) as refused:
        area_of(text)
    assert refused.value.field == "targets"
