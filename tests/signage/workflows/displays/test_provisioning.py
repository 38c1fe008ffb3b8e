"""Units, profiles and displays come into use and leave it."""

import msgspec
import pytest

from signage.domain.display import Display, Site
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.domain.units import Unit
from signage.store import Store
from signage.workflows.displays import provisioning
from tests.signage.pleiku import ADMINISTRATOR, CITY, HOUSE_SCREEN, NOON, OFFICER, WARD

NEW = Display(
    id="cong-vien", name="Công viên", site="nvh-hoi-phu", unit=WARD.id, profile="hd-1920x1080"
)


def register(store: Store, **changes: object) -> Display:
    display = msgspec.structs.replace(NEW, **changes)
    return provisioning.register_display(store, display, by=ADMINISTRATOR, at=NOON)


def test_a_display_comes_into_use(store: Store) -> None:
    assert register(store, tags=["b", "a"]).tags == ["a", "b"]
    assert store.displays.get("cong-vien").name == "Công viên"


@pytest.mark.parametrize(
    "wrong", [{"id": "../x"}, {"name": ""}, {"site": "x"}, {"profile": "x"}, {"tags": ["Bảng #1"]}]
)
def test_a_display_needs_good_names_a_site_and_a_profile(
    store: Store, wrong: dict[str, object]
) -> None:
    before = store.displays.all()
    with pytest.raises(Refused):
        register(store, **wrong)
    assert store.displays.all() == before


def test_the_id_of_a_retired_display_is_never_given_again(store: Store) -> None:
    provisioning.retire_display(store, "ubnd", by=ADMINISTRATOR, at=NOON)
    with pytest.raises(Refused, match="đã được dùng"):
        register(store, id="ubnd")
    with pytest.raises(Refused, match="đã ngừng dùng"):
        provisioning.retire_display(store, "ubnd", by=ADMINISTRATOR, at=NOON)


def test_changing_a_display_keeps_its_key(store: Store) -> None:
    paired = msgspec.structs.replace(store.displays.get("ubnd"), player_key="k")
    with store.transaction():
        store.displays.save(paired)
    renamed = msgspec.structs.replace(paired, name="Bảng số 2", player_key="forged")
    changed = provisioning.change_display(store, renamed, by=ADMINISTRATOR, at=NOON)
    assert (changed.name, changed.player_key) == ("Bảng số 2", "k")


def test_an_officer_provisions_nothing(store: Store) -> None:
    with pytest.raises(NotAllowed):
        provisioning.register_display(store, NEW, by=OFFICER, at=NOON)
    with pytest.raises(NotAllowed):
        provisioning.add_profile(store, HOUSE_SCREEN, by=OFFICER, at=NOON)


def test_a_site_is_taken_over_only_by_who_covers_both_units(store: Store) -> None:
    site = msgspec.structs.replace(store.sites.get("hoa-lu"), unit=WARD.id)
    ward_administrator = msgspec.structs.replace(ADMINISTRATOR, unit=WARD.id)
    with pytest.raises(NotAllowed):
        provisioning.add_site(store, site, by=ward_administrator, at=NOON)
    assert provisioning.add_site(store, site, by=ADMINISTRATOR, at=NOON) == site


def test_a_site_on_no_map_is_refused(store: Store) -> None:
    site = Site(id="x", unit=WARD.id, name="X", latitude_e6=200_000_000, longitude_e6=0)
    with pytest.raises(Refused):
        provisioning.add_site(store, site, by=ADMINISTRATOR, at=NOON)


def test_a_unit_is_added_below_another(store: Store) -> None:
    gao = Unit(id="gao", name="Xã Gào", parent=CITY.id, kind="xa", valid_from="2025-07-01")
    provisioning.add_unit(store, gao, by=ADMINISTRATOR, at=NOON)
    assert store.units.chain("gao") == ("gao", "pleiku-city")
    with pytest.raises(Refused, match="đã được dùng"):
        provisioning.add_unit(store, gao, by=ADMINISTRATOR, at=NOON)


def test_only_an_empty_house_gets_a_root_unit(store: Store) -> None:
    with pytest.raises(NotAllowed):
        provisioning.add_root_unit(store, CITY, at=NOON)
