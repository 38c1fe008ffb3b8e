"""Runs statements: reads anywhere, writes only inside the one write transaction of a thread."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Table, and_, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.base import Executable

from signage.domain.writing import CannotWrite
from signage.store.engine import WRITES, takes_no_writes


class NotInTransaction(RuntimeError):
    """A write outside `store.transaction()`, or one inside another: a mistake in the code."""


class Rows:
    """The rows of one database, shared by all threads of a process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._here = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the database's only write lock; commit at the end, roll back on any exception.

        Raises CannotWrite where the disk is full or the database is read-only.
        """
        try:
            with self._opened(writes=True):
                yield
        except OperationalError as error:
            if takes_no_writes(error):
                raise CannotWrite from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reads inside see one moment of the database; writes inside are refused."""
        with self._opened(writes=False):
            yield

    def all(self, statement: Executable) -> Sequence[RowMapping]:
        """Return every row of `statement`, by column name."""
        with self._reading() as connection:
            return connection.execute(statement).mappings().all()

    def first(self, statement: Executable) -> RowMapping | None:
        """Return the first row of `statement`, or None."""
        with self._reading() as connection:
            return connection.execute(statement).mappings().first()

    def scalar(self, statement: Executable) -> Any:
        """Return the first column of the first row, or None."""
        with self._reading() as connection:
            return connection.execute(statement).scalar()

    def write(self, statement: Executable) -> int:
        """Run a statement that changes rows and return how many it changed."""
        return self._writing().execute(statement).rowcount

    def write_all(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement once for each of `rows`; none is fine."""
        if rows:
            self._writing().execute(statement, [dict(row) for row in rows])

    def save(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Update the row with this `key`, or insert it. The write lock makes the two steps one."""
        same = and_(*(table.c[name] == value for name, value in key.items()))
        exists = self.scalar(select(1).select_from(table).where(same)) is not None
        if exists and values:
            self.write(update(table).where(same).values(**values))
        elif not exists:
            self.write(insert(table).values(**key, **values))

    @contextmanager
    def _opened(self, *, writes: bool) -> Iterator[None]:
        if self._current() is not None:
            raise NotInTransaction("a transaction is already open in this thread")
        fresh = self.engine.connect().execution_options(**{WRITES: writes})
        with fresh as connection, connection.begin():
            self._here.connection, self._here.writes = connection, writes
            try:
                yield
            finally:
                self._here.connection = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        connection = self._current()
        if connection is not None:
            yield connection
        else:
            with self.engine.connect() as single:
                yield single

    def _writing(self) -> Connection:
        connection = self._current()
        if connection is None or not self._here.writes:
            raise NotInTransaction("writes belong inside store.transaction()")
        return connection

    def _current(self) -> Connection | None:
        return getattr(self._here, "connection", None)
