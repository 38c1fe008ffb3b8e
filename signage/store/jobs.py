"""Rows of background jobs: taken under a lease, so that a job outlives whoever runs it."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    RowMapping,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from signage.domain.jobs import LEASE_MS, MAX_ATTEMPTS, WHOLE, Job, JobState
from signage.domain.names import NotFound
from signage.domain.sentences import N_, Said
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("by", Text, ForeignKey("users.id"), nullable=False),
    Column("created_at", Millis, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("lease_until", Millis, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("progress", Integer, nullable=False),
    Column("said", Json, nullable=True),
    Column("detail", Json, nullable=False),
    Column("estimate_ms", Millis, nullable=True),
    Column("started_at", Millis, nullable=True),
    Column("finished_at", Millis, nullable=True),
)

_UNFINISHED = jobs.c.state.in_(("waiting", "running"))


class Jobs:
    """Background jobs. Whoever takes one owns it as long as it renews the lease."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, job: Job) -> Job:
        """Queue a job; when the same one is already on its way, return that one instead."""
        for other in self.of_subject(job.unit, job.subject):
            if not other.is_over and (other.kind, other.detail) == (job.kind, job.detail):
                return other
        self._rows.write(insert(jobs).values(**_columns(job)))
        return job

    def get(self, job_id: str) -> Job:
        """Return one job; raises NotFound."""
        row = self._rows.first(select(jobs).where(jobs.c.id == job_id))
        if row is None:
            raise NotFound(N_("Không có việc này. Hãy tải lại trang."))
        return _job(row)

    def of_subject(self, unit: str, subject: str) -> list[Job]:
        """Return the jobs about one asset of a unit, newest first."""
        mine = select(jobs).where(jobs.c.unit == unit, jobs.c.subject == subject)
        return self._listed(mine.order_by(jobs.c.created_at.desc(), jobs.c.id))

    def of_person(self, user: str, limit: int) -> list[Job]:
        """Return what a person has caused, newest first."""
        mine = select(jobs).where(jobs.c.by == user)
        return self._listed(mine.order_by(jobs.c.created_at.desc(), jobs.c.id).limit(limit))

    def unfinished(self, units: Collection[str] | None = None) -> list[Job]:
        """Return what waits or runs, of these units or of all, oldest first."""
        open_ones = select(jobs).where(_UNFINISHED).order_by(jobs.c.created_at, jobs.c.id)
        return self._listed(open_ones if units is None else open_ones.where(jobs.c.unit.in_(units)))

    def take(self, at: int, *, only: str | None = None) -> Job | None:
        """Take the oldest job that may be taken, or the one named; None when there is none.

        Belongs into a transaction: the write lock makes looking and taking one step.
        """
        for job in self.unfinished():
            named = only is None or job.id == only
            if named and job.attempts < MAX_ATTEMPTS and job.may_be_taken(at):
                taken = msgspec.structs.replace(
                    job,
                    state="running",
                    attempts=job.attempts + 1,
                    lease_until=at + LEASE_MS,
                    started_at=at,
                    progress=0,
                )
                self._rows.write(update(jobs).where(jobs.c.id == job.id).values(**_columns(taken)))
                return taken
        return None

    def given_up(self, at: int) -> list[Job]:
        """Return the jobs whose last attempt fell silent."""
        return [
            job
            for job in self.unfinished()
            if job.attempts >= MAX_ATTEMPTS and job.may_be_taken(at)
        ]

    def renew(self, job: Job, *, progress: int, at: int) -> bool:
        """Say that the work goes on and how far it is; False when the job is another's by now."""
        return self._change(job, progress=min(max(progress, 0), WHOLE), lease_until=at + LEASE_MS)

    def finish(self, job: Job, state: JobState, *, said: Said | None, at: int) -> bool:
        """End the job; False when it is another's by now."""
        ended: dict[str, Any] = {"state": state, "finished_at": at, "lease_until": 0}
        if state == "done":
            ended["progress"] = WHOLE
        return self._change(job, said=None if said is None else to_text(said), **ended)

    def hand_back(self, job: Job) -> bool:
        """Let somebody else take the job at once, as if it had not been tried."""
        return self._change(job, state="waiting", lease_until=0, attempts=job.attempts - 1)

    def forget_finished(self, before: int) -> int:
        """Forget what ended before that moment; return how many jobs that were."""
        old = jobs.c.state.in_(("done", "failed")) & (jobs.c.finished_at < before)
        return self._rows.write(delete(jobs).where(old))

    def _change(self, job: Job, **values: Any) -> bool:
        mine = update(jobs).where(
            jobs.c.id == job.id, jobs.c.state == "running", jobs.c.attempts == job.attempts
        )
        return self._rows.write(mine.values(**values)) == 1

    def _listed(self, statement: Any) -> list[Job]:
        return [_job(row) for row in self._rows.all(statement)]


def _columns(job: Job) -> dict[str, Any]:
    values = msgspec.structs.asdict(job)
    said = None if job.said is None else to_text(job.said)
    return values | {"said": said, "detail": to_text(job.detail)}


def _job(row: RowMapping) -> Job:
    values = dict(row)
    values["said"] = None if values["said"] is None else from_text(values["said"], Said)
    values["detail"] = from_text(values["detail"], dict[str, str | int])
    return Job(**values)
