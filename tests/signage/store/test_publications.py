"""What was sealed is kept as it was sent, and players may fetch what it names and nothing else."""

import pytest

from signage.store import NotInTransaction, Store
from signage.store.publications import Mark, Sealed

NOW = 1_795_410_000_000
A, B, C = "a" * 64, "b" * 64, "c" * 64


def sealed(topic: str = "t/a", **changes: object) -> Sealed:
    fields = {
        "topic": topic,
        "kind": "manifest",
        "addressee": topic[-1],
        "epoch": 1,
        "serial": NOW,
        "issued_at": NOW,
        "says": A,
        "sealed": b"bytes of " + topic.encode(),
    }
    return Sealed(**(fields | changes))


def keep(store: Store, *documents: Sealed) -> None:
    with store.transaction():
        store.publications.commit(*documents)


def publish(store: Store, **named: list[str]) -> None:
    with store.transaction():
        store.publications.publish_blobs(named)


def test_what_is_kept_comes_back_byte_for_byte(empty_store):
    keep(empty_store, sealed(sealed=bytes(range(256))))
    assert empty_store.publications.latest("t/a") == sealed(sealed=bytes(range(256)))
    assert empty_store.publications.sealed("t/a") == bytes(range(256))


def test_a_topic_on_which_nothing_was_sealed_has_nothing(empty_store):
    assert empty_store.publications.latest("t/a") is None
    assert empty_store.publications.sealed("t/a") is None


def test_the_newest_takes_the_place_of_the_one_before(empty_store):
    keep(empty_store, sealed())
    keep(empty_store, sealed(serial=NOW + 1, sealed=b"newer"))
    assert empty_store.publications.sealed("t/a") == b"newer"
    assert len(empty_store.publications.of_kind("manifest")) == 1


def test_many_are_kept_together(empty_store):
    keep(empty_store, *(sealed(f"t/{number}") for number in range(1000)))
    assert len(empty_store.publications.marks("manifest")) == 1000


def test_a_mark_is_all_but_the_bytes(empty_store):
    keep(empty_store, sealed(), sealed("t/b", kind="alerts"))
    assert empty_store.publications.marks("manifest") == {
        "t/a": Mark(
            topic="t/a",
            kind="manifest",
            addressee="a",
            epoch=1,
            serial=NOW,
            issued_at=NOW,
            says=A,
        )
    }


def test_the_newest_moment_is_that_of_this_epoch(empty_store):
    assert empty_store.publications.newest_moment(1) == 0
    keep(
        empty_store,
        sealed(issued_at=NOW),
        sealed("t/b", issued_at=NOW + 5),
        sealed("t/c", issued_at=NOW + 9, epoch=2),
    )
    assert empty_store.publications.newest_moment(1) == NOW + 5
    assert empty_store.publications.newest_moment(2) == NOW + 9


def test_it_is_remembered_when_bytes_were_sent_again(empty_store):
    keep(empty_store, sealed(), sealed("t/b"))
    with empty_store.transaction():
        empty_store.publications.note_resent(["t/a"], NOW + 1)
    marks = empty_store.publications.marks("manifest")
    assert (marks["t/a"].resent_at, marks["t/b"].resent_at) == (NOW + 1, 0)


def test_a_forgotten_topic_has_nothing_any_more(empty_store):
    keep(empty_store, sealed(), sealed("t/b"))
    with empty_store.transaction():
        empty_store.publications.forget("t/a")
    assert set(empty_store.publications.marks("manifest")) == {"t/b"}


def test_nothing_is_kept_outside_a_transaction(empty_store):
    with pytest.raises(NotInTransaction):
        empty_store.publications.commit(sealed())


def test_only_what_something_names_is_published(empty_store):
    publish(empty_store, first=[A, B])
    found = [sha for sha in (A, B, C) if empty_store.publications.is_published(sha)]
    assert found == [A, B]


def test_what_is_named_no_more_is_gone(empty_store):
    publish(empty_store, first=[A, B])
    publish(empty_store, first=[B, C])
    assert not empty_store.publications.is_published(A)
    assert empty_store.publications.is_published(B)
    assert empty_store.publications.is_published(C)


def test_what_another_still_names_stays(empty_store):
    publish(empty_store, first=[A], second=[A])
    publish(empty_store, first=[])
    assert empty_store.publications.is_published(A)
    publish(empty_store, second=[])
    assert not empty_store.publications.is_published(A)


def test_what_one_publishes_does_not_touch_what_others_do(empty_store):
    publish(empty_store, first=[A])
    publish(empty_store, second=[B])
    assert empty_store.publications.is_published(A)


def test_thousands_of_blobs_are_published_together(empty_store):
    named = {f"display:{n}": [f"{n:032x}{k:032x}" for k in range(40)] for n in range(100)}
    publish(empty_store, **named)
    publish(empty_store, **named)
    assert empty_store.publications.is_published(named["display:99"][39])


def test_a_note_is_remembered_changed_and_forgotten(empty_store):
    for text in ("vì sao", "khác", None):
        with empty_store.transaction():
            empty_store.publications.keep_note("why", text)
        assert empty_store.publications.note("why") == text


def test_an_empty_note_is_a_note(empty_store):
    with empty_store.transaction():
        empty_store.publications.keep_note("why", "")
    assert empty_store.publications.note("why") == ""
