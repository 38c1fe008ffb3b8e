"""The pages of holds: stop one display, a unit or all of them, see who did it, and lift it."""

import pytest

from signage.demo.journey.forms import forms_of
from signage.domain.hold import HoldKind
from tests.signage.pleiku import ADMINISTRATOR, DUTY_OFFICER, OFFICER, VIEWER
from tests.signage.web.visitor import words


@pytest.fixture
def duty(visit):
    return visit(DUTY_OFFICER)


def stops_all(duty, phone, why):
    """Fill in the second form of the page, which stops everything, and confirm it."""
    duty.open("/holds")
    (form,) = (
        one for one in forms_of(duty.page.text) if one.filled({}).get("form_name") == ["stop-all"]
    )
    duty.post("/holds", form.filled({"why": why}))
    return duty.send("/holds", code=phone.code(), follow=True)


def test_a_meeting_needs_no_code_from_the_page_of_the_display_and_is_lifted_there(
    visit, store, at_sealer
):
    officer = visit(OFFICER)
    officer.open("/displays/nvh-hoi-phu")
    page = officer.send("/holds", follow=True, kind="meeting", lasting="60", why="Họp tổ dân phố")
    assert page.request.path == "/displays/nvh-hoi-phu"
    (hold,) = store.holds.recent()
    assert (hold.kind, hold.targets) == (HoldKind.MEETING, ["display:nvh-hoi-phu"])
    assert "Họp tổ dân phố" in words(page)
    officer.send(f"/holds/{hold.id}/lift", follow=True)
    assert store.holds.get(hold.id).lifted_by == OFFICER.id


def test_everything_is_stopped_with_one_button_and_the_reason_stands_beside_it(duty, phone, store):
    page = stops_all(duty, phone, "Hình lạ trên bảng Hoa Lư")
    (hold,) = store.holds.recent()
    assert (hold.kind, hold.targets) == (HoldKind.SAFE, ["all"])
    assert "Đã dừng toàn bộ màn hình" in words(page)
    assert "Hình lạ trên bảng Hoa Lư" in words(page)


def asked_to_blank(visitor, target="display:nvh-hoi-phu"):
    visitor.open("/holds")
    return visitor.send("/holds", reach="some", targets=[target], kind="blank", lasting="60")


def test_a_screen_goes_dark_only_once_it_is_confirmed_and_comes_back_likewise(duty, phone, store):
    assert "Giữ màn hình" in words(asked_to_blank(duty))
    assert store.holds.recent() == []
    duty.send("/holds", code=phone.code(), follow=True)
    (hold,) = store.holds.live(hold_time := store.holds.recent()[0].begins_at)
    duty.open("/holds")
    duty.send(f"/holds/{hold.id}/lift")
    assert store.holds.live(hold_time) == [hold]
    duty.send(f"/holds/{hold.id}/lift", code=phone.code(), follow=True)
    assert store.holds.live(hold_time) == []


def test_a_wrong_code_darkens_nothing_and_what_was_asked_stands_there_still(duty, phone, store):
    asked_to_blank(duty)
    answer = duty.send("/holds", code="000000")
    assert answer.status_code == 422
    assert "Mã xác thực không đúng" in words(answer)
    assert store.holds.recent() == []
    duty.send("/holds", code=phone.code(), follow=True)
    assert len(store.holds.recent()) == 1


def test_what_the_page_asks_for_is_what_is_held(duty, phone, store):
    asked_to_blank(duty)
    until = int(duty.form("/holds").filled({})["until_ms"][0])
    duty.send("/holds", code=phone.code(), follow=True)
    assert store.holds.recent()[0].expires_at == until


def test_who_has_no_factor_is_told_whom_to_ask(visit, at_sealer):
    page = words(asked_to_blank(visit(OFFICER)))
    assert f"signage factor enrol {OFFICER.login} --for holds" in page


def test_a_dark_screen_is_held_longer_with_a_code(duty, phone, store):
    asked_to_blank(duty)
    duty.send("/holds", code=phone.code(), follow=True)
    (hold,) = store.holds.recent()
    duty.send(f"/holds/{hold.id}/extend")
    duty.send(f"/holds/{hold.id}/extend", code=phone.code(), follow=True)
    after = store.holds.get(hold.id)
    assert (after.revision, after.expires_at - hold.expires_at) == (2, 30 * 60_000)


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


def test_the_page_that_confirms_an_alert_names_displays_that_will_not_show_it(duty, phone):
    stops_all(duty, phone, "Sự cố")
    duty.open("/alerts/new")
    flood = {"headline": "Lũ", "area": "Ven suối", "sender": "UBND", "body": "", "level": "3"}
    page = words(duty.send("/alerts", follow=True, **flood))
    assert "KHÔNG hiện cảnh báo này" in page
    assert "Ngã ba Hoa Lư" in page
