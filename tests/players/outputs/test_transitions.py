"""When a transition runs: a function of time, and never into or out of an alert."""

from dataclasses import replace

from players.contract.types import Area
from players.outputs import Arrival, Entrance, Pane, Picture, Scene
from players.outputs.transitions import entrance_of, is_over, progress, slid

SIZE = (64, 32)
BEGAN = 1_000_000


def picture(name: str) -> Picture:
    return Picture(name, *SIZE, name.encode())


def scene(name: str, how: str = "crossfade", since: int = BEGAN, source: str = "schedule") -> Scene:
    return Scene(source, "everyday", name, picture(name), arrival=Arrival(how, since))


def entrance(before: Scene | None, after: Scene, late: int = 0) -> Entrance | None:
    return entrance_of(before, after, BEGAN + late, SIZE)


def test_the_next_slide_comes_on_as_it_says() -> None:
    before = scene("a", since=BEGAN - 10_000)
    found = entrance(before, scene("b"))
    assert found == Entrance(before, "crossfade", Area(x=0, y=0, width=64, height=32), BEGAN)


def test_one_that_comes_late_joins_in_the_middle_or_cuts() -> None:
    before = scene("a", since=BEGAN - 10_000)
    found = entrance(before, scene("b"), late=300)
    assert found is not None
    assert progress(found, BEGAN + 300) == 0.75
    assert entrance(before, scene("b"), late=400) is None


def test_a_cut_and_a_transition_of_the_future_are_cuts() -> None:
    before = scene("a", since=BEGAN - 10_000)
    assert entrance(before, scene("b", "cut")) is None
    assert entrance(before, scene("b", "origami")) is None
    assert entrance(None, scene("b")) is None


def test_alerts_and_what_comes_after_them_cut() -> None:
    calm, alert = scene("a", since=BEGAN - 10_000), scene("b", source="alert")
    assert entrance(calm, alert) is None
    assert entrance(replace(alert, source="alert"), scene("c")) is None


def test_a_zone_changes_within_its_own_area() -> None:
    main, side = Area(x=0, y=0, width=40, height=32), Area(x=40, y=0, width=24, height=32)
    before = replace(scene("a", since=BEGAN - 5000), area=main, beside=(Pane(picture("x"), side),))
    after = replace(before, beside=(Pane(picture("y"), side, arrival=Arrival("slide", BEGAN)),))
    found = entrance(before, after)
    assert found is not None
    assert (found.how, found.area) == ("slide", side)


def test_other_zones_than_before_cut() -> None:
    before = replace(scene("a", since=BEGAN - 5000), area=Area(x=0, y=0, width=40, height=32))
    assert entrance(before, scene("b")) is None


def test_a_slide_ends_exactly_where_it_belongs() -> None:
    found = Entrance(scene("a"), "slide", Area(x=0, y=0, width=40, height=32), BEGAN)
    places = [slid(found, BEGAN + at) for at in range(0, 501, 20)]
    assert (places[0], places[-1]) == (0, 40)
    assert places == sorted(places)
    assert [is_over(found, BEGAN + at) for at in (-1, 0, 499, 500)] == [True, False, False, True]
