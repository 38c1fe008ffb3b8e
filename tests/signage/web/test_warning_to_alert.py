from collections.abc import Callable

import pytest

from players.contract.limits import HOUR, MINUTE
from signage.cap.table_file import FILE
from signage.domain.alert import AlertState
from signage.domain.cap.received import Received, Standing
from signage.settings import Settings
from signage.store import Store
from signage.web.context import now
from signage.workflows.cap import cap_intake
from tests.signage.cap.messages import ALL_PLEIKU, info, message, reference
from tests.signage.pleiku import DUTY_OFFICER
from tests.signage.sealing import Phone, SealerAside
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


@pytest.fixture
def duty(visit: Visit, at_sealer: SealerAside) -> Visitor:
    return visit(DUTY_OFFICER)


def take(store: Store, settings: Settings, content: bytes) -> Received:
    table = cap_intake.city_table(settings.home_path)
    received = cap_intake.take(store, content, source="test", table=table, at=now())
    assert received
    return received


def confirm(duty: Visitor, phone: Phone, one: Received, **typed: str) -> None:
    """Go from the message to the page of confirmation, and confirm there."""
    duty.open(f"/warnings/{one.id}")
    page = duty.send(f"/warnings/{one.id}/act", follow=True, **typed)
    assert "/confirm" in page.request.path
    number = {"confirm": "4"} if 'name="confirm"' in page.text else {}
    duty.send(duty.at, code=phone.code(), follow=True, **number)


def test_a_chain_of_messages_becomes_one_alert_that_is_amended_and_cleared(
    duty: Visitor, phone: Phone, store: Store, settings: Settings
) -> None:
    sent = now() - 10 * MINUTE
    first = take(store, settings, message("1", sent, info(expires=now() + HOUR)))
    confirm(duty, phone, first)
    cap_intake.follow(store, at=now())
    shown = store.cap_messages.get(first.id)
    assert shown.standing is Standing.SHOWS
    alert = store.alerts.get(shown.alert or "")
    assert alert
    assert (alert.state, alert.words.headline) == (
        AlertState.RAISED,
        "Lũ khẩn cấp trên sông Sê San",
    )

    wider = info(expires=now() + 2 * HOUR, headline="Lũ rất lớn")
    update = message("2", sent + MINUTE, wider, type="Update", references=reference("1", sent))
    second = take(store, settings, update)
    confirm(duty, phone, second)
    cap_intake.follow(store, at=now())
    amended = store.alerts.get(alert.id)
    assert amended
    assert (amended.revision, amended.words.headline) == (2, "Lũ rất lớn")
    assert store.cap_messages.get(first.id).standing is Standing.ENDED
    assert store.cap_messages.get(second.id).standing is Standing.SHOWS

    ends = message("3", sent + 2 * MINUTE, type="Cancel", references=reference("1", sent))
    third = take(store, settings, ends)
    assert third.standing is Standing.WAITS
    confirm(duty, phone, third)
    cap_intake.follow(store, at=now())
    cleared = store.alerts.get(alert.id)
    assert cleared
    assert cleared.state is AlertState.CLEARED
    assert store.cap_messages.get(third.id).standing is Standing.DONE
    assert store.cap_messages.open() == []


def test_the_officer_writes_vietnamese_where_there_is_none(
    duty: Visitor, phone: Phone, store: Store, settings: Settings
) -> None:
    english = info(language="en", headline="Flash flood", expires=now() + HOUR)
    one = take(store, settings, message("1", now() - MINUTE, english))
    confirm(duty, phone, one, headline="Lũ quét", body="Lên chỗ cao.")
    (alert,) = store.alerts.recent()
    assert (alert.words.headline, alert.words.body) == ("Lũ quét", "Lên chỗ cao.")


def test_nothing_shows_before_the_officer_has_confirmed(
    duty: Visitor, store: Store, settings: Settings
) -> None:
    one = take(store, settings, message("1", now() - MINUTE, info(expires=now() + HOUR)))
    duty.open(f"/warnings/{one.id}")
    page = duty.send(f"/warnings/{one.id}/act", follow=True)
    assert "Lũ khẩn cấp trên sông Sê San" in words(page)
    cap_intake.follow(store, at=now())
    assert store.alerts.recent() == []
    assert store.cap_messages.get(one.id).standing is Standing.WAITS


def test_an_exercise_becomes_a_drill_and_never_a_real_alert(
    duty: Visitor, phone: Phone, store: Store, settings: Settings
) -> None:
    (settings.home_path / FILE).write_text("exercises: {dien-tap: [all]}")
    content = message(
        "1", now() - MINUTE, info(expires=now() + HOUR), status="Exercise", note="dien-tap 1"
    )
    one = take(store, settings, content)
    assert one.decision.exercise
    duty.open(f"/warnings/{one.id}")
    page = duty.send(f"/warnings/{one.id}/act", follow=True)
    assert page.request.path.startswith("/drills/")
    drill = page.request.path.split("/")[2]
    duty.send(f"/drills/{drill}/plan", code=phone.code(), follow=True)
    cap_intake.follow(store, at=now())
    assert store.cap_messages.get(one.id).standing is Standing.DONE
    assert store.alerts.recent() == []
    assert [one.id for one in store.drills.live(now())] == [drill]


def test_the_area_is_drawn_over_the_sites(duty: Visitor, store: Store, settings: Settings) -> None:
    circle = "<circle>13.98,108.0 5</circle>"
    area = f"<areaDesc>A</areaDesc><polygon>{ALL_PLEIKU}</polygon>{circle}"
    one = take(store, settings, message("1", now() - MINUTE, info(area=area)))
    page = duty.open(f"/warnings/{one.id}").text
    assert page.count('class="of-area"') == 2
    assert 'class="is-waiting"><title>' in page
