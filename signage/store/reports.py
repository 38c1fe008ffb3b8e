"""What players reported: status, screenshot, presence, plays and alerts presented."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    RowMapping,
    String,
    Table,
    Text,
    insert,
    select,
)

from players.contract.reports import Play, Presence, Presented, Screenshot, Status
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

statuses_table = Table(
    "statuses",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("received_at", Millis, nullable=False),
    Column("document", Text, nullable=False),
)
boots_table = Table(
    "boots",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("boot", String(16), primary_key=True),
    Column("first_seen_at", Millis, nullable=False),
)
presences_table = Table(
    "presences",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("boot", String(16), nullable=False),
    Column("connection", Millis, nullable=False),
    Column("at", Millis, nullable=False),
)
screenshots_table = Table(
    "screenshots",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("at", Millis, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", String(20), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("picture", LargeBinary, nullable=False),
)
journals_table = Table(
    "journals",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("journal", String(16), primary_key=True),
    Column("up_to", Millis, nullable=False),
    # Since when plays before the first one offered have been asked for; null while none lack.
    Column("asked_at", Millis, nullable=True),
)
plays_table = Table(
    "plays",
    metadata,
    Column("display", String(80), primary_key=True),
    Column("journal", String(16), primary_key=True),
    Column("number", Millis, primary_key=True),
    Column("source", String(20), nullable=False),
    Column("reason", String(80), nullable=False),
    Column("item", String(80), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("started_at", Millis, nullable=False),
    Column("shown_ms", Millis, nullable=False),
    Column("received_at", Millis, nullable=False),
    Index("ix_plays_by_time", "display", "started_at"),
)
presented_table = Table(
    "presented",
    metadata,
    Column("alert", String(80), primary_key=True),
    Column("revision", Millis, primary_key=True),
    Column("display", String(80), primary_key=True),
    Column("received_at", Millis, nullable=False),
    Column("presented_at", Millis, nullable=True),
)


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """A player's newest status, with when it came in (controller's clock, ms)."""

    received_at: int
    status: Status


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Presence of a player and since when (controller's clock, ms)."""

    presence: Presence
    at: int


class JournalRow(msgspec.Struct, frozen=True, kw_only=True):
    """How far a player's journal is held without a gap, and since when its beginning is asked for.

    `up_to` is the highest play held; `asked_at` is in ms by the controller's clock.
    """

    up_to: int = 0
    asked_at: int | None = None


class PlayRow(msgspec.Struct, frozen=True, kw_only=True):
    """One play of one display's journal."""

    display: str
    journal: str
    received_at: int
    play: Play


class Reports:
    """Repository of what players said."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def statuses(self) -> dict[str, Reported]:
        """The newest status of every display that ever reported, by display id."""
        rows = self._rows.all(select(statuses_table))
        return {
            str(row["display"]): Reported(
                received_at=row["received_at"], status=from_text(row["document"], Status)
            )
            for row in rows
        }

    def status(self, display: str) -> Reported | None:
        """The newest status of one display, or None."""
        row = self._rows.first(select(statuses_table).where(statuses_table.c.display == display))
        if row is None:
            return None
        return Reported(received_at=row["received_at"], status=from_text(row["document"], Status))

    def save_status(self, status: Status, received_at: int) -> None:
        """Keep a status as the newest of its display, and that it ran under this boot."""
        values = {"received_at": received_at, "document": to_text(status)}
        self._rows.save(statuses_table, {"display": status.display}, values)
        boot = {"display": status.display, "boot": status.boot}
        if not self.has_booted(status.display, status.boot):
            self._rows.save(boots_table, boot, {"first_seen_at": received_at})

    def has_booted(self, display: str, boot: str) -> bool:
        """Say whether a status of this boot was ever kept."""
        table = boots_table
        same = select(table.c.boot).where(table.c.display == display, table.c.boot == boot)
        return self._rows.first(same) is not None

    def presences(self) -> dict[str, Seen]:
        """Presence by display id."""
        rows = self._rows.all(select(presences_table))
        return {str(row["display"]): _seen(row) for row in rows}

    def presence(self, display: str) -> Seen | None:
        """Presence of one display, or None."""
        row = self._rows.first(select(presences_table).where(presences_table.c.display == display))
        return None if row is None else _seen(row)

    def save_presence(self, display: str, presence: Presence, at: int) -> None:
        """Keep a player's presence."""
        values = {**msgspec.structs.asdict(presence), "at": at}
        self._rows.save(presences_table, {"display": display}, values)

    def screenshot(self, display: str) -> Screenshot | None:
        """The newest screenshot of a display, or None; its fleet is left empty here."""
        row = self._rows.first(
            select(screenshots_table).where(screenshots_table.c.display == display)
        )
        return Screenshot(fleet="", **row) if row else None

    def screenshot_time(self, display: str) -> int | None:
        """When the newest screenshot of one display was taken (player time, ms), or None."""
        taken = select(screenshots_table.c.at).where(screenshots_table.c.display == display)
        at = self._rows.scalar(taken)
        return None if at is None else int(at)

    def screenshot_times(self) -> dict[str, int]:
        """When the newest screenshot of each display was taken (player time, ms)."""
        rows = self._rows.all(select(screenshots_table.c.display, screenshots_table.c.at))
        return {str(row["display"]): int(row["at"]) for row in rows}

    def save_screenshot(self, screenshot: Screenshot) -> None:
        """Keep a screenshot as the newest of its display."""
        values = msgspec.structs.asdict(screenshot)
        del values["fleet"]
        self._rows.save(screenshots_table, {"display": values.pop("display")}, values)

    def journal(self, display: str, journal: str) -> JournalRow:
        """How far a journal is held; nothing of it when it is new."""
        table = journals_table
        same = (table.c.display == display) & (table.c.journal == journal)
        row = self._rows.first(select(table.c.up_to, table.c.asked_at).where(same))
        return JournalRow(**row) if row else JournalRow()

    def save_journal(self, display: str, journal: str, row: JournalRow) -> None:
        """Keep how far a journal is held."""
        key = {"display": display, "journal": journal}
        self._rows.save(journals_table, key, msgspec.structs.asdict(row))

    def add_plays(
        self, display: str, journal: str, plays: Sequence[Play], received_at: int
    ) -> None:
        """Keep plays that are not held yet."""
        same = {"display": display, "journal": journal, "received_at": received_at}
        rows = [{**same, **msgspec.structs.asdict(play)} for play in plays]
        self._rows.write_all(insert(plays_table), rows)

    def plays(self, display: str, *, before: int | None = None, limit: int = 50) -> list[PlayRow]:
        """Plays of a display that started before a moment (ms), newest first."""
        statement = select(plays_table).where(plays_table.c.display == display)
        if before is not None:
            statement = statement.where(plays_table.c.started_at < before)
        rows = self._rows.all(statement.order_by(plays_table.c.started_at.desc()).limit(limit))
        return [
            PlayRow(
                display=row["display"],
                journal=row["journal"],
                received_at=row["received_at"],
                play=Play(**{name: row[name] for name in Play.__struct_fields__}),
            )
            for row in rows
        ]

    def save_presented(self, display: str, presented: Sequence[Presented]) -> None:
        """Keep when alerts came to a display and were on its glass; the same again is no work."""
        table = presented_table
        ids = [one.id for one in presented]
        same = (table.c.display == display) & table.c.alert.in_(ids)
        known = {(r["alert"], r["revision"]): r for r in self._rows.all(select(table).where(same))}
        for one in presented:
            values = {"received_at": one.received_at, "presented_at": one.presented_at}
            row = known.get((one.id, one.revision))
            if row is None or values != {name: row[name] for name in values}:
                key = {"alert": one.id, "revision": one.revision, "display": display}
                self._rows.save(table, key, values)

    def presented(self, alert: str, revision: int) -> dict[str, Presented]:
        """Who received and presented a revision of an alert, by display id."""
        rows = self._rows.all(
            select(presented_table).where(
                presented_table.c.alert == alert, presented_table.c.revision == revision
            )
        )
        return {
            str(row["display"]): Presented(
                id=alert,
                revision=revision,
                received_at=row["received_at"],
                presented_at=row["presented_at"],
            )
            for row in rows
        }


def _seen(row: RowMapping) -> Seen:
    presence = Presence(state=row["state"], boot=row["boot"], connection=row["connection"])
    return Seen(presence=presence, at=row["at"])
