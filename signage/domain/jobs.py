"""Work that takes longer than a page may wait: what it is, how far it is, and how it ended."""

from typing import Literal

import msgspec

from signage.domain.sentences import N_, Said

LEASE_MS = 30_000
"""A runner says at least this often that it is still at work, or another one takes the job."""
MAX_ATTEMPTS = 3
KEPT_MS = 30 * 86_400_000
"""A job that is over is forgotten after so long; what it made and the audit log stay."""
WHOLE = 1000
"""Progress of a job that is done."""

JobKind = Literal["document", "video", "rendition"]
JobState = Literal["waiting", "running", "done", "failed"]

GAVE_UP = Said(
    N_(
        "Máy chủ đã thử {times} lần mà không xử lý xong tệp này."
        " Hãy lưu lại tệp bằng phần mềm khác rồi tải lại."
    ),
    {"times": MAX_ATTEMPTS},
)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One job. Times are in milliseconds since the epoch, UTC; `progress` goes from 0 to 1000.

    `subject` is the asset (the hash of its original) and `unit` its unit; `by` is the id of the
    person who caused it. `estimate_ms` is how long it should run, said before it starts.
    """

    id: str
    kind: JobKind
    subject: str
    unit: str
    by: str
    created_at: int
    state: JobState = "waiting"
    lease_until: int = 0
    attempts: int = 0
    progress: int = 0
    said: Said | None = None
    detail: dict[str, str | int] = {}
    estimate_ms: int | None = None
    started_at: int | None = None
    finished_at: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be done about it."""
        return self.state in {"done", "failed"}

    def may_be_taken(self, at: int) -> bool:
        """Say whether a runner may take it now: it waits, or its runner has fallen silent."""
        # A lease far ahead was written before the clock was set back.
        silent = not at < self.lease_until <= at + LEASE_MS
        return self.state == "waiting" or (self.state == "running" and silent)

    def remaining_ms(self, at: int) -> int | None:
        """Return how long it will still take, as far as can be told; None when it cannot."""
        if self.state == "waiting":
            return self.estimate_ms
        if self.state != "running" or self.started_at is None:
            return None
        if self.progress < WHOLE // 20:
            passed = at - self.started_at
            return None if self.estimate_ms is None else max(0, self.estimate_ms - passed)
        return (at - self.started_at) * (WHOLE - self.progress) // self.progress
