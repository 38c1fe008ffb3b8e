"""An alert is raised as it was confirmed, amended by one at a time, and ended in one click."""

import re

import msgspec
import pytest

from players.contract.limits import DAY, HOUR, MAX_ALERTS, MINUTE, SECOND
from signage.domain.alert import MAX_RAISES_PER_HOUR, AlertState, Tongue
from signage.domain.names import NotFound
from signage.domain.people import NotAllowed, Role
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.alerts import alert_drawing, alerting
from signage.workflows.alerts.alerting import DRAFT_LIFE
from signage.workflows.displays import provisioning
from tests.signage.pleiku import (
    ADMINISTRATOR,
    CITY_OFFICER,
    DISPLAYS,
    DUTY_OFFICER,
    HOUSE_SCREEN,
    NOON,
    ROAD_BOARD,
    SMALL_BOARD,
    WARD,
    person,
)
from tests.signage.sealing import freely
from tests.signage.workflows.alarm import FLOOD, UNTIL, amend, clear, draft, extend, flood, raise_
from tests.signage.workflows.said import hear, pair, presence

WARD_DUTY = person(Role.DUTY_OFFICER, WARD.id)
LONG_HEADLINE = "Cảnh báo lũ quét và sạt lở đất đặc biệt nguy hiểm trên toàn địa bàn các phường xã"
PROFILES = {ROAD_BOARD.id, SMALL_BOARD.id, HOUSE_SCREEN.id}


@pytest.fixture(autouse=True)
def _ward_duty(store: Store) -> None:
    with store.transaction():
        store.users.save(WARD_DUTY)


def confirm(store: Store, proposal: str, displays: int, *, by=DUTY_OFFICER) -> None:
    alerting.raise_alert(
        store, proposal, expected_displays=displays, authorise=freely(store), by=by, at=NOON
    )


# Drafts


def test_a_draft_has_pages_and_green_pages_for_every_profile_it_means(store):
    drafted = draft(store)
    assert set(drafted.pages) == set(drafted.green) == PROFILES
    assert all(store.blobs.has(page.blob) for pages in drafted.pages.values() for page in pages)
    assert drafted.plain == []


def test_a_draft_has_no_pages_for_profiles_it_does_not_mean(store):
    assert set(draft(store, "unit:hoi-phu").pages) == {HOUSE_SCREEN.id}


def test_a_draft_is_not_in_force(store):
    draft(store)
    assert store.alerts.live() == []


def test_an_area_without_displays_is_refused(store):
    for display in ("nvh-hoi-phu",):
        provisioning.retire_display(store, display, by=ADMINISTRATOR, at=NOON)
    with pytest.raises(Refused) as refused:
        draft(store, "unit:hoi-phu")
    assert refused.value.field == "targets"


def test_an_end_in_the_past_is_refused(store):
    with pytest.raises(Refused) as refused:
        draft(store, until=NOON - 1)
    assert refused.value.field == "until"


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("", "Hãy nhập đủ"),
        ("x" * 5000, "tối đa 120"),
        ("تحذير", "Hãy xóa hoặc thay"),
        ("🌊", "U+1F30A"),
    ],
    ids=["nothing", "far too long", "from right to left", "no letter of any face"],
)
def test_words_that_no_board_can_show_are_refused_with_what_to_do(store, headline, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        draft(store, words=msgspec.structs.replace(FLOOD, headline=headline))


def test_a_target_that_is_none_is_refused(store):
    with pytest.raises(Refused) as refused:
        draft(store, "unit:hoi-phu", "display:nobody")
    assert refused.value.field == "targets"


@pytest.mark.parametrize("by", [CITY_OFFICER, ADMINISTRATOR])
def test_only_a_duty_officer_alerts(store, by):
    with pytest.raises(NotAllowed):
        draft(store, by=by)
    with pytest.raises(NotAllowed):
        alerting.preview(store, FLOOD, SMALL_BOARD.id, until=UNTIL, by=by)


def test_a_wards_duty_officer_alerts_in_the_ward(store):
    assert draft(store, "unit:hoi-phu", by=WARD_DUTY)


@pytest.mark.parametrize("target", ["all", "unit:pleiku-city", "display:ubnd", "tag:nha-van-hoa"])
def test_a_wards_duty_officer_alerts_nowhere_else(store, target):
    with pytest.raises(NotAllowed):
        draft(store, target, by=WARD_DUTY)


def test_all_means_also_what_comes_later_so_it_is_for_the_city(store):
    for display in ("hoa-lu", "ubnd", "nvh-dien-hong"):
        provisioning.retire_display(store, display, by=ADMINISTRATOR, at=NOON)
    with pytest.raises(NotAllowed):
        draft(store, "all", by=WARD_DUTY)


def test_a_preview_is_what_will_be_shown(store):
    pages = alerting.preview(store, FLOOD, SMALL_BOARD.id, until=UNTIL, by=DUTY_OFFICER)
    assert pages == draft(store).pages[SMALL_BOARD.id]


def test_drafts_that_were_never_raised_are_forgotten_after_a_day(store):
    old, kept = draft(store), flood(store)
    draft(store, at=NOON + DAY + MINUTE)
    assert store.proposals.get(old.id) is None
    assert store.alerts.get(kept.id)


# Other languages

JRAI = Tongue(language="jra", headline="Ia ling prong", body="Đuaĭ truh amăng anih glông.")


def test_pages_in_other_languages_follow_but_not_at_a_road(store):
    only_vietnamese = draft(store)
    drafted = draft(store, words=msgspec.structs.replace(FLOOD, tongues=[JRAI]))
    more = {name: len(drafted.pages[name]) - len(only_vietnamese.pages[name]) for name in PROFILES}
    assert more[HOUSE_SCREEN.id] > 0
    assert more[ROAD_BOARD.id] == 0
    assert len(drafted.pages[ROAD_BOARD.id]) <= 2
    assert drafted.green == only_vietnamese.green


def test_a_translation_that_fits_nowhere_keeps_back_no_warning(store):
    long = msgspec.structs.replace(JRAI, headline=LONG_HEADLINE)
    drafted = draft(store, words=msgspec.structs.replace(FLOOD, tongues=[long]))
    assert drafted.plain == []


def test_a_translation_needs_the_name_of_the_hazard(store):
    without = msgspec.structs.replace(JRAI, headline=" ")
    with pytest.raises(Refused) as refused:
        draft(store, words=msgspec.structs.replace(FLOOD, tongues=[without]))
    assert refused.value.field == "headline_jra"


# One profile's fault keeps back no other


def test_a_profile_on_which_the_words_do_not_fit_gets_the_plain_page(store):
    words = msgspec.structs.replace(FLOOD, headline=LONG_HEADLINE)
    with pytest.raises(Refused):
        alerting.preview(store, words, SMALL_BOARD.id, until=UNTIL, by=DUTY_OFFICER)
    drafted = draft(store, words=words)
    assert drafted.plain == [SMALL_BOARD.id]
    assert set(drafted.pages) == PROFILES
    (page,) = drafted.pages[SMALL_BOARD.id]
    assert (page.width, page.height) == SMALL_BOARD.size
    assert store.blobs.has(page.blob)


def test_words_that_fit_nowhere_are_for_the_officer_to_mend(store):
    words = msgspec.structs.replace(FLOOD, headline=LONG_HEADLINE)
    with pytest.raises(Refused) as refused:
        draft(store, "display:ubnd", words=words)
    assert refused.value.field == "headline"


def test_a_renderer_that_breaks_on_one_profile_keeps_back_no_other(store, monkeypatch):
    true = alert_drawing.alert_pages.render_alert

    def breaking(words, profile):
        if profile.id == SMALL_BOARD.id:
            raise ZeroDivisionError
        return true(words, profile)

    monkeypatch.setattr(alert_drawing.alert_pages, "render_alert", breaking)
    drafted = draft(store)
    assert drafted.plain == [SMALL_BOARD.id]
    assert set(drafted.pages) == set(drafted.green) == PROFILES


def test_when_nothing_can_be_drawn_players_set_the_words_themselves(store, monkeypatch):
    def broken(*_):
        raise RuntimeError("no fonts")

    monkeypatch.setattr(alert_drawing.alert_pages, "render_alert", broken)
    monkeypatch.setattr(alert_drawing, "render_plain", broken)
    alert = flood(store)
    pages = [page for pages in alert.pages.values() for page in pages]
    assert {page.media_type for page in pages} == {"text/plain"}
    assert not any(store.blobs.has(page.blob) for page in pages)


# Raising


def test_a_raised_alert_is_in_force_with_the_pages_that_were_seen(store):
    drafted = draft(store)
    raised = raise_(store, drafted, NOON + MINUTE)
    assert raised.state is AlertState.RAISED
    assert (raised.pages, raised.begins_at) == (drafted.pages, NOON + MINUTE)
    assert store.alerts.live() == [raised]


def test_the_number_of_displays_must_be_the_one_that_was_confirmed(store):
    drafted = draft(store)
    with pytest.raises(Refused) as refused:
        confirm(store, drafted.id, 3)
    assert refused.value.field == "confirm"
    assert store.alerts.live() == []


def test_a_display_added_after_the_confirmation_refuses_the_old_number(store):
    drafted = draft(store)
    with store.transaction():
        store.displays.save(msgspec.structs.replace(DISPLAYS[0], id="moi"))
    with pytest.raises(Refused):
        confirm(store, drafted.id, len(DISPLAYS))


def test_how_many_of_the_displays_are_online_is_told(store):
    pair(store)
    hear(store, presence("online"), presence("lost", display="ubnd"))
    covered = alerting.covered_by(store, draft(store), by=DUTY_OFFICER)
    assert (len(covered.displays), covered.online) == (4, 1)


def test_a_draft_is_raised_once(store):
    drafted = draft(store)
    raise_(store, drafted)
    with pytest.raises(Refused):
        raise_(store, drafted, NOON + 1)


def test_an_old_draft_must_be_looked_at_again(store):
    drafted = draft(store, until=NOON + DAY)
    with pytest.raises(Refused):
        raise_(store, drafted, NOON + DRAFT_LIFE + 1)


def test_a_draft_whose_end_has_come_near_is_refused(store):
    drafted = draft(store, until=NOON + MINUTE)
    with pytest.raises(Refused) as refused:
        raise_(store, drafted, NOON + MINUTE - SECOND)
    assert refused.value.field == "until"


def test_a_draft_of_the_city_is_not_raised_by_a_ward(store):
    drafted = draft(store)
    with pytest.raises(NotAllowed):
        confirm(store, drafted.id, 4, by=WARD_DUTY)


def test_what_never_was_drafted_is_not_found(store):
    with pytest.raises(NotFound):
        confirm(store, "bia", 1)


def test_a_program_that_raises_without_end_is_stopped(store):
    drafted = draft(store)
    with store.transaction():
        for number in range(MAX_RAISES_PER_HOUR):
            one = msgspec.structs.replace(
                drafted, id=f"a{number}", state=AlertState.ENDED, raised_at=NOON
            )
            store.alerts.save(
                msgspec.structs.replace(one, state=AlertState.RAISED), by="x", at=NOON
            )
            store.alerts.save(one, by="x", at=NOON)
    with pytest.raises(Refused):
        raise_(store, drafted, NOON + HOUR)
    raise_(store, draft(store, at=NOON + HOUR), NOON + HOUR + 1)


def test_more_alerts_than_players_take_are_refused_not_dropped(store):
    running = flood(store)
    with store.transaction():
        for number in range(MAX_ALERTS - 1):
            one = msgspec.structs.replace(running, id=f"a{number}")
            store.alerts.save(one, by="x", at=NOON - 2 * HOUR)
    with pytest.raises(Refused) as refused:
        flood(store, at=NOON + 1)
    assert "quá nhiều cảnh báo" in refused.value.text()
    assert amend(store, running, NOON + 2).revision == 2


def test_an_alert_that_would_not_fit_into_its_set_is_refused(store):
    more = [msgspec.structs.replace(DISPLAYS[0], id=f"man-hinh-{n:040}") for n in range(199)]
    with store.transaction():
        for display in more:
            store.displays.save(display)
    targets = [f"display:{display.id}" for display in more]
    with pytest.raises(Refused, match="quá nhiều cảnh báo"):
        for number in range(10):
            flood(store, *targets, at=NOON + number)


def test_raising_is_in_the_audit_log_with_the_hashes_of_the_pages(store):
    alert = flood(store)
    row = store.audit.page(subject=f"alert:{alert.id}")[0]
    assert (row.who, row.act) == (DUTY_OFFICER.login, "alert.raised")
    assert row.detail["pages"][SMALL_BOARD.id] == [p.blob for p in alert.pages[SMALL_BOARD.id]]
    assert row.detail["displays"] == len(DISPLAYS)


# Amending


def test_an_amendment_is_the_next_revision_under_the_same_id(store):
    alert = flood(store)
    words = msgspec.structs.replace(FLOOD, headline="Lũ khẩn cấp")
    amended = amend(store, alert, NOON + MINUTE, words=words)
    assert (amended.id, amended.revision) == (alert.id, 2)
    assert amended.pages != alert.pages
    assert store.alerts.live() == [amended]


def test_of_two_officers_who_amend_at_once_the_second_is_refused(store):
    alert = flood(store)
    first = amend(store, alert, NOON + MINUTE)
    with pytest.raises(Refused):
        amend(store, alert, NOON + MINUTE + 1)
    assert store.alerts.live() == [first]


def test_an_extension_is_a_new_revision_whose_pages_say_so(store):
    alert = flood(store)
    longer = extend(store, alert.id, UNTIL + HOUR, NOON + MINUTE)
    assert (longer.revision, longer.expires_at) == (2, UNTIL + HOUR)
    assert longer.pages[SMALL_BOARD.id] != alert.pages[SMALL_BOARD.id]


def test_an_extension_into_the_past_is_refused(store):
    alert = flood(store)
    with pytest.raises(Refused):
        extend(store, alert.id, NOON, NOON + MINUTE)
    assert store.alerts.live() == [alert]


def test_an_alert_of_which_one_display_was_retired_is_extended_for_the_others(store):
    alert = flood(store, "display:hoa-lu", "display:ubnd")
    provisioning.retire_display(store, "hoa-lu", by=ADMINISTRATOR, at=NOON)
    longer = extend(store, alert.id, UNTIL + 1, NOON + 1)
    assert set(longer.pages) == {SMALL_BOARD.id}


def test_what_has_ended_is_not_amended(store):
    alert = flood(store)
    with pytest.raises(Refused):
        amend(store, alert, UNTIL, until=UNTIL + HOUR)


def test_a_ward_takes_no_alert_of_the_city_into_its_own_hands(store):
    alert = flood(store)
    with pytest.raises(NotAllowed):
        amend(store, alert, NOON + 1, targets=["unit:hoi-phu"], by=WARD_DUTY)
    with pytest.raises(NotAllowed):
        clear(store, alert.id, NOON + 1, by=WARD_DUTY)
    assert store.alerts.live() == [alert]


def test_the_city_may_amend_an_alert_of_a_ward(store):
    alert = raise_(store, draft(store, "unit:hoi-phu", by=WARD_DUTY), by=WARD_DUTY)
    assert amend(store, alert, NOON + 1, targets=["all"]).revision == 2


# All clear


def test_the_all_clear_needs_nothing_but_one_click(store):
    alert = flood(store)
    cleared = clear(store, alert.id, NOON + MINUTE)
    assert (cleared.state, cleared.revision) == (AlertState.CLEARED, 2)
    assert cleared.green == alert.green


def test_an_alert_is_cleared_once(store):
    alert = flood(store)
    clear(store, alert.id, NOON + MINUTE)
    with pytest.raises(Refused):
        clear(store, alert.id, NOON + MINUTE + 1)


def test_an_alert_whose_displays_are_all_retired_can_still_be_cleared(store):
    alert = flood(store, "unit:hoi-phu")
    provisioning.retire_display(store, "nvh-hoi-phu", by=ADMINISTRATOR, at=NOON)
    cleared = clear(store, alert.id, NOON + MINUTE)
    assert cleared.state is AlertState.CLEARED


def test_green_pages_that_are_missing_are_drawn_when_it_is_cleared(store):
    alert = msgspec.structs.replace(flood(store), green={}, outside=True)
    with store.transaction():
        store.alerts.save(alert, by="outside", at=NOON)
    cleared = clear(store, alert.id, NOON + MINUTE)
    assert set(cleared.green) == PROFILES


def test_every_revision_stays_in_the_history(store):
    alert = flood(store)
    amend(store, alert, NOON + 1)
    clear(store, alert.id, NOON + 2)
    states = [(one.revision, one.state.value) for one, _, _ in store.alerts.history(alert.id)]
    assert states == [(1, "raised"), (2, "raised"), (3, "cleared")]
