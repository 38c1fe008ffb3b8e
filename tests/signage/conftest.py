"""A real store on disk for each test; the tables are made once and copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
    with _copied(_empty_database, tmp_path / "signage.sqlite3") as store:
        yield store


@pytest.fixture(scope="session")
def _settled_database(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("settled") / "settled.sqlite3"
    with _copied(_empty_database, path) as store:
        settle(store)
    return path


@pytest.fixture
def store(_settled_database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with the small Pleiku of `tests.signage.pleiku`."""
    with _copied(_settled_database, tmp_path / "signage.sqlite3") as store:
        yield store


@contextmanager
def _copied(source: Path, path: Path) -> Iterator[Store]:
    shutil.copyfile(source, path)
    store = Store.open(f"sqlite:///{path}", path.parent / "media")
    yield store
    store.close()
