"""A real store on disk for each test; the tables are made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.store import Store
from tests.signage.pleiku import settle


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    made = Store.open(f"sqlite:///{path}", path.parent / "media")
    made.upgrade()
    made.close()
    return path


@pytest.fixture
def empty_store(_empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with tables and nothing in them."""
    path = tmp_path / "signage.sqlite3"
    shutil.copyfile(_empty_database, path)
    store = Store.open(f"sqlite:///{path}", tmp_path / "media")
    yield store
    store.close()


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with the small Pleiku of `tests.signage.pleiku`."""
    settle(empty_store)
    return empty_store
