"""The audit log: who did what to what and when; rows only added, each chained to the one before."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from sqlalchemy import Column, RowMapping, Table, Text, insert, select

from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Counter, Json, Millis, metadata

audit = Table(
    "audit",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=False),
    Column("at", Millis, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("unit", Text, index=True),
    Column("detail", Json, nullable=False),
    Column("chain", Text, nullable=False),
)

_BEGINNING = "0" * 64
_BATCH = 1000


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """One act. `who` is a login or the name of a process, `act` such as "submission.approved",
    `subject` such as "submission:abc"; `chain` is the sha256 over this row and the chain before.
    """

    number: int
    at: int
    who: str
    act: str
    subject: str
    unit: str | None
    detail: dict[str, Any]
    chain: str


class Audit:
    """The log. It has no way to change or remove a row; the database refuses that as well."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def record(
        self,
        *,
        who: str,
        act: str,
        subject: str,
        at: int,
        unit: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a row, inside the transaction of the act itself."""
        last = self._rows.first(
            select(audit.c.number, audit.c.chain).order_by(audit.c.number.desc()).limit(1)
        )
        number, before = (last["number"] + 1, last["chain"]) if last else (1, _BEGINNING)
        row = {"number": number, "at": at, "who": who, "act": act, "subject": subject}
        row |= {"unit": unit, "detail": to_text(dict(detail or {}))}
        self._rows.write(insert(audit).values(**row, chain=_link(before, row)))

    def page(
        self,
        *,
        units: Collection[str] | None = None,
        subject: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[AuditRow]:
        """Return rows newest first, only those below the number `before`; None means all units."""
        found = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if units is not None:
            found = found.where(audit.c.unit.in_(units))
        if subject is not None:
            found = found.where(audit.c.subject == subject)
        if before is not None:
            found = found.where(audit.c.number < before)
        return [_audit_row(row) for row in self._rows.all(found)]

    def of_act(self, act: str, *, limit: int = 100) -> list[AuditRow]:
        """The newest rows of one act, newest first."""
        found = select(audit).where(audit.c.act == act).order_by(audit.c.number.desc())
        return [_audit_row(row) for row in self._rows.all(found.limit(limit))]

    def rows_after(self, number: int) -> list[AuditRow]:
        """The next rows after a number, oldest first; at most a batch of them."""
        return [_audit_row(row) for row in self._after(number)]

    def first_broken(self) -> int | None:
        """Return the number of the first row changed or missing, or None when all is well."""
        number, chain = 0, _BEGINNING
        while batch := self._after(number):
            for row in batch:
                number += 1
                values = {name: value for name, value in row.items() if name != "chain"}
                if row["number"] != number or _link(chain, values) != row["chain"]:
                    return number
                chain = row["chain"]
        return None

    def _after(self, number: int) -> list[RowMapping]:
        following = select(audit).where(audit.c.number > number).order_by(audit.c.number)
        return list(self._rows.all(following.limit(_BATCH)))


def _link(before: str, row: Mapping[str, Any]) -> str:
    return hashlib.sha256((before + to_text(dict(row))).encode()).hexdigest()


def _audit_row(row: RowMapping) -> AuditRow:
    return AuditRow(**{**row, "detail": from_text(row["detail"], dict[str, Any])})
