from collections.abc import Callable

import pytest
from flask import Flask

from players.contract.limits import HOUR, MINUTE
from signage.cap.table_file import FILE
from signage.domain.cap.received import Received, Standing
from signage.settings import Settings
from signage.store import Store
from signage.web.context import now
from signage.workflows.cap import cap_feeds, cap_intake
from tests.signage.cap.messages import info, message
from tests.signage.pleiku import DUTY_OFFICER, OFFICER
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


@pytest.fixture
def duty(visit: Visit) -> Visitor:
    return visit(DUTY_OFFICER)


def received(store: Store, settings: Settings, *, ago: int = MINUTE, **changes) -> Received:
    sent = now() - ago
    content = message("1", sent, info(**{"expires": now() + HOUR} | changes))
    table = cap_intake.city_table(settings.home_path)
    taken = cap_intake.take(store, content, source="https://x/feed", table=table, at=sent)
    assert taken
    return taken


def test_a_waiting_message_is_shown_with_its_reason(
    duty: Visitor, store: Store, settings: Settings
) -> None:
    received(store, settings)
    page = words(duty.open("/warnings"))
    assert "Lũ khẩn cấp trên sông Sê San" in page
    assert "Bảng quy định chưa có bên gửi kttv@example.vn." in page
    assert "Đã chờ hơn hai phút" not in page


def test_one_that_waits_too_long_is_told_loudly(
    duty: Visitor, store: Store, settings: Settings
) -> None:
    received(store, settings, ago=3 * MINUTE)
    assert "Đã chờ hơn hai phút" in words(duty.open("/warnings"))


def test_the_menu_counts_what_waits(duty: Visitor, store: Store, settings: Settings) -> None:
    received(store, settings)
    line = duty.open("/").text.partition('href="/warnings"')[2].partition("</a>")[0]
    assert 'class="house-count">1' in line


def test_a_message_is_shown_whole_and_its_xml_cannot_act(
    duty: Visitor, store: Store, settings: Settings
) -> None:
    one = received(store, settings, headline="&lt;script&gt;alert(1)&lt;/script&gt; Lũ")
    page = duty.open(f"/warnings/{one.id}").text
    assert "Ngã ba Hoa Lư" in page
    assert "<script>alert" not in page


def test_an_officer_lets_one_go_with_a_reason(
    duty: Visitor, store: Store, settings: Settings
) -> None:
    one = received(store, settings)
    duty.open(f"/warnings/{one.id}")
    assert duty.send(f"/warnings/{one.id}/dismiss", remark="").status_code == 422
    duty.send(f"/warnings/{one.id}/dismiss", remark="trùng bản của tỉnh", follow=True)
    assert store.cap_messages.get(one.id).standing is Standing.DISMISSED
    assert "trùng bản của tỉnh" in words(duty.open("/warnings"))


def test_a_replay_tells_what_today_s_table_would_do(
    duty: Visitor, store: Store, settings: Settings
) -> None:
    one = received(store, settings)
    (settings.home_path / FILE).write_text("rules: [{name: lũ, events: [Lũ], ignore: true}]")
    page = words(duty.open(f"/warnings/{one.id}?replay=1"))
    assert "Bảng quy định của thành phố bỏ qua loại này (lũ)." in page
    assert store.cap_messages.get(one.id).standing is Standing.WAITS


def test_a_mistake_in_the_table_is_told(duty: Visitor, store: Store) -> None:
    cap_feeds.tell_problem(store, "cap.yaml:7: wrong")
    assert "cap.yaml:7: wrong" in words(duty.open("/warnings"))


def test_a_ward_officer_sees_none_of_it(visit: Visit) -> None:
    assert visit(OFFICER).open("/warnings").status_code == 403


@pytest.mark.parametrize("page", ["/cap", "/cap/nothing.xml"])
def test_our_own_feed_is_open_to_everybody(app: Flask, page: str) -> None:
    answer = app.test_client().get(page)
    assert answer.status_code == (200 if page == "/cap" else 404)


def test_an_unchanged_feed_costs_nobody_anything(app: Flask) -> None:
    client = app.test_client()
    etag = client.get("/cap").headers["ETag"]
    assert client.get("/cap", headers={"If-None-Match": etag}).status_code == 304
