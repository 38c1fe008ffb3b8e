from collections.abc import Callable

from signage.store import Store
from tests.signage.pleiku import ADMINISTRATOR, CITY
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_a_unit_a_site_and_a_display_are_set_up(visit: Visit, store: Store) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open("/units")
    visitor.send("/units", id="an-phu", name="Phường An Phú", parent=CITY.id, follow=True)
    place = {"name": "Nhà văn hóa An Phú", "latitude": "13,98", "longitude": "108.01"}
    visitor.send("/units/sites", id="nvh-an-phu", unit="an-phu", **place, follow=True)
    screen = {"site": "nvh-an-phu", "unit": "an-phu", "profile": "hd-1920x1080"}
    page = visitor.send(
        "/units/displays",
        id="man-an-phu",
        name="Màn An Phú",
        tags="nha, moi",
        **screen,
        follow=True,
    )
    made = store.displays.get("man-an-phu")
    assert (made.unit, made.tags) == ("an-phu", ["moi", "nha"])
    assert store.sites.get("nvh-an-phu").latitude_e6 == 13_980_000
    assert "signage provision man-an-phu" in words(page)


def test_a_kind_of_display_is_added(visit: Visit, store: Store) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open("/units")
    sizes = {"width": "256", "height": "128", "pitch_um": "8000", "viewing_cm": "1500"}
    visitor.send(
        "/units/profiles", id="led-256x128", name="LED nhỏ", sound="yes", **sizes, follow=True
    )
    made = store.profiles.get("led-256x128")
    assert (made.size, made.sound, made.traffic) == ((256, 128), True, False)


def test_a_mistake_is_told_in_its_own_form_only(visit: Visit) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open("/units")
    place = {"name": "Nhà văn hóa", "latitude": "mười ba", "longitude": "108"}
    answer = visitor.send("/units/sites", id="nvh", **place)
    assert answer.status_code == 422
    assert 'id="site-latitude-wrong"' in answer.text
    assert answer.text.count('class="wrong"') == 1


def test_a_display_is_retired_for_good(visit: Visit, store: Store) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open("/units")
    page = visitor.send("/units/displays/ubnd/retire", follow=True)
    assert store.displays.get("ubnd").retired_at is not None
    assert "Ngừng dùng" in words(page)
