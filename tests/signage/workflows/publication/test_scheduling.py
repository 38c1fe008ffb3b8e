"""A schedule entry says what is wanted where and when; what makes no sense is refused in words."""

import pytest

from signage.domain.names import NotFound
from signage.domain.people import NotAllowed
from signage.domain.schedule import Daypart, ScheduleEntry
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.approval.review import NotLegible
from signage.workflows.content import editing
from signage.workflows.displays import provisioning
from signage.workflows.publication import scheduling
from tests.signage.pleiku import (
    ADMINISTRATOR,
    CITY_OFFICER,
    NOON,
    OFFICER,
    OTHER_OFFICER,
    VIEWER,
    WARD,
)
from tests.signage.workflows.desk import (
    LONG_NOTICE,
    add_notice,
    approve,
    new_playlist,
    submit,
)


def schedule(store: Store, playlist: str, *targets: str, **changes: object) -> ScheduleEntry:
    details = {"first_date": "2026-11-23", "last_date": "2026-11-30", "by": CITY_OFFICER}
    return scheduling.add_entry(
        store,
        playlist=playlist,
        targets=targets,
        at=NOON,
        **(details | changes),
    )


@pytest.fixture
def playlist(store: Store) -> str:
    return new_playlist(store, "ubnd").id


def test_an_entry_is_kept_with_its_daypart_and_priority(store: Store, playlist: str) -> None:
    mornings = Daypart(weekdays=[0, 1, 2, 3, 4], starts=360, ends=480)
    entry = schedule(store, playlist, "display:ubnd", daypart=mornings, priority=7)
    assert scheduling.entries(store, by=CITY_OFFICER) == [entry]
    assert (entry.daypart, entry.priority) == (mornings, 7)


def test_a_schedule_that_ends_before_it_starts_is_refused_and_nothing_is_kept(
    store: Store, playlist: str
) -> None:
    with pytest.raises(Refused) as refused:
        schedule(store, playlist, "display:ubnd", last_date="2026-11-22")
    assert refused.value.field == "last_date"
    assert scheduling.entries(store, by=CITY_OFFICER) == []


@pytest.mark.parametrize(
    "target",
    ["display:nothing", "unit:nothing", "tag:nothing", "ubnd", "group:all", "display:", ""],
)
def test_a_target_that_is_nowhere_is_refused(store: Store, playlist: str, target: str) -> None:
    with pytest.raises(NotFound):
        schedule(store, playlist, target)
    assert scheduling.entries(store, by=CITY_OFFICER) == []


def test_a_retired_display_is_no_target(store: Store, playlist: str) -> None:
    provisioning.retire_display(store, "ubnd", by=ADMINISTRATOR, at=NOON)
    with pytest.raises(NotFound):
        schedule(store, playlist, "display:ubnd")


def test_targets_name_displays_units_and_tags(store: Store) -> None:
    def ids(*targets: str) -> list[str]:
        return [display.id for display in scheduling.displays_of(store, targets)]

    assert ids("display:ubnd") == ["ubnd"]
    assert ids("unit:hoi-phu") == ["nvh-hoi-phu"]
    assert ids("unit:pleiku-city") == ["hoa-lu", "nvh-dien-hong", "nvh-hoi-phu", "ubnd"]
    assert ids("tag:nha-van-hoa", "display:ubnd") == ["nvh-dien-hong", "nvh-hoi-phu", "ubnd"]


def test_a_ward_schedules_on_its_own_displays_only(store: Store) -> None:
    own = editing.create_playlist(store, unit=WARD.id, title="Tin", by=OFFICER, at=NOON).id
    schedule(store, own, "unit:hoi-phu", by=OFFICER)
    for target in ("display:ubnd", "unit:pleiku-city", "unit:dien-hong", "tag:nha-van-hoa"):
        with pytest.raises(NotAllowed):
            schedule(store, own, target, by=OFFICER)
    with pytest.raises(NotAllowed):
        schedule(store, own, "display:nvh-hoi-phu", by=OTHER_OFFICER)
    with pytest.raises(NotAllowed):
        schedule(store, own, "display:nvh-hoi-phu", by=VIEWER)


def test_before_approval_anything_is_scheduled_and_nothing_shows(
    store: Store, playlist: str
) -> None:
    schedule(store, playlist, "unit:pleiku-city")
    assert store.submissions.approved() == []


def test_what_was_approved_must_be_legible_where_it_is_scheduled(store: Store) -> None:
    playlist = add_notice(store, new_playlist(store, "nvh-hoi-phu"), LONG_NOTICE)
    approve(store, submit(store, playlist))
    schedule(store, playlist.id, "display:nvh-hoi-phu")
    with pytest.raises(Refused, match="Trước UBND") as refused:
        schedule(store, playlist.id, "display:ubnd")
    assert refused.value.field == "targets"


def test_a_revision_must_be_legible_wherever_it_is_scheduled(store: Store) -> None:
    playlist = new_playlist(store, "nvh-hoi-phu")
    approve(store, submit(store, playlist))
    entry = schedule(store, playlist.id, "display:ubnd")
    longer = add_notice(store, playlist, LONG_NOTICE)
    with pytest.raises(NotLegible, match="Bảng LED UBND"):
        submit(store, longer)
    scheduling.end_entry(store, entry.id, by=CITY_OFFICER, at=NOON)
    assert submit(store, longer).number == 2


def test_an_ended_entry_stays_in_the_records(store: Store, playlist: str) -> None:
    entry = schedule(store, playlist, "display:ubnd")
    scheduling.end_entry(store, entry.id, by=CITY_OFFICER, at=NOON + 1)
    assert scheduling.entries(store, by=CITY_OFFICER) == []
    [ended] = scheduling.entries(store, by=CITY_OFFICER, ended=True)
    assert ended.ended_at == NOON + 1
    with pytest.raises(Refused, match="đã kết thúc"):
        scheduling.end_entry(store, entry.id, by=CITY_OFFICER, at=NOON + 2)


def test_the_page_of_a_display_lists_all_that_is_scheduled_on_it(
    store: Store, playlist: str
) -> None:
    entry = schedule(store, playlist, "unit:pleiku-city")
    schedule(store, playlist, "display:ubnd")
    assert scheduling.entries(store, by=OFFICER) == []
    assert scheduling.entries(store, by=OFFICER, display="nvh-hoi-phu") == [entry]
    with pytest.raises(NotAllowed):
        scheduling.entries(store, by=OFFICER, display="ubnd")
