"""Opens the database: SQLite with WAL by default, PostgreSQL by URL, one writer at a time."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

WRITES = "signage_writes"
"""Execution option of a connection: True is going to write, False reads one moment."""

BUSY_SECONDS = 15
"""How long a writer waits for another one; nobody renders while writing, so turns are short."""

# A fixed number that means "the write lock of signage" among PostgreSQL's advisory locks.
WRITE_LOCK = 0x5167_4E41


def open_engine(url: str) -> Engine:
    """Return an engine for `url`, such as sqlite:////srv/signage/signage.db or postgresql+psycopg://..."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    engine = create_engine(url, pool_size=20, max_overflow=130, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=20,
        max_overflow=130,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: it would choose a deferred one, which
    # fails with "database is locked" when two processes turn from reading to writing.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    # FULL: an approval or an alert that was confirmed to a person also survives a power cut.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    if writes:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
    elif writes is False:
        # By itself PostgreSQL shows each statement of a transaction a later moment.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


_NO_WRITES = ("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
_NO_WRITES_POSTGRESQL = ("25006", "53100")
"""A read-only transaction, a full disk."""


def takes_no_writes(error: OperationalError) -> bool:
    """Say whether the database takes no writes: it is read-only, or its disk full or failing."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    state = getattr(error.orig, "sqlstate", None)
    return name.startswith(_NO_WRITES) or state in _NO_WRITES_POSTGRESQL
