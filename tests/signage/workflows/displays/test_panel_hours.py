"""Panel hours on the controller: set for one display or its kind, and in the next manifest."""

import pytest

from players.contract.panel import PanelHours
from signage.domain.people import NotAllowed
from signage.domain.schedule import Daypart
from signage.domain.sentences import Refused
from signage.workflows.displays import panel_hours
from tests.signage.pleiku import ADMINISTRATOR, NOON, OFFICER

DAY_ONLY = PanelHours(on=[Daypart(weekdays=[0, 1, 2, 3, 4, 5, 6], starts=330, ends=1320)])


def set_hours(store, hours=DAY_ONLY, **changes):
    given = {"by": ADMINISTRATOR, "at": NOON} | changes
    return panel_hours.set_hours(store, "nvh-hoi-phu", hours, **given)


def test_hours_are_kept_for_one_display_and_taken_back(store):
    assert set_hours(store) == 1
    assert store.panels.all() == {"nvh-hoi-phu": DAY_ONLY}
    set_hours(store, None)
    assert store.panels.all() == {}


def test_hours_are_set_for_all_displays_of_a_kind_at_once(store):
    assert set_hours(store, alike=True) == 2
    assert set(store.panels.all()) == {"nvh-hoi-phu", "nvh-dien-hong"}


def test_hours_that_no_player_could_read_are_refused_in_words(store):
    with pytest.raises(Refused, match="âm lượng không hợp lệ"):
        set_hours(store, PanelHours(volume=101))
    assert store.panels.all() == {}


def test_who_does_not_set_displays_up_sets_no_hours(store):
    with pytest.raises(NotAllowed):
        set_hours(store, by=OFFICER)
