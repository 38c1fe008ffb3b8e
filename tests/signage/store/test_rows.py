"""One writer at a time, and all or nothing."""

import threading
from pathlib import Path

import pytest

from signage.store import NotInTransaction, Store
from tests.signage.pleiku import CITY, WARD


def record(store: Store, who: str) -> None:
    store.audit.record(who=who, act="test", subject="test:1", at=1)


def test_what_fails_in_the_middle_leaves_nothing(empty_store: Store) -> None:
    with pytest.raises(ZeroDivisionError), empty_store.transaction():
        empty_store.units.save(CITY)
        raise ZeroDivisionError
    assert empty_store.units.all() == []


def test_writing_outside_a_transaction_is_a_mistake(empty_store: Store) -> None:
    with pytest.raises(NotInTransaction):
        empty_store.units.save(CITY)
    with pytest.raises(NotInTransaction), empty_store.snapshot():
        empty_store.units.save(CITY)


def test_a_transaction_inside_another_is_a_mistake(empty_store: Store) -> None:
    with pytest.raises(NotInTransaction), empty_store.transaction(), empty_store.transaction():
        pass
    with empty_store.transaction():
        empty_store.units.save(CITY)
    assert empty_store.units.all() == [CITY]


def test_a_row_must_belong_to_something(empty_store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), empty_store.transaction():
        empty_store.units.save(WARD)


def test_writers_of_several_threads_and_stores_wait_for_each_other(
    empty_store: Store, tmp_path: Path
) -> None:
    other = Store.open(f"sqlite:///{tmp_path / 'signage.sqlite3'}", tmp_path / "media")

    def write(store: Store, who: str) -> None:
        for _ in range(20):
            with store.transaction():
                record(store, who)

    stores = {"web-1": empty_store, "web-2": empty_store, "worker": other, "sealer": other}
    threads = [threading.Thread(target=write, args=(each, who)) for who, each in stores.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(empty_store.audit.page(limit=1000)) == 80
    assert empty_store.audit.first_broken() is None
    other.close()


def test_a_snapshot_sees_one_moment(empty_store: Store, tmp_path: Path) -> None:
    other = Store.open(f"sqlite:///{tmp_path / 'signage.sqlite3'}", tmp_path / "media")
    with empty_store.snapshot():
        before = empty_store.units.all()
        with other.transaction():
            other.units.save(CITY)
        assert empty_store.units.all() == before
    assert empty_store.units.all() == [CITY]
    other.close()
