"""The pages of drills: another place, another word; planned, watched, stopped, reported."""

import pytest
from pypdfium2 import PdfDocument

from signage.domain.drill import DrillState
from tests.signage.pleiku import DUTY_OFFICER, OFFICER
from tests.signage.web.visitor import words

FLOOD = {
    "headline": "Lũ đang lên nhanh",
    "area": "Ven suối Hội Phú",
    "body": "Lên chỗ cao.",
    "sender": "UBND phường",
    "level": "3",
    "reach": "all",
    "lasting": "15",
}


@pytest.fixture
def duty(visit):
    return visit(DUTY_OFFICER)


def drafted(duty, **values) -> str:
    duty.open("/drills/new")
    page = duty.send("/drills", follow=True, **(FLOOD | values))
    assert "Xác nhận diễn tập" in words(page)
    return page.request.path.split("/")[2]


def test_a_drill_is_written_confirmed_and_runs_until_it_is_stopped(duty, phone, store):
    drill = drafted(duty)
    assert store.drills.get(drill).state is DrillState.DRAFT
    page = words(duty.send(f"/drills/{drill}/plan", code=phone.code(), follow=True))
    assert "Buổi DIỄN TẬP đã bắt đầu" in page
    assert "0 / 4" in page
    duty.send(f"/drills/{drill}/stop", code=phone.code(), follow=True)
    assert store.drills.get(drill).state is DrillState.ENDED


def test_without_a_code_no_drill_begins_or_ends(duty, phone, store):
    drill = drafted(duty)
    answer = duty.send(f"/drills/{drill}/plan", code="000000")
    assert "Mã xác thực không đúng" in words(answer)
    assert store.drills.get(drill).state is DrillState.DRAFT
    duty.send(f"/drills/{drill}/plan", code=phone.code(), follow=True)
    duty.send(f"/drills/{drill}/stop", code="000000")
    assert store.drills.get(drill).state is DrillState.PLANNED


def test_nothing_of_a_drill_is_ever_among_the_alerts(duty, phone, store):
    drill = drafted(duty)
    duty.send(f"/drills/{drill}/plan", code=phone.code(), follow=True)
    assert store.alerts.recent() == []
    assert FLOOD["area"] not in words(duty.open("/alerts"))
    assert "Đang phát khẩn cấp" not in words(duty.open("/"))


@pytest.mark.parametrize("path", ["/drills", "/drills/new"])
def test_every_page_of_drills_says_that_it_is_not_real(duty, path):
    assert "DIỄN TẬP Không phải cảnh báo thật" in words(duty.open(path))


def test_an_hour_that_is_too_far_away_is_refused_in_words(duty):
    duty.open("/drills/new")
    answer = duty.send(
        "/drills", **FLOOD, begins="later", begins_day="31/12/2099", begins_hour="09:00"
    )
    assert answer.status_code == 422
    assert "60 ngày" in words(answer)


def test_the_report_is_a_table_with_a_line_for_each_display(duty, phone):
    drill = drafted(duty)
    duty.send(f"/drills/{drill}/plan", code=phone.code(), follow=True)
    table = duty.open(f"/drills/{drill}/report.csv").text
    assert table.startswith("\ufeffdrill,display,name,unit,state,seconds")
    assert table.count("waiting") == 4


def test_the_report_on_paper_says_that_it_was_a_drill(duty, phone):
    drill = drafted(duty)
    duty.send(f"/drills/{drill}/plan", code=phone.code(), follow=True)
    duty.open(f"/drills/{drill}")
    duty.send(f"/drills/{drill}/stop", code=phone.code(), follow=True)
    paper = PdfDocument(duty.open(f"/drills/{drill}/report.pdf").data)
    told = paper[0].get_textpage().get_text_bounded()
    assert "DIỄN TẬP, không phải cảnh báo thật" in told
    assert "4: đã hiện 0" in told


def test_a_ward_officer_has_no_drills(visit):
    assert visit(OFFICER).open("/drills").status_code == 403
