from collections.abc import Callable

import pytest

from signage.store import Store
from tests.signage.pleiku import OFFICER, VIEWER
from tests.signage.web.scene import playlist
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def fill_in(visitor: Visitor, store: Store, **values):
    made = playlist(store)
    visitor.open(f"/schedule/new?playlist={made.id}")
    return visitor.send("/schedule", **values)


def test_a_playlist_is_scheduled_in_days_and_hours(visit: Visit, store: Store) -> None:
    answer = fill_in(
        visit(OFFICER),
        store,
        first_date="24/11/2026",
        last_date="31/12/2026",
        weekdays=[0, 4],
        hours="part",
        starts="7h30",
        ends="18:00",
    )
    assert answer.status_code == 303
    (entry,) = store.schedule.all()
    assert (entry.first_date, entry.last_date) == ("2026-11-24", "2026-12-31")
    assert (entry.daypart.weekdays, entry.daypart.starts, entry.daypart.ends) == ([0, 4], 450, 1080)
    assert entry.targets == ["display:nvh-hoi-phu"]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"first_date": "1/12/2026", "last_date": "30/11/2026"}, "last_date", "đứng trước"),
        ({"first_date": "31/2/2026"}, "first_date", "không có trong lịch"),
        ({"hours": "part", "starts": "7 rưỡi"}, "starts", "không hợp lệ"),
        ({"weekdays": []}, "weekdays", "ít nhất một ngày"),
        ({"targets": []}, "targets", "ít nhất một màn hình"),
        ({"playlist": ""}, "playlist", "Chưa chọn danh sách phát"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_rest_stays(
    visit: Visit, store: Store, values, field: str, sentence: str
) -> None:
    answer = fill_in(visit(OFFICER), store, **{"priority": "7", **values})
    assert answer.status_code == 422
    assert f'id="entry-{field}-wrong"' in answer.text
    assert sentence in words(answer)
    assert '<option value="7" selected>' in answer.text
    assert store.schedule.all() == []


def test_an_entry_is_ended(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    fill_in(visitor, store)
    (entry,) = store.schedule.all()
    visitor.open("/schedule")
    visitor.send(f"/schedule/{entry.id}/end", follow=True)
    assert store.schedule.all() == []
    assert "Đã kết thúc" in words(visitor.open("/schedule?ended=1"))


def test_what_is_not_approved_is_said_not_to_run_yet(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    fill_in(visitor, store)
    assert "Chưa duyệt nên chưa phát" in words(visitor.open("/schedule"))


def test_the_week_of_a_display_starts_on_monday(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    fill_in(visitor, store, first_date="23/11/2026", last_date="24/11/2026")
    page = visitor.open("/schedule/week/nvh-hoi-phu?from=2026-11-26")
    assert "Tuần từ 23/11/2026 đến 29/11/2026" in words(page)
    assert page.text.count("Chợ Tết") == 2


def test_a_week_that_is_no_date_is_this_week(visit: Visit) -> None:
    assert visit(VIEWER).open("/schedule/week/hoa-lu?from=xyz").status_code == 200
