"""The audit log only grows, and a change in it is found."""

import pytest
from sqlalchemy import delete, text, update

from signage.store import Store
from signage.store.audit import audit


@pytest.fixture
def told(empty_store: Store) -> Store:
    with empty_store.transaction():
        for number in range(5):
            empty_store.audit.record(
                who="lan", act="playlist.changed", subject="playlist:a", at=number, unit="hoi-phu"
            )
    return empty_store


def test_rows_come_newest_first_in_pages(told: Store) -> None:
    assert [row.number for row in told.audit.page(limit=2)] == [5, 4]
    assert [row.number for row in told.audit.page(limit=2, before=4)] == [3, 2]
    assert told.audit.page(units=["dien-hong"]) == []


def test_an_untouched_log_is_whole(told: Store) -> None:
    assert told.audit.first_broken() is None


@pytest.mark.parametrize(
    "change", [update(audit).where(audit.c.number == 3).values(who="x"), delete(audit)]
)
def test_the_database_refuses_to_change_or_remove_a_row(told: Store, change: object) -> None:
    with pytest.raises(Exception, match="append-only"), told.transaction():
        told.rows.write(change)
    assert len(told.audit.page()) == 5


@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ("UPDATE audit SET who = 'x' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("UPDATE audit SET at = 99 WHERE number = 1", 1),
    ],
)
def test_a_row_changed_behind_our_back_is_found(told: Store, tampering: str, found_at: int) -> None:
    with told.transaction():
        for trigger in ("audit_no_update", "audit_no_delete"):
            told.rows.write(text(f"DROP TRIGGER {trigger}"))
        told.rows.write(text(tampering))
    assert told.audit.first_broken() == found_at
