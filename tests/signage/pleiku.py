"""A small Pleiku for tests: units, displays and one person for each role."""

from signage.domain.display import Display, Profile, Site
from signage.domain.people import Role, User
from signage.domain.units import Unit
from signage.store import Store
from signage.workflows.accounts.passwords import PasswordCost

NOON = 1_795_410_000_000
"""2026-11-23 12:00 in Pleiku."""

CHEAP = PasswordCost(passes=1, memory_kib=64, lanes=1)

CITY = Unit(id="pleiku-city", name="Trung tâm", parent=None, kind="city", valid_from="2025-07-01")
WARD = Unit(
    id="hoi-phu", name="Phường Hội Phú", parent=CITY.id, kind="phuong", valid_from="2025-07-01"
)
OTHER_WARD = Unit(
    id="dien-hong", name="Phường Diên Hồng", parent=CITY.id, kind="phuong", valid_from="2025-07-01"
)

ROAD_BOARD = Profile(
    id="led-384x192",
    name="Bảng LED Hoa Lư",
    width=384,
    height=192,
    traffic=True,
    pitch_um=10_000,
    viewing_cm=3000,
)
SMALL_BOARD = Profile(
    id="led-192x96",
    name="Bảng LED UBND",
    width=192,
    height=96,
    pitch_um=10_000,
    viewing_cm=2000,
)
HOUSE_SCREEN = Profile(
    id="hd-1920x1080",
    name="Màn hình nhà văn hóa",
    width=1920,
    height=1080,
    pitch_um=630,
    viewing_cm=600,
    sound=True,
)


def person(role: Role, unit: str, login: str | None = None) -> User:
    login = login or f"{role.value.replace('_', '-')}-{unit}"
    return User(id=f"id-{login}", login=login, name=login.title(), role=role, unit=unit)


OFFICER = person(Role.WARD_OFFICER, WARD.id)
OTHER_OFFICER = person(Role.WARD_OFFICER, OTHER_WARD.id)
CITY_OFFICER = person(Role.WARD_OFFICER, CITY.id)
APPROVER = person(Role.APPROVER, CITY.id)
DUTY_OFFICER = person(Role.DUTY_OFFICER, CITY.id)
VIEWER = person(Role.VIEWER, CITY.id)
ADMINISTRATOR = person(Role.ADMINISTRATOR, CITY.id)

PEOPLE = (
    OFFICER,
    OTHER_OFFICER,
    CITY_OFFICER,
    APPROVER,
    DUTY_OFFICER,
    VIEWER,
    ADMINISTRATOR,
)

DISPLAYS = (
    Display(id="hoa-lu", name="Ngã ba Hoa Lư", site="hoa-lu", unit=CITY.id, profile=ROAD_BOARD.id),
    Display(id="ubnd", name="Trước UBND", site="ubnd", unit=CITY.id, profile=SMALL_BOARD.id),
    Display(
        id="nvh-hoi-phu",
        name="Nhà văn hóa Hội Phú",
        site="nvh-hoi-phu",
        unit=WARD.id,
        profile=HOUSE_SCREEN.id,
        tags=["nha-van-hoa"],
    ),
    Display(
        id="nvh-dien-hong",
        name="Nhà văn hóa Diên Hồng",
        site="nvh-dien-hong",
        unit=OTHER_WARD.id,
        profile=HOUSE_SCREEN.id,
        tags=["nha-van-hoa"],
    ),
)


def settle(store: Store) -> None:
    """Fill `store` with the small Pleiku."""
    with store.transaction():
        for unit in (CITY, WARD, OTHER_WARD):
            store.units.save(unit)
        for profile in (ROAD_BOARD, SMALL_BOARD, HOUSE_SCREEN):
            store.profiles.add(profile)
        for display in DISPLAYS:
            store.sites.save(
                Site(
                    id=display.site,
                    unit=display.unit,
                    name=display.name,
                    latitude_e6=13_980_000,
                    longitude_e6=108_000_000,
                )
            )
            store.displays.save(display)
        for user in PEOPLE:
            store.users.save(user)
