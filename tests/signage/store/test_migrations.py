"""The migrations and the tables in the code agree."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from signage.store import Store, migrations
from signage.store.schema import metadata


def test_the_migrations_make_the_tables_of_the_code(empty_store: Store) -> None:
    with empty_store.rows.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_upgrading_twice_changes_nothing(empty_store: Store) -> None:
    assert empty_store.is_current()
    empty_store.upgrade()
    assert empty_store.is_current()


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'new' / 'a.sqlite3'}", tmp_path)
    assert not store.is_current()
    store.close()


def test_processes_that_start_together_upgrade_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    stores = [Store.open(url, tmp_path) for _ in range(4)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(Store.upgrade, stores))
    assert all(store.is_current() for store in stores)
    for store in stores:
        store.close()


def test_a_migration_says_what_it_makes_and_does_not_follow_the_code() -> None:
    for migration in (Path(migrations.__file__).parent / "versions").glob("0*.py"):
        assert "signage" not in migration.read_text("utf-8"), migration.name
