"""The migrations and the tables in the code agree."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from signage.store import Store, migrations
from signage.store.engine import WRITES
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


def test_a_database_of_the_first_release_keeps_its_pictures(tmp_path: Path) -> None:
    """Made by the migrations up to 0002, with a picture as the first release wrote it."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    store = Store.open(url, tmp_path)
    writing = store.rows.engine.connect().execution_options(**{WRITES: True})
    with writing as connection, connection.begin():
        command.upgrade(migrations.config_for(connection), "0002")
        for statement in _OLD_ROWS:
            connection.exec_driver_sql(statement)
    assert not store.is_current()
    store.upgrade()
    assert store.is_current()
    asset = store.assets.get("phuong", "a" * 64)
    assert (asset.kind, asset.state, asset.findings) == ("picture", "ready", ())
    with store.rows.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []
    store.close()


_OLD_ROWS = (
    "INSERT INTO units (id, name, kind, valid_from) VALUES ('phuong', 'P', 'phuong', '2025-07-01')",
    (
        "INSERT INTO users (id, login, name, role, unit, active, password_hash) VALUES"
        " ('u', 'u', 'U', 'ward_officer', 'phuong', 1, '')"
    ),
    (
        "INSERT INTO assets (unit, sha256, filename, search, media_type, width, height, bytes,"
        f" uploaded_by, uploaded_at, clean_sha256) VALUES ('phuong', '{'a' * 64}', 'a.jpg',"
        f" 'a.jpg', 'image/jpeg', 640, 480, 1000, 'u', 1, '{'b' * 64}')"
    ),
)
