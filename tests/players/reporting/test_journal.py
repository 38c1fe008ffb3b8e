"""The journal: numbered, on disk, kept until acknowledged and 35 days more."""

import pytest

from players.contract.limits import DAY, MAX_PAYLOAD_BYTES, MAX_PLAYS
from players.reporting.journal import KEPT, Journal, Showed
from tests.doubles import NOON


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite3")
    yield journal
    journal.close()


def showed(number=1, **changes):
    fields = {
        "source": "schedule",
        "reason": "everyday",
        "item": f"slide-{number}",
        "sha256": f"{number:064x}",
        "started_at": NOON + number * 1000,
    }
    return Showed(**(fields | changes))


def shows_many(journal, count):
    for number in range(1, count + 1):
        journal.began(showed(number), before_ms=1000)
    journal.began(None, before_ms=1000)


def numbers(journal):
    batch = journal.batch("pleiku", "hoa-lu")
    return [play.number for play in batch.plays] if batch else []


def test_a_play_is_told_once_it_is_over(journal):
    journal.began(showed(), before_ms=0)
    assert journal.batch("pleiku", "hoa-lu") is None
    journal.began(showed(2), before_ms=8000)
    [play] = journal.batch("pleiku", "hoa-lu").plays
    assert (play.number, play.item, play.shown_ms) == (1, "slide-1", 8000)


def test_plays_are_numbered_without_gaps(journal):
    shows_many(journal, 5)
    assert numbers(journal) == [1, 2, 3, 4, 5]


def test_plays_are_told_again_until_they_are_acknowledged(journal):
    shows_many(journal, 3)
    assert numbers(journal) == numbers(journal) == [1, 2, 3]
    assert journal.acknowledge(journal.id, 2, NOON) is None
    assert numbers(journal) == [3]
    journal.acknowledge(journal.id, 3, NOON)
    assert numbers(journal) == []


def test_a_restored_controller_gets_plays_again(journal):
    shows_many(journal, 3)
    journal.acknowledge(journal.id, 3, NOON)
    journal.acknowledge(journal.id, 1, NOON + DAY)
    assert numbers(journal) == [2, 3]


def test_acknowledged_plays_are_kept_for_35_days(journal):
    shows_many(journal, 3)
    journal.acknowledge(journal.id, 3, NOON)
    journal.acknowledge(journal.id, 0, NOON + KEPT - DAY)
    assert numbers(journal) == [1, 2, 3]
    journal.acknowledge(journal.id, 3, NOON + KEPT + 2 * DAY)
    journal.acknowledge(journal.id, 0, NOON + KEPT + 2 * DAY)
    assert numbers(journal) == [3], "the last stays, so that numbers go on"


def test_the_oldest_go_when_nobody_takes_them_for_too_long_and_are_counted(tmp_path):
    journal = Journal(tmp_path / "small.sqlite3", most=10)
    shows_many(journal, 25)
    assert numbers(journal) == list(range(16, 26))
    assert journal.lost() == 15
    journal.acknowledge(journal.id, 20, NOON)  # the controller goes on from what there is
    assert (numbers(journal), journal.lost()) == ([21, 22, 23, 24, 25], 0)
    journal.close()


def test_an_acknowledgement_of_another_journal_changes_nothing(journal):
    shows_many(journal, 1)
    assert "this one is" in journal.acknowledge("0" * 16, 1, NOON)
    assert numbers(journal) == [1]


def test_more_cannot_be_acknowledged_than_there_is(journal):
    shows_many(journal, 1)
    assert "there are 1" in journal.acknowledge(journal.id, 9, NOON)
    assert numbers(journal) == [1]


def test_a_batch_has_a_limit(journal):
    shows_many(journal, MAX_PLAYS + 5)
    batch = journal.batch("pleiku", "hoa-lu")
    assert len(batch.plays) == MAX_PLAYS
    assert batch.holds_up_to == MAX_PLAYS + 5


def test_a_batch_with_the_longest_names_fits_a_message(journal):
    for number in range(MAX_PLAYS + 1):
        journal.began(showed(number, reason="r" * 80, item="i" * 80), before_ms=10**9)
    from players.contract.documents import encode

    assert len(encode(journal.batch("p" * 80, "d" * 80))) <= MAX_PAYLOAD_BYTES


def test_plays_and_the_journals_name_survive_a_restart(tmp_path):
    first = Journal(tmp_path / "journal.sqlite3")
    shows_many(first, 2)
    first.close()
    second = Journal(tmp_path / "journal.sqlite3")
    assert second.id == first.id
    assert numbers(second) == [1, 2]
    second.close()


def test_what_was_on_the_glass_when_the_power_went_is_a_play(tmp_path):
    first = Journal(tmp_path / "journal.sqlite3")
    first.began(showed(), before_ms=0)
    first.still_showing(60_000)
    first.close()
    second = Journal(tmp_path / "journal.sqlite3")
    [play] = second.batch("pleiku", "hoa-lu").plays
    assert (play.item, play.shown_ms) == ("slide-1", 60_000)
    second.close()


def test_an_unreadable_journal_is_set_aside_and_a_new_one_begun(tmp_path):
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"this is no database, but long enough to be looked at" * 50)
    journal = Journal(path)
    assert "a new one was begun" in journal.trouble
    shows_many(journal, 1)
    assert numbers(journal) == [1]
    assert path.with_suffix(".unreadable").exists()
    journal.close()


def test_where_nothing_can_be_written_plays_are_kept_in_memory(tmp_path):
    journal = Journal(tmp_path / "no" / "such" / "folder" / "journal.sqlite3")
    assert "in memory only" in journal.trouble
    shows_many(journal, 1)
    assert numbers(journal) == [1]
    journal.close()
