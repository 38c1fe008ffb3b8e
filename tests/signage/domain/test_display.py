"""Profiles and sites with numbers that can be right."""

import msgspec
import pytest

from signage.domain.display import Dimming, Site, checked_dimming, checked_profile, checked_site
from signage.domain.sentences import Refused
from tests.signage.pleiku import ROAD_BOARD


@pytest.mark.parametrize(
    "wrong", [{"width": 0}, {"height": 9000}, {"pitch_um": 0}, {"viewing_cm": -1}, {"id": "LED 1"}]
)
def test_a_profile_with_an_impossible_number_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        checked_profile(msgspec.structs.replace(ROAD_BOARD, **wrong))


def test_a_site_outside_the_earth_is_refused() -> None:
    site = Site(id="a", unit="hoi-phu", name="A", latitude_e6=108_000_000, longitude_e6=13_980_000)
    with pytest.raises(Refused) as refused:
        checked_site(site)
    assert refused.value.field == "latitude"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": 0}, "day"),
        ({"day": 101}, "day"),
        ({"night": 60, "day": 50}, "night"),
        ({"alert": 10}, "alert"),
    ],
)
def test_a_display_that_would_be_dark_is_refused(wrong: dict[str, int], field: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_dimming(Dimming(**wrong))
    assert refused.value.field == field
