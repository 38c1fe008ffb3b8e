"""The journal of plays: numbered, on disk before it is told, kept until acknowledged and longer."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from typing import Final

import msgspec

from players.contract import documents, limits
from players.contract.limits import DAY, MAX_PAYLOAD_BYTES, MAX_PLAYS
from players.contract.reports import Play, Plays

KEPT: Final = 35 * DAY
MOST_PLAYS: Final = 400_000
"""Acknowledged or not: a month of slides of eight seconds, and less than 100 MB of disk."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS journal (id TEXT NOT NULL, acknowledged INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS plays (
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, reason TEXT NOT NULL,
    item TEXT NOT NULL, sha256 TEXT NOT NULL, started_at INTEGER NOT NULL,
    shown_ms INTEGER NOT NULL, acknowledged_at INTEGER);
CREATE TABLE IF NOT EXISTS running (
    one INTEGER PRIMARY KEY CHECK (one = 1), source TEXT NOT NULL, reason TEXT NOT NULL,
    item TEXT NOT NULL, sha256 TEXT NOT NULL, started_at INTEGER NOT NULL,
    shown_ms INTEGER NOT NULL);
"""


class Showed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the glass, as the journal will tell it."""

    source: str
    reason: str
    item: str
    sha256: str
    started_at: int


class Journal:
    """One thread at a time.

    A journal that can't be read is set aside, and a new one with a new id begun.
    """

    def __init__(self, path: Path, most: int = MOST_PLAYS) -> None:
        self.trouble = ""
        self._most = most
        try:
            self._begin(_opened(path))
        except sqlite3.OperationalError as error:  # full or read-only: what is there is still good
            self._begin(self._in_memory(error))
        except sqlite3.DatabaseError as error:
            self._begin(self._anew(path, error))

    def _begin(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        self.id = str(rows.execute("SELECT id FROM journal").fetchone()[0])
        self._close_running(None)  # what was on the glass when the power went

    def began(self, showed: Showed | None, *, before_ms: int) -> None:
        """What was on the glass has ended after `before_ms`; `showed` has begun (None when the
        player stops).
        """
        with self._rows:
            self._close_running(before_ms)
            self._drop_oldest()
            if showed:
                row = (showed.source, showed.reason, showed.item, showed.sha256, showed.started_at)
                self._rows.execute("INSERT INTO running VALUES (1, ?, ?, ?, ?, ?, 0)", row)

    def still_showing(self, shown_ms: int) -> None:
        """Note how long the running play has lasted, so that a power cut loses no more than a
        minute of it.
        """
        with self._rows:
            self._rows.execute("UPDATE running SET shown_ms = ?", (shown_ms,))

    def batch(self, fleet: str, display: str) -> Plays | None:
        """The oldest plays that are not acknowledged, as many as fit a batch; None when there are
        none.
        """
        rows = self._rows.execute(
            "SELECT number, source, reason, item, sha256, started_at, shown_ms FROM plays"
            " WHERE number > (SELECT acknowledged FROM journal) ORDER BY number LIMIT ?",
            (MAX_PLAYS,),
        ).fetchall()
        plays = [
            Play(
                number=number,
                source=source,
                reason=reason,
                item=item,
                sha256=sha256,
                started_at=started_at,
                shown_ms=shown_ms,
            )
            for number, source, reason, item, sha256, started_at, shown_ms in rows
        ]
        return self._fitting(plays, fleet, display) if plays else None

    def acknowledge(self, journal: str, up_to: int, now: int) -> str | None:
        """The plays up to `up_to` are stored; a lower number than before asks for them again.

        Gives a sentence when the acknowledgement is of no use here.
        """
        if journal != self.id:
            return f"plays of journal {journal} were acknowledged, this one is {self.id}"
        if up_to > self._last_number():
            return f"play {up_to} was acknowledged, but there are {self._last_number()}"
        with self._rows:
            self._rows.execute("UPDATE journal SET acknowledged = ?", (up_to,))
            self._rows.execute(
                "UPDATE plays SET acknowledged_at = ?"
                " WHERE number <= ? AND acknowledged_at IS NULL",
                (now, up_to),
            )
            self._rows.execute(
                "DELETE FROM plays WHERE acknowledged_at < ? AND number < ?",
                (now - KEPT, self._last_number()),
            )
        return None

    def lost(self) -> int:
        """How many plays had to be dropped before anybody had them: after a long outage the
        journal begins later (see `MOST_PLAYS`).
        """
        first, acknowledged = self._rows.execute(
            "SELECT (SELECT min(number) FROM plays), acknowledged FROM journal"
        ).fetchone()
        return max(0, (first or 1) - 1 - int(acknowledged))

    def close(self) -> None:
        self._rows.close()

    def _anew(self, path: Path, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """Set an unreadable journal aside; where nothing can be written, keep one in memory."""
        try:
            path.replace(path.with_suffix(".unreadable"))
            rows = _opened(path)
        except (OSError, sqlite3.DatabaseError):
            return self._in_memory(error)
        self.trouble = f"the journal could not be read ({error}); a new one was begun"
        return rows

    def _in_memory(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        self.trouble = f"the journal can't be written ({error}); plays are kept in memory only"
        return _opened(Path(":memory:"))

    def _last_number(self) -> int:
        return int(self._rows.execute("SELECT coalesce(max(number), 0) FROM plays").fetchone()[0])

    def _drop_oldest(self) -> None:
        self._rows.execute(
            "DELETE FROM plays WHERE number <= (SELECT max(number) FROM plays) - ?", (self._most,)
        )

    def _close_running(self, shown_ms: int | None) -> None:
        if shown_ms is not None:
            self._rows.execute("UPDATE running SET shown_ms = ?", (max(0, shown_ms),))
        self._rows.execute(
            "INSERT INTO plays (source, reason, item, sha256, started_at, shown_ms)"
            " SELECT source, reason, item, sha256, started_at, shown_ms FROM running"
        )
        self._rows.execute("DELETE FROM running")
        if shown_ms is None:
            self._rows.commit()

    def _fitting(self, plays: list[Play], fleet: str, display: str) -> Plays:
        while True:
            batch = Plays(
                schema=1,
                fleet=fleet,
                display=display,
                journal=self.id,
                holds_up_to=self._last_number(),
                plays=plays,
            )
            if len(documents.encode(batch)) <= MAX_PAYLOAD_BYTES - limits.KIB or len(plays) == 1:
                return batch
            plays = plays[: len(plays) // 2]


def _opened(path: Path) -> sqlite3.Connection:
    rows = sqlite3.connect(path, check_same_thread=False)
    try:
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("PRAGMA synchronous = FULL")  # a play once told must not go with the power
        rows.executescript(_SCHEMA)
        with rows:
            if not rows.execute("SELECT 1 FROM journal").fetchone():
                rows.execute("INSERT INTO journal VALUES (?, 0)", (secrets.token_hex(8),))
    except sqlite3.DatabaseError:
        rows.close()
        raise
    return rows
