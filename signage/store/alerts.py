"""Alerts as durable state: the newest revision of each, and every revision ever made."""

from collections.abc import Collection

from sqlalchemy import Column, Integer, Select, String, Table, Text, func, select

from signage.domain.alert import Alert, AlertState
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

alerts_table = Table(
    "alerts",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("state", String(20), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("created_at", Millis, nullable=False, index=True),
    Column("expires_at", Millis, nullable=False),
    Column("document", Text, nullable=False),
)
revisions_table = Table(
    "alert_revisions",
    metadata,
    Column("alert", String(80), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("state", String(20), primary_key=True),
    Column("by", String(80), nullable=False),
    Column("at", Millis, nullable=False),
    Column("document", Text, nullable=False),
)

LIVE = (AlertState.RAISED, AlertState.CLEARED)


class Alerts:
    """Repository of alerts."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, alert_id: str) -> Alert | None:
        """The newest revision of an alert, or None."""
        row = self._rows.first(select(alerts_table.c.document).where(alerts_table.c.id == alert_id))
        return from_text(row["document"], Alert) if row else None

    def live(self) -> list[Alert]:
        """Alerts that may be on a display: raised, or cleared and still showing the green page."""
        states = [state.value for state in LIVE]
        return self._list(_newest_first().where(alerts_table.c.state.in_(states)))

    def recent(self, limit: int = 50) -> list[Alert]:
        """Alerts that were raised, newest first."""
        return self._list(_newest_first().limit(limit))

    def revisions(self, alert_ids: Collection[str]) -> dict[str, int]:
        """The newest revision of each of these alerts that there is, by id."""
        table = alerts_table
        rows = self._rows.all(select(table.c.id, table.c.revision).where(table.c.id.in_(alert_ids)))
        return {str(row["id"]): int(row["revision"]) for row in rows}

    def raised_since(self, moment: int) -> int:
        """How many alerts were raised since `moment` (ms)."""
        raised = select(func.count()).where(
            revisions_table.c.at >= moment,
            revisions_table.c.revision == 1,
            revisions_table.c.state == AlertState.RAISED.value,
        )
        return int(self._rows.scalar(raised))

    def save(self, alert: Alert, *, by: str, at: int) -> None:
        """Keep this revision as the newest, and in the history."""
        document = to_text(alert)
        self._rows.save(
            alerts_table,
            {"id": alert.id},
            {
                "state": alert.state.value,
                "revision": alert.revision,
                "created_at": alert.created_at,
                "expires_at": alert.expires_at,
                "document": document,
            },
        )
        key = {"alert": alert.id, "revision": alert.revision, "state": alert.state.value}
        self._rows.save(revisions_table, key, {"by": by, "at": at, "document": document})

    def history(self, alert_id: str) -> list[tuple[Alert, str, int]]:
        """Every revision of an alert with who made it and when, oldest first."""
        table = revisions_table
        made = select(table).where(table.c.alert == alert_id)
        rows = self._rows.all(made.order_by(table.c.at, table.c.revision))
        return [(from_text(row["document"], Alert), str(row["by"]), int(row["at"])) for row in rows]

    def _list(self, statement: Select[tuple[str]]) -> list[Alert]:
        return [from_text(row["document"], Alert) for row in self._rows.all(statement)]


def _newest_first() -> Select[tuple[str]]:
    return select(alerts_table.c.document).order_by(
        alerts_table.c.created_at.desc(), alerts_table.c.id
    )
