from collections.abc import Callable

import msgspec
import pytest

from players.contract.limits import HOUR
from signage.clock import now_ms
from signage.domain.alert import AlertState
from signage.domain.hold import HoldKind
from signage.store import Store
from signage.web.alert_samples import SAMPLES
from signage.workflows.sets import holding
from tests.signage.pleiku import DUTY_OFFICER, SMALL_BOARD
from tests.signage.sealing import Phone, SealerAside
from tests.signage.web.visitor import Visitor, words
from tests.signage.workflows.alerts.test_alerting import LONG_HEADLINE

Visit = Callable[..., Visitor]

FLOOD = {
    "headline": "Lũ đang lên nhanh",
    "area": "Ven suối Hội Phú",
    "body": "Lên chỗ cao.",
    "sender": "UBND phường",
    "level": "3",
}


@pytest.fixture
def duty(visit: Visit, at_sealer: SealerAside) -> Visitor:
    return visit(DUTY_OFFICER)


def drafted(duty: Visitor, **values) -> str:
    """Write an alert up to the page on which it is confirmed, and return its id."""
    duty.open("/alerts/new")
    page = duty.send("/alerts", follow=True, **{**FLOOD, **values})
    assert "Xác nhận phát khẩn cấp" in words(page)
    return page.request.path.split("/")[2]


def raised(duty: Visitor, phone: Phone, **values) -> str:
    alert = drafted(duty, **values)
    duty.send(f"/alerts/{alert}/confirm", confirm="4", code=phone.code(), follow=True)
    return alert


def confirmed(duty: Visitor, phone: Phone) -> str:
    """Confirm what is proposed on the open page, and return what the next page says."""
    return words(duty.send(duty.at, code=phone.code(), follow=True))


def test_what_is_typed_is_drawn_for_every_kind_of_display(duty: Visitor) -> None:
    duty.open("/alerts/new")
    typed = duty.form("/alerts").filled({**FLOOD, "area": ""})
    answer = duty.post("/alerts/preview", typed)
    assert "<html" not in answer.text
    for pixels in ("384×192", "192×96", "1920×1080"):
        assert pixels in answer.text


def test_a_board_without_room_for_what_to_do_is_named_before_it_is_too_late(duty: Visitor) -> None:
    long = "Lên chỗ cao, tránh xa bờ suối, ngầm tràn và nơi trũng thấp. " * 8
    duty.open("/alerts/new")
    typed = duty.form("/alerts").filled({**FLOOD, "body": long})
    told = "không đủ chỗ cho “Người dân cần làm gì”"
    assert told in words(duty.post("/alerts/preview", typed))
    alert = drafted(duty, body=long)
    page = words(duty.open(f"/alerts/{alert}/confirm"))
    assert told in page
    assert f"giờ hết: {SMALL_BOARD.name}" in page
    assert told not in words(duty.open(f"/alerts/{drafted(duty)}/confirm"))


def test_a_wording_to_start_from_fills_the_form(duty: Visitor) -> None:
    page = duty.open("/alerts/new?sample=landslide")
    assert 'value="Nguy cơ sạt lở đất"' in page.text


def test_nothing_is_shown_before_it_is_confirmed(duty: Visitor, phone: Phone, store: Store) -> None:
    alert = drafted(duty)
    assert store.alerts.get(alert) is None
    page = words(duty.open(f"/alerts/{alert}/confirm"))
    assert "4 màn hình sẽ hiện cảnh báo" in page
    assert "Phát khẩn cấp tới 4 màn hình" in page


@pytest.mark.parametrize("typed", ["4", "lũ đang lên nhanh"])
def test_the_number_of_screens_or_the_name_of_the_hazard_confirms(
    duty: Visitor, phone: Phone, store: Store, typed: str
) -> None:
    alert = drafted(duty)
    page = duty.send(f"/alerts/{alert}/confirm", confirm=typed, code=phone.code(), follow=True)
    assert store.alerts.get(alert).state is AlertState.RAISED
    assert "Màn hình nào đã hiện 0 / 4" in words(page)


@pytest.mark.parametrize("typed", ["3", "có", "", "-4", "4 màn hình", "9" * 40])
def test_anything_else_confirms_nothing(
    duty: Visitor, phone: Phone, store: Store, typed: str
) -> None:
    alert = drafted(duty)
    answer = duty.send(f"/alerts/{alert}/confirm", confirm=typed, code=phone.code())
    assert answer.status_code == 422
    assert "hãy gõ đúng số màn hình (4)" in words(answer)
    assert store.alerts.get(alert) is None


def test_units_and_displays_are_chosen_one_by_one(duty: Visitor, store: Store) -> None:
    alert = drafted(duty, reach="some", targets=["unit:hoi-phu", "display:ubnd"])
    assert store.proposals.get(alert).alert.targets == ["display:ubnd", "unit:hoi-phu"]
    assert "2 màn hình sẽ hiện" in words(duty.open(f"/alerts/{alert}/confirm"))


def test_displays_in_a_meeting_and_dark_ones_are_counted(
    duty: Visitor, store: Store, at_sealer: SealerAside
) -> None:
    for kind, target in (
        (HoldKind.MEETING, "display:nvh-hoi-phu"),
        (HoldKind.BLANK, "display:ubnd"),
    ):
        at = now_ms()
        holding.place(
            store,
            kind,
            targets=[target],
            until=at + HOUR,
            authorise=at_sealer.authorise_set,
            by=DUTY_OFFICER,
            at=at,
        )
    page = words(duty.open(f"/alerts/{drafted(duty)}/confirm"))
    assert "1 đang họp" in page
    assert "1 đang tắt" in page


def test_an_area_that_is_drawn_means_the_displays_in_it(duty: Visitor, store: Store) -> None:
    with store.transaction():
        site = store.sites.get("ubnd")
        store.sites.save(msgspec.structs.replace(site, latitude_e6=14_500_000))
    alert = drafted(duty, reach="area", shape="tròn: 14.5, 108.0, 3")
    assert store.proposals.get(alert).alert.targets == ["display:ubnd"]


def test_an_area_without_displays_is_told(duty: Visitor) -> None:
    duty.open("/alerts/new")
    answer = duty.send("/alerts", **FLOOD, reach="area", shape="tròn: 10, 100, 3")
    assert "không có màn hình nào" in words(answer)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"headline": " "}, "headline"),
        ({"reach": "some", "targets": []}, "targets"),
        ({"lasting": "other", "until_day": "31/2/2026", "until_hour": "12:00"}, "until"),
        ({"lasting": "other", "until_day": "1/1/2020", "until_hour": "12:00"}, "until"),
        ({"body": "chữ " * 400}, "body"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_words_stay(
    duty: Visitor, values, field: str
) -> None:
    duty.open("/alerts/new")
    answer = duty.send("/alerts", **{**FLOOD, **values})
    assert answer.status_code == 422
    assert f'id="alert-{field}-wrong"' in answer.text
    assert 'value="Ven suối Hội Phú"' in answer.text


def test_a_running_alert_is_said_on_every_page(duty: Visitor, phone: Phone) -> None:
    raised(duty, phone)
    assert "Đang phát khẩn cấp: Lũ đang lên nhanh" in words(duty.open("/displays"))


def test_a_running_alert_is_extended_by_a_click_and_a_code(
    duty: Visitor, phone: Phone, store: Store
) -> None:
    alert = raised(duty, phone)
    before = store.alerts.get(alert).expires_at
    duty.open(f"/alerts/{alert}")
    duty.send(f"/alerts/{alert}/extend", follow=True)
    assert store.alerts.get(alert).expires_at == before
    confirmed(duty, phone)
    assert store.alerts.get(alert).expires_at == before + 30 * 60_000


def test_a_running_alert_is_amended_in_one_step_and_keeps_its_end(
    duty: Visitor, phone: Phone, store: Store
) -> None:
    alert = raised(duty, phone)
    before = store.alerts.get(alert)
    duty.open(f"/alerts/{alert}")
    duty.send(f"/alerts/{alert}/amend", headline="Lũ rất lớn", follow=True)
    page = confirmed(duty, phone)
    after = store.alerts.get(alert)
    assert (after.revision, after.words.headline) == (2, "Lũ rất lớn")
    assert after.targets == before.targets
    assert abs(after.expires_at - before.expires_at) < 60_000
    assert "Cập nhật lần 1" in page


def test_two_officers_never_overwrite_each_other_unseen(
    duty: Visitor, phone: Phone, visit: Visit
) -> None:
    alert = raised(duty, phone)
    other = visit(DUTY_OFFICER)
    other.open(f"/alerts/{alert}")
    duty.open(f"/alerts/{alert}")
    duty.send(f"/alerts/{alert}/amend", headline="Lũ rất lớn", follow=True)
    confirmed(duty, phone)
    answer = other.send(f"/alerts/{alert}/amend", headline="Lũ rút")
    assert "Người khác vừa cập nhật cảnh báo này" in words(answer)
    assert 'value="Lũ rút"' in answer.text


def test_the_all_clear_is_a_click_and_a_code(duty: Visitor, phone: Phone, store: Store) -> None:
    alert = raised(duty, phone)
    duty.open(f"/alerts/{alert}")
    duty.send(f"/alerts/{alert}/clear", follow=True)
    page = confirmed(duty, phone)
    assert store.alerts.get(alert).state is AlertState.CLEARED
    assert "Đã báo hết nguy hiểm" in page


def test_a_wrong_code_raises_nothing_and_the_words_stay(
    duty: Visitor, phone: Phone, store: Store
) -> None:
    alert = drafted(duty)
    answer = duty.send(f"/alerts/{alert}/confirm", confirm="4", code="000000")
    assert "Mã xác thực không đúng" in words(answer)
    assert 'value="4"' in answer.text
    assert store.alerts.live() == []


def test_who_has_no_factor_is_told_whom_to_ask(duty: Visitor) -> None:
    page = words(duty.open(f"/alerts/{drafted(duty)}/confirm"))
    assert f"signage factor enrol {DUTY_OFFICER.login}" in page
    assert "Phát khẩn cấp tới 4 màn hình" not in page


def test_without_the_sealer_the_page_says_so(visit: Visit) -> None:
    duty = visit(DUTY_OFFICER)
    page = words(duty.open(f"/alerts/{drafted(duty)}/confirm"))
    assert "Bộ phận niêm phong cảnh báo không trả lời" in page


def test_an_alert_that_never_was_is_told_in_words(duty: Visitor) -> None:
    answer = duty.open("/alerts/nowhere")
    assert answer.status_code == 404
    assert "Không có cảnh báo này" in words(answer)


def test_the_stream_of_an_alert_sends_its_table(duty: Visitor, phone: Phone) -> None:
    alert = raised(duty, phone)
    answer = duty.client.get(f"/alerts/{alert}/events", buffered=False)
    events = (chunk.decode() for chunk in answer.iter_encoded())
    assert any('id="proof"' in next(events) for _ in range(2))
    answer.close()


def test_a_ready_wording_sets_no_level_by_itself(visit: Visit) -> None:
    for sample in SAMPLES:
        chosen = visit(DUTY_OFFICER).open(f"/alerts/new?sample={sample.name}").text
        level = chosen.partition('name="level"')[2].partition("</select>")[0]
        assert 'value="0" selected' in level


def test_a_kind_of_display_with_the_plain_page_is_named(
    duty: Visitor, phone: Phone, store: Store
) -> None:
    alert = drafted(duty, headline=LONG_HEADLINE)
    assert store.proposals.get(alert).alert.plain == [SMALL_BOARD.id]
    said = "chỉ hiện chữ đơn giản: Bảng LED UBND (192×96)"
    assert said in words(duty.open(f"/alerts/{alert}/confirm"))
    duty.send(f"/alerts/{alert}/confirm", confirm="4", code=phone.code(), follow=True)
    assert said in words(duty.open(f"/alerts/{alert}"))


def test_an_alert_that_could_be_drawn_says_nothing_of_plain_pages(
    duty: Visitor, phone: Phone
) -> None:
    assert "chữ đơn giản" not in words(duty.open(f"/alerts/{raised(duty, phone)}"))
