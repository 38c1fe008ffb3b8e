"""The pages of holds: stop one display, a unit or all of them, see who did it, and lift it."""

import pytest

from signage.demo.journey.forms import forms_of
from signage.domain.hold import HoldKind
from tests.signage.pleiku import ADMINISTRATOR, DUTY_OFFICER, OFFICER, VIEWER
from tests.signage.web.visitor import words


@pytest.fixture
def duty(visit):
    return visit(DUTY_OFFICER)


def stops_all(duty, why):
    """Fill in the second form of the page, which stops everything."""
    duty.open("/holds")
    (form,) = (
        one for one in forms_of(duty.page.text) if one.filled({}).get("form_name") == ["stop-all"]
    )
    return duty.post("/holds", form.filled({"why": why}), follow=True)


def test_a_meeting_is_placed_from_the_page_of_the_display_and_lifted_there(visit, store):
    officer = visit(OFFICER)
    officer.open("/displays/nvh-hoi-phu")
    page = officer.send("/holds", follow=True, kind="meeting", lasting="60", why="Họp tổ dân phố")
    assert page.request.path == "/displays/nvh-hoi-phu"
    (hold,) = store.holds.recent()
    assert (hold.kind, hold.targets) == (HoldKind.MEETING, ["display:nvh-hoi-phu"])
    assert "Họp tổ dân phố" in words(page)
    officer.send(f"/holds/{hold.id}/lift", follow=True)
    assert store.holds.get(hold.id).lifted_by == OFFICER.id


def test_everything_is_stopped_with_one_button_and_the_reason_stands_beside_it(duty, store):
    page = stops_all(duty, "Hình lạ trên bảng Hoa Lư")
    (hold,) = store.holds.recent()
    assert (hold.kind, hold.targets) == (HoldKind.SAFE, ["all"])
    assert "Đã dừng toàn bộ màn hình" in words(page)
    assert "Hình lạ trên bảng Hoa Lư" in words(page)


def test_who_answers_for_one_ward_is_not_offered_the_whole_city(visit):
    assert "Dừng toàn bộ" not in words(visit(OFFICER).open("/holds"))


def test_a_refused_hold_says_why_and_keeps_what_was_typed(duty, store):
    duty.open("/holds")
    answer = duty.send("/holds", reach="some", why="Họp giao ban")
    assert answer.status_code == 422
    assert "Chưa chọn nơi phát" in words(answer)
    assert "Họp giao ban" in answer.text
    assert store.holds.recent() == []


@pytest.mark.parametrize(("person", "status"), [(ADMINISTRATOR, 200), (VIEWER, 403)])
def test_whoever_answers_for_displays_may_hold_them(visit, person, status):
    assert visit(person).open("/holds").status_code == status


def test_the_page_that_confirms_an_alert_names_displays_that_will_not_show_it(duty):
    stops_all(duty, "Sự cố")
    duty.open("/alerts/new")
    flood = {"headline": "Lũ", "area": "Ven suối", "sender": "UBND", "body": "", "level": "3"}
    page = words(duty.send("/alerts", follow=True, **flood))
    assert "KHÔNG hiện cảnh báo này" in page
    assert "Ngã ba Hoa Lư" in page
