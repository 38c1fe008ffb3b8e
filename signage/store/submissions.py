"""Rows of submissions: frozen revisions with their pictures, and where each stands."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from signage.domain.language import LanguageDecision
from signage.domain.names import NotFound
from signage.domain.playlist import PlaylistDraft
from signage.domain.rendition import Renditions
from signage.domain.review import Findings, State, Submission, Withdrawal
from signage.domain.sentences import N_
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

submissions = Table(
    "submissions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("playlist", Text, ForeignKey("playlists.id"), nullable=False),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("document", Json, nullable=False),
    Column("renditions", Json, nullable=False),
    Column("findings", Json, nullable=False, server_default="{}"),
    Column("state", Text, nullable=False),
    Column("submitted_by", Text, ForeignKey("users.id"), nullable=False),
    Column("submitted_at", Millis, nullable=False),
    Column("decided_by", Text, ForeignKey("users.id")),
    Column("decided_at", Millis),
    Column("comment", Text, nullable=False),
    Column("withdrawals", Json, nullable=False),
    Column("languages", Json, nullable=False, server_default="[]"),
    UniqueConstraint("playlist", "number"),
    Index("ix_submissions_state", "state", "unit"),
)


class _Titled(msgspec.Struct):
    title: str


class Submissions:
    """What was put up for review, and what became of it."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, submission_id: str) -> Submission:
        """Return one submission; raises NotFound."""
        found = self._first(submissions.c.id == submission_id)
        if found is None:
            raise NotFound(N_("Không có lần trình duyệt này. Hãy tải lại danh sách."))
        return found

    def page(
        self,
        units: Collection[str],
        *,
        states: Collection[State] | None = None,
        playlist: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Submission]:
        """Return the submissions of these units, newest first."""
        wanted = _conditions(units, states, playlist)
        page = select(submissions).where(*wanted).limit(limit).offset(offset)
        ordered = page.order_by(submissions.c.submitted_at.desc(), submissions.c.id)
        return [_submission(row) for row in self._rows.all(ordered)]

    def count(self, units: Collection[str], *, states: Collection[State] | None = None) -> int:
        """Return how many submissions `page` would give without a limit."""
        wanted = _conditions(units, states, None)
        return int(self._rows.scalar(select(func.count()).select_from(submissions).where(*wanted)))

    def approved(self) -> list[Submission]:
        """Return everything that may be on air: at most one submission of each playlist."""
        on_air = select(submissions).where(submissions.c.state == State.APPROVED.value)
        return [_submission(row) for row in self._rows.all(on_air.order_by(submissions.c.id))]

    def titles_on_air(self, playlist_ids: Collection[str]) -> dict[str, str]:
        """Return the title under which each of these playlists was approved, by playlist."""
        named = select(submissions.c.playlist, submissions.c.document).where(
            submissions.c.state == State.APPROVED.value, submissions.c.playlist.in_(playlist_ids)
        )
        return {
            str(row["playlist"]): from_text(row["document"], _Titled).title
            for row in self._rows.all(named)
        }

    def approved_of(self, playlist_id: str) -> Submission | None:
        """Return the approved submission of a playlist, or None."""
        return self._first(
            submissions.c.playlist == playlist_id, submissions.c.state == State.APPROVED.value
        )

    def latest_of(self, playlist_id: str) -> Submission | None:
        """Return the newest submission of a playlist, or None."""
        return self._first(submissions.c.playlist == playlist_id)

    def next_number(self, playlist_id: str) -> int:
        """Return the number that the playlist's next submission gets; the first is 1."""
        highest = select(func.max(submissions.c.number))
        return int(self._rows.scalar(highest.where(submissions.c.playlist == playlist_id)) or 0) + 1

    def add(self, submission: Submission) -> None:
        """Keep a new submission."""
        values = msgspec.structs.asdict(submission) | _changing(submission)
        values["document"] = to_text(submission.document)
        values["renditions"] = to_text(submission.renditions)
        values["findings"] = to_text(submission.findings)
        self._rows.write(insert(submissions).values(**values, unit=submission.unit))

    def save(self, submission: Submission) -> None:
        """Keep a decision or withdrawal; document, pictures and hash never change."""
        same = submissions.c.id == submission.id
        self._rows.write(update(submissions).where(same).values(**_changing(submission)))

    def _first(self, *wanted: ColumnElement[bool]) -> Submission | None:
        newest = select(submissions).where(*wanted).order_by(submissions.c.number.desc()).limit(1)
        row = self._rows.first(newest)
        return None if row is None else _submission(row)


def _conditions(
    units: Collection[str], states: Collection[State] | None, playlist: str | None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [submissions.c.unit.in_(units)]
    if states is not None:
        wanted.append(submissions.c.state.in_([state.value for state in states]))
    if playlist is not None:
        wanted.append(submissions.c.playlist == playlist)
    return wanted


def _changing(submission: Submission) -> dict[str, Any]:
    return {
        "state": submission.state.value,
        "decided_by": submission.decided_by,
        "decided_at": submission.decided_at,
        "comment": submission.comment,
        "withdrawals": to_text(submission.withdrawals),
        "languages": to_text(submission.languages),
    }


def _submission(row: RowMapping) -> Submission:
    values = {name: value for name, value in row.items() if name != "unit"}
    return Submission(
        **{
            **values,
            "document": from_text(row["document"], PlaylistDraft),
            "renditions": from_text(row["renditions"], Renditions),
            "findings": from_text(row["findings"], Findings),
            "state": State(row["state"]),
            "withdrawals": from_text(row["withdrawals"], list[Withdrawal]),
            "languages": from_text(row["languages"], list[LanguageDecision]),
        }
    )
