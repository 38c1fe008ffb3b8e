"""Reports are taken in when their player sealed them; everything else changes nothing."""

import msgspec
import pytest

from players.contract.limits import DAY, HOUR, MAX_SEALED_BYTES, MINUTE, SECOND
from signage.domain.alert import Alert, AlertState, AlertWords
from signage.store import Store
from signage.store.reports import JournalRow
from signage.workflows.displays import provisioning
from signage.workflows.reports.hearing import ASKING_TIME, MAX_REPORT_BYTES
from tests.signage.pleiku import ADMINISTRATOR, DISPLAYS, NOON
from tests.signage.workflows.said import (
    BOOT,
    JOURNAL,
    NEXT_BOOT,
    hear,
    held_numbers,
    message,
    pair,
    play,
    plays,
    presence,
    presented,
    said,
    screenshot,
    status,
)


@pytest.fixture(autouse=True)
def _paired(store: Store) -> None:
    pair(store)


def state_of(store: Store, display: str = "hoa-lu") -> str:
    return store.reports.presences()[display].presence.state


# Genuine or not


def test_a_status_is_kept(store):
    taken = hear(store, said(status()))
    assert taken.changed
    assert store.reports.status("hoa-lu").status == status()


def test_a_status_sealed_by_another_player_is_refused(store):
    taken = hear(store, said(status(), by="ubnd"))
    assert not taken.changed
    assert len(taken.refused) == 1
    assert store.reports.status("hoa-lu") is None


def test_a_player_that_speaks_on_the_topic_of_another_is_refused(store):
    assert hear(store, said(status("ubnd"), display="hoa-lu")).refused
    assert hear(store, said(status("ubnd"), by="hoa-lu", display="hoa-lu")).refused
    assert store.reports.statuses() == {}


def test_a_player_of_another_fleet_is_refused(store):
    assert hear(store, said(status(fleet="kontum"))).refused
    assert hear(store, said(status(), fleet="kontum")).refused
    assert store.reports.statuses() == {}


@pytest.mark.parametrize("kind", ["status", "plays", "screenshot", "presence"])
@pytest.mark.parametrize(
    "garbage", [b"\x00", b"{}", b"[" * 5000, b'{"payloadType":"x"}', "chào".encode("utf-16")]
)
def test_garbage_changes_nothing(store, kind, garbage):
    taken = hear(store, message(kind, garbage))
    assert not taken.changed
    assert len(taken.refused) == 1


@pytest.mark.parametrize("kind", ["status", "plays", "screenshot", "presence"])
def test_an_empty_message_changes_nothing_and_is_nobodys_fault(store, kind):
    taken = hear(store, message(kind, b""))
    assert (taken.changed, taken.refused) == (False, [])


@pytest.mark.parametrize("kind", ["status", "plays", "screenshot", "presence"])
def test_an_oversized_message_changes_nothing(store, kind):
    assert "bytes" in hear(store, message(kind, b"x" * (MAX_REPORT_BYTES[kind] + 1))).refused[0]


def test_a_status_may_be_as_large_as_the_contract_says(store):
    assert MAX_REPORT_BYTES["status"] == MAX_SEALED_BYTES


@pytest.mark.parametrize("topic", ["", "signage/1/pleiku", "signage/1/pleiku/displays/x/y", "#"])
def test_a_message_on_no_topic_of_ours_changes_nothing(store, topic):
    strange = msgspec.structs.replace(said(status()), topic=topic)
    assert hear(store, strange).refused


def test_a_display_that_does_not_exist_says_nothing(store):
    assert hear(store, message("presence", b"{}", display="nobody")).refused


def test_a_display_without_a_player_says_nothing(store):
    with store.transaction():
        store.displays.save(DISPLAYS[0])
    assert hear(store, presence("online")).refused


def test_a_player_key_that_can_not_be_read_concerns_that_display_alone(store):
    with store.transaction():
        store.displays.save(msgspec.structs.replace(DISPLAYS[1], player_key="không phải khóa"))
    taken = hear(store, said(status("ubnd")), said(status()))
    assert len(taken.refused) == 1
    assert set(store.reports.statuses()) == {"hoa-lu"}


def test_one_bad_message_does_not_spoil_the_others(store):
    taken = hear(store, message("status", b"garbage"), said(status()), presence("online"))
    assert len(taken.refused) == 1
    assert store.reports.status("hoa-lu")
    assert state_of(store) == "online"


def test_a_retired_display_still_says_that_it_is_wiped(store):
    provisioning.retire_display(store, "hoa-lu", by=ADMINISTRATOR, at=NOON)
    assert hear(store, said(status(serial=NOON))).changed


# Statuses


def test_a_newer_status_takes_the_place_of_an_older(store):
    hear(store, said(status(number=1)), said(status(number=2, version="2")))
    assert store.reports.status("hoa-lu").status.version == "2"


def test_an_older_status_that_comes_late_changes_nothing(store):
    hear(store, said(status(number=2, version="2")))
    assert not hear(store, said(status(number=1))).changed
    assert store.reports.status("hoa-lu").status.version == "2"


def test_the_same_status_heard_again_does_not_look_new(store):
    hear(store, said(status()))
    hear(store, said(status(), at=NOON + HOUR, retained=True))
    assert store.reports.status("hoa-lu").received_at == NOON


def test_after_a_restart_of_the_player_numbers_begin_anew(store):
    hear(store, said(status(number=900)), said(status(number=1, boot=NEXT_BOOT)))
    assert store.reports.status("hoa-lu").status.boot == NEXT_BOOT


def test_a_status_of_an_earlier_start_that_is_replayed_is_refused(store):
    old = said(status(number=7))
    hear(store, old, said(status(number=1, boot=NEXT_BOOT)))
    taken = hear(store, old)
    assert taken.refused
    assert store.reports.status("hoa-lu").status.boot == NEXT_BOOT


def test_what_the_broker_kept_is_as_old_as_the_player_says(store):
    hear(store, said(status(at=NOON - HOUR), at=NOON, retained=True))
    assert store.reports.status("hoa-lu").received_at == NOON - HOUR


def test_a_kept_status_is_never_newer_than_its_arrival(store):
    hear(store, said(status(at=NOON + DAY), at=NOON, retained=True))
    assert store.reports.status("hoa-lu").received_at == NOON


# Alerts presented


def keep_alert(store: Store, alert_id: str, revision: int = 1) -> None:
    alert = Alert(
        id=alert_id,
        revision=revision,
        state=AlertState.RAISED,
        words=AlertWords(headline="Lũ", body="", area="Pleiku", sender="UBND"),
        targets=["all"],
        begins_at=NOON,
        expires_at=NOON + HOUR,
        pages={},
        green={},
        created_by="x",
        created_at=NOON,
    )
    with store.transaction():
        store.alerts.save(alert, by="x", at=NOON)


def test_it_is_kept_when_an_alert_was_on_the_glass(store):
    keep_alert(store, "lu")
    hear(store, said(status(alerts=[presented("lu")])))
    assert store.reports.presented("lu", 1) == {"hoa-lu": presented("lu")}


def test_an_alert_that_was_received_and_then_presented_is_told_in_two_statuses(store):
    keep_alert(store, "lu")
    hear(store, said(status(alerts=[presented("lu", at=None)])))
    assert store.reports.presented("lu", 1)["hoa-lu"].presented_at is None
    hear(store, said(status(number=2, alerts=[presented("lu")])))
    assert store.reports.presented("lu", 1)["hoa-lu"].presented_at == NOON + 40


def test_of_alerts_that_never_were_nothing_is_kept(store):
    keep_alert(store, "lu")
    hear(store, said(status(alerts=[presented("bia"), presented("lu", revision=2)])))
    assert store.reports.presented("bia", 1) == {}
    assert store.reports.presented("lu", 2) == {}


# Presence


def test_a_player_that_is_lost_is_known_to_be(store):
    hear(store, presence("online"), presence("lost"))
    assert state_of(store) == "lost"


def test_the_will_of_an_older_connection_does_not_end_the_newer_one(store):
    hear(store, presence("online", connection=2), presence("lost", connection=1))
    assert state_of(store) == "online"


def test_the_will_of_an_earlier_start_does_not_end_the_new_one(store):
    hear(store, presence("online"), said(status()))
    hear(store, presence("online", boot=NEXT_BOOT), said(status(boot=NEXT_BOOT)))
    hear(store, presence("lost", boot=BOOT, connection=9))
    assert state_of(store) == "online"


def test_a_start_that_was_never_heard_to_be_online_can_be_lost(store):
    hear(store, presence("online"), said(status(boot=NEXT_BOOT)))
    hear(store, presence("lost", boot=NEXT_BOOT))
    assert state_of(store) == "lost"


def test_a_player_that_connects_again_is_online(store):
    hear(store, presence("lost", connection=1), presence("online", connection=2))
    assert state_of(store) == "online"


def test_presence_that_the_broker_kept_does_not_look_new(store):
    hear(store, presence("online", at=NOON - DAY))
    hear(store, presence("online", at=NOON, retained=True))
    assert store.reports.presences()["hoa-lu"].at == NOON - DAY


# Screenshots


def test_the_newest_screenshot_is_kept(store):
    hear(store, said(screenshot(NOON)), said(screenshot(NOON + 1, picture=b"newer")))
    assert store.reports.screenshot("hoa-lu").picture == b"newer"


def test_an_older_screenshot_changes_nothing(store):
    hear(store, said(screenshot(NOON)))
    assert not hear(store, said(screenshot(NOON - 1))).changed


def test_a_screenshot_dated_in_the_future_does_not_stop_those_that_follow(store):
    hear(store, said(screenshot(NOON + 900 * DAY)))
    hear(store, said(screenshot(NOON + 1, picture=b"right"), at=NOON + 1))
    assert store.reports.screenshot("hoa-lu").picture == b"right"


# Plays


def test_plays_are_kept_and_acknowledged(store):
    assert hear(store, said(plays(1, 2, 3))).acknowledge == [("hoa-lu", JOURNAL, 3)]
    assert held_numbers(store) == [1, 2, 3]


def test_duplicate_plays_cost_nothing_and_are_acknowledged_again(store):
    hear(store, said(plays(1, 2, 3)))
    taken = hear(store, said(plays(1, 2, 3)))
    assert taken.acknowledge == [("hoa-lu", JOURNAL, 3)]
    assert not taken.changed
    assert held_numbers(store) == [1, 2, 3]


def test_a_batch_that_overlaps_brings_what_is_new(store):
    hear(store, said(plays(1, 2, 3)))
    hear(store, said(plays(2, 3, 4, 5)))
    assert held_numbers(store) == [1, 2, 3, 4, 5]


def test_a_gap_is_not_acknowledged_over(store):
    hear(store, said(plays(1, 2)))
    assert hear(store, said(plays(5, 6))).acknowledge == [("hoa-lu", JOURNAL, 2)]
    assert held_numbers(store) == [1, 2]


def test_a_gap_inside_a_batch_ends_what_is_taken(store):
    assert hear(store, said(plays(1, 2, 5))).acknowledge == [("hoa-lu", JOURNAL, 2)]
    assert held_numbers(store) == [1, 2]


def test_the_beginning_of_a_journal_is_not_acknowledged_over_either(store):
    assert hear(store, said(plays(161, 162))).acknowledge == [("hoa-lu", JOURNAL, 0)]
    assert held_numbers(store) == []


def test_what_was_missing_fills_the_gap(store):
    hear(store, said(plays(1, 2)), said(plays(5, 6)))
    hear(store, said(plays(3, 4, 5, 6)))
    assert held_numbers(store) == [1, 2, 3, 4, 5, 6]
    assert store.reports.journal("hoa-lu", JOURNAL) == JournalRow(up_to=6)


def test_a_player_that_holds_no_earlier_plays_goes_on_from_where_it_can(store):
    hear(store, said(plays(501, 502)))
    hear(store, said(plays(501, 502), at=NOON + ASKING_TIME - 1))
    assert held_numbers(store) == []
    taken = hear(store, said(plays(501, 502, 503), at=NOON + ASKING_TIME))
    assert taken.acknowledge == [("hoa-lu", JOURNAL, 503)]
    assert held_numbers(store) == [501, 502, 503]


def test_the_next_gap_is_asked_for_anew(store):
    test_a_player_that_holds_no_earlier_plays_goes_on_from_where_it_can(store)
    taken = hear(store, said(plays(600), at=NOON + ASKING_TIME + SECOND))
    assert taken.acknowledge == [("hoa-lu", JOURNAL, 503)]


def test_a_replaced_player_begins_a_journal_of_its_own(store):
    hear(store, said(plays(1, 2, 3)), said(plays(1, journal="2" * 16)))
    assert store.reports.journal("hoa-lu", JOURNAL).up_to == 3
    assert store.reports.journal("hoa-lu", "2" * 16).up_to == 1


def test_two_displays_with_the_same_journal_id_are_not_mixed_up(store):
    hear(store, said(plays(1, 2)), said(plays(1, display="ubnd")))
    assert (held_numbers(store), held_numbers(store, "ubnd")) == ([1, 2], [1])


def test_a_number_that_comes_twice_in_a_batch_is_kept_once(store):
    assert hear(store, said(plays(1, 1, 2))).acknowledge == [("hoa-lu", JOURNAL, 2)]
    assert held_numbers(store) == [1, 2]


def test_an_empty_batch_is_answered_with_what_is_held(store):
    hear(store, said(plays(1, 2)))
    assert hear(store, said(plays())).acknowledge == [("hoa-lu", JOURNAL, 2)]


def test_a_play_that_a_database_could_not_take_is_refused_without_the_others(store):
    strange = msgspec.structs.replace(play(1), reason="e\0")
    batch = msgspec.structs.replace(plays(), plays=[strange])
    taken = hear(store, said(batch), said(plays(1, display="ubnd")))
    assert len(taken.refused) == 1
    assert taken.acknowledge == [("ubnd", JOURNAL, 1)]


def test_several_batches_are_acknowledged_together(store):
    taken = hear(store, said(plays(1, 2)), said(plays(3, 4)), said(plays(1, display="ubnd")))
    assert taken.acknowledge == [("hoa-lu", JOURNAL, 4), ("ubnd", JOURNAL, 1)]


def test_a_whole_minute_of_the_city_is_taken_in_at_once(store):
    taken = hear(
        store,
        *(said(status(display.id)) for display in DISPLAYS),
        *(said(plays(*range(1, 161), display=display.id)) for display in DISPLAYS),
        *(presence("online", display=display.id, at=NOON + MINUTE) for display in DISPLAYS),
    )
    assert taken.refused == []
    assert {up_to for _, _, up_to in taken.acknowledge} == {160}
