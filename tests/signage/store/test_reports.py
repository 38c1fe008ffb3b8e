"""What players said is kept: the newest of each state, every play, and every start."""

from players.contract.reports import Presence, Presented
from signage.store import Store
from signage.store.reports import JournalRow
from tests.signage.workflows.said import (
    BOOT,
    JOURNAL,
    NEXT_BOOT,
    play,
    screenshot,
    status,
)

NOW = 1_795_410_000_000


def save_status(store: Store, *statuses, at: int = NOW) -> None:
    with store.transaction():
        for one in statuses:
            store.reports.save_status(one, at)


def test_the_newest_status_of_each_display_is_kept(empty_store):
    save_status(empty_store, status(number=1), status("ubnd"), status(number=2))
    statuses = empty_store.reports.statuses()
    assert {display: one.status.number for display, one in statuses.items()} == {
        "hoa-lu": 2,
        "ubnd": 1,
    }
    assert empty_store.reports.status("hoa-lu") == statuses["hoa-lu"]
    assert empty_store.reports.status("nobody") is None


def test_every_start_of_a_player_is_remembered(empty_store):
    save_status(empty_store, status(), status(boot=NEXT_BOOT), status("ubnd"))
    assert empty_store.reports.has_booted("hoa-lu", BOOT)
    assert empty_store.reports.has_booted("hoa-lu", NEXT_BOOT)
    assert not empty_store.reports.has_booted("ubnd", NEXT_BOOT)


def test_presence_is_kept_with_its_moment(empty_store):
    presence = Presence(state="online", boot=BOOT, connection=3)
    with empty_store.transaction():
        empty_store.reports.save_presence("hoa-lu", presence, NOW)
    seen = empty_store.reports.presence("hoa-lu")
    assert (seen.presence, seen.at) == (presence, NOW)
    assert empty_store.reports.presences() == {"hoa-lu": seen}
    assert empty_store.reports.presence("ubnd") is None


def test_a_screenshot_comes_back_with_its_picture(empty_store):
    with empty_store.transaction():
        empty_store.reports.save_screenshot(screenshot(NOW, picture=b"\x89PNG"))
    assert empty_store.reports.screenshot("hoa-lu").picture == b"\x89PNG"
    assert empty_store.reports.screenshot_time("hoa-lu") == NOW
    assert empty_store.reports.screenshot_times() == {"hoa-lu": NOW}
    assert empty_store.reports.screenshot_time("ubnd") is None


def test_a_journal_that_is_new_holds_nothing(empty_store):
    assert empty_store.reports.journal("hoa-lu", JOURNAL) == JournalRow(up_to=0, asked_at=None)


def test_a_journal_is_kept_for_each_display(empty_store):
    with empty_store.transaction():
        empty_store.reports.save_journal("hoa-lu", JOURNAL, JournalRow(up_to=5, asked_at=NOW))
    assert empty_store.reports.journal("hoa-lu", JOURNAL) == JournalRow(up_to=5, asked_at=NOW)
    assert empty_store.reports.journal("ubnd", JOURNAL).up_to == 0


def test_plays_are_listed_newest_first_in_pages(empty_store):
    with empty_store.transaction():
        empty_store.reports.add_plays("hoa-lu", JOURNAL, [play(n) for n in range(1, 6)], NOW)
    first = empty_store.reports.plays("hoa-lu", limit=2)
    assert [row.play.number for row in first] == [5, 4]
    assert (first[0].display, first[0].journal, first[0].received_at) == ("hoa-lu", JOURNAL, NOW)
    older = empty_store.reports.plays("hoa-lu", before=first[-1].play.started_at)
    assert [row.play.number for row in older] == [3, 2, 1]
    assert empty_store.reports.plays("ubnd") == []


def test_no_plays_are_no_work(empty_store):
    with empty_store.transaction():
        empty_store.reports.add_plays("hoa-lu", JOURNAL, [], NOW)


def test_presented_alerts_are_kept_by_revision(empty_store):
    first = Presented(id="lu", revision=1, received_at=NOW, presented_at=NOW + 5)
    second = Presented(id="lu", revision=2, received_at=NOW + 9)
    with empty_store.transaction():
        empty_store.reports.save_presented("hoa-lu", [first, second])
        empty_store.reports.save_presented("ubnd", [first])
    assert empty_store.reports.presented("lu", 1) == {"hoa-lu": first, "ubnd": first}
    assert empty_store.reports.presented("lu", 2) == {"hoa-lu": second}


def test_a_presented_alert_can_be_told_again_and_completed(empty_store):
    received = Presented(id="lu", revision=1, received_at=NOW)
    shown = Presented(id="lu", revision=1, received_at=NOW, presented_at=NOW + 5)
    for one in (received, received, shown):
        with empty_store.transaction():
            empty_store.reports.save_presented("hoa-lu", [one])
    assert empty_store.reports.presented("lu", 1) == {"hoa-lu": shown}
