"""Runs background jobs in threads of their own, under leases, whatever happens to the process."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress

import structlog

from signage.clock import now_ms
from signage.domain.jobs import GAVE_UP, KEPT_MS, LEASE_MS, WHOLE, Job
from signage.domain.sentences import Refused, Said
from signage.ingest import rooms
from signage.store import Store
from signage.workflows.media import converting

LOOK_EVERY = 1.0
WRITE_EVERY = 0.5
STOP_SECONDS = 3.0
FORGET_EVERY = 3_600_000

log = structlog.get_logger()


class Lost(Exception):
    """The job belongs to somebody else by now, or this process is about to end."""


class Progress:
    """How far one job is, as its work says and the runner writes down."""

    def __init__(self, job: Job, stopping: threading.Event) -> None:
        self.job = job
        self.done = 0
        self.is_lost = False
        self._stopping = stopping

    def __call__(self, done: float = 0.0) -> None:
        """Say which share, 0 to 1, is done. Raises Lost when it is no use to go on."""
        if self.is_lost or self._stopping.is_set():
            raise Lost
        self.done = max(self.done, round(min(done, 1.0) * WHOLE))


class Runner:
    """Takes jobs and does them, so many at a time as the machine has cores to spare.

    `changed` is called whenever something has changed that pages show.
    """

    def __init__(
        self, store: Store, *, changed: Callable[[], None], places: int | None = None
    ) -> None:
        self._store = store
        self._changed = changed
        self._places = places or max(1, (os.cpu_count() or 2) - 1)
        self._stopping, self._wanted = threading.Event(), threading.Event()
        self._at_work: dict[str, Progress] = {}
        self._forgot_at = 0
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to look for jobs; what a killed process left of its files goes first."""
        rooms.sweep()
        targets = [self._write_progress, *[self._work] * self._places]
        self._threads = [
            threading.Thread(target=target, daemon=True, name=f"jobs-{number}")
            for number, target in enumerate(targets)
        ]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look for jobs now."""
        self._wanted.set()

    def stop(self) -> None:
        """Hand back what is not done and end soon; a decoder that still runs ends with us."""
        self._stopping.set()
        self._wanted.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)

    def run_one(self, only: str | None = None) -> bool:
        """Do one job, or the one named, in this thread; False when there is none to take."""
        self._give_up()
        self._forget_old(now_ms())
        with self._store.transaction():
            job = self._store.jobs.take(now_ms(), only=only)
        if job is None:
            return False
        self._do(job)
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                busy = self.run_one()
            except Exception:  # the database may be away for a moment
                log.exception("looking for jobs failed")
                busy = False
            if not busy:
                self._wanted.wait(LOOK_EVERY)
                self._wanted.clear()

    def _do(self, job: Job) -> None:
        progress = Progress(job, self._stopping)
        self._at_work[job.id] = progress
        try:
            converting.WORK[job.kind](self._store, job, progress)
            log.info("job done", job=job.id, kind=job.kind, subject=job.subject)
        except (Lost, converting.NoLongerOurs):
            with self._store.transaction():
                self._store.jobs.hand_back(job)
        except Refused as refused:
            log.info("job refused its file", job=job.id, kind=job.kind, subject=job.subject)
            converting.refuse(self._store, job, Said.of(refused), at=now_ms())
        except Exception:
            # Its lease runs out by and by, and somebody tries again.
            log.exception("job failed", job=job.id, kind=job.kind, attempt=job.attempts)
        finally:
            del self._at_work[job.id]
            self._changed()

    def _give_up(self) -> None:
        at = now_ms()
        for job in self._store.jobs.given_up(at):
            if job.id not in self._at_work:
                converting.refuse(self._store, job, GAVE_UP, at=at)
                log.error("job given up", job=job.id, kind=job.kind, attempts=job.attempts)

    def _forget_old(self, at: int) -> None:
        if 0 <= at - self._forgot_at < FORGET_EVERY:
            return
        self._forgot_at = at
        with self._store.transaction():
            forgotten = self._store.jobs.forget_finished(at - KEPT_MS)
        if forgotten:
            log.info("old jobs are forgotten", jobs=forgotten)

    def _write_progress(self) -> None:
        written: dict[str, tuple[int, int]] = {}
        while not self._stopping.wait(WRITE_EVERY):
            for progress in list(self._at_work.values()):
                job, done, at = progress.job, progress.done, now_ms()
                before, when = written.get(job.id, (-1, 0))
                if done != before or not 0 <= at - when < LEASE_MS // 3:
                    with suppress(Exception):  # the next round comes in half a second
                        self._renew(progress, done, at)
                        written[job.id] = (done, at)

    def _renew(self, progress: Progress, done: int, at: int) -> None:
        with self._store.transaction():
            is_ours = self._store.jobs.renew(progress.job, progress=done, at=at)
        # A job that has just ended is no longer running, and nobody's.
        progress.is_lost = not is_ours
        self._changed()
