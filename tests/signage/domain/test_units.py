"""The tree of units."""

import msgspec
import pytest

from signage.domain.units import chain_of, units_within
from tests.signage.pleiku import CITY, OTHER_WARD, WARD

UNITS = {unit.id: unit for unit in (CITY, WARD, OTHER_WARD)}


def test_a_chain_leads_from_the_unit_upwards() -> None:
    assert chain_of("hoi-phu", UNITS) == ("hoi-phu", "pleiku-city")


def test_a_ring_of_units_is_found() -> None:
    ring = UNITS | {CITY.id: msgspec.structs.replace(CITY, parent=WARD.id)}
    with pytest.raises(ValueError, match="no tree"):
        chain_of("hoi-phu", ring)


def test_the_city_contains_itself_and_its_wards() -> None:
    assert units_within("pleiku-city", UNITS) == {"pleiku-city", "hoi-phu", "dien-hong"}
    assert units_within("hoi-phu", UNITS) == {"hoi-phu"}


def test_a_merged_unit_ends_on_its_last_day() -> None:
    old = msgspec.structs.replace(WARD, valid_to="2026-12-31")
    assert old.is_valid_on("2026-12-31")
    assert not old.is_valid_on("2027-01-01")
