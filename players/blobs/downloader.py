"""Fetches what is wanted, the most urgent first, in a thread that backs off when nobody answers."""

import errno
import logging
import random
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from players.blobs.cache import Cache, CacheFull
from players.blobs.fetch import Fetch, FetchFailed
from players.contract.types import BlobRef

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 60.0
STOP_SECONDS: Final = 1.0
TIME: Final = "time"
SEALED_EVERY_SECONDS: Final = 60.0
"""A document that was withheld is asked for at most this often."""


class Listener(Protocol):
    """Who hears of results; called from the downloader's thread."""

    def blob_arrived(self, sha256: str) -> None: ...
    def sealed_arrived(self, topic: str, sealed: bytes) -> None: ...
    def time_arrived(self, nonce: str, sealed: bytes) -> None: ...
    def trouble(self, sentence: str) -> None: ...


class _Nobody:
    """Hears nothing; stands in until the downloader is started."""

    def blob_arrived(self, sha256: str) -> None: ...
    def sealed_arrived(self, topic: str, sealed: bytes) -> None: ...
    def time_arrived(self, nonce: str, sealed: bytes) -> None: ...
    def trouble(self, sentence: str) -> None: ...


class Downloader:
    """Wanted state, not commands: say again and again what is wanted; what is no longer wanted is
    not fetched.
    """

    def __init__(
        self,
        fetch: Fetch,
        cache: Cache,
        make_nonce: Callable[[], str],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch, self._cache, self._make_nonce, self._now = fetch, cache, make_nonce, now
        self._listener: Listener = _Nobody()
        self._changed = threading.Condition()
        self._wanted: list[BlobRef] = []
        self._topics: list[str] = []
        self._time_wanted = False
        self._not_before: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="downloader", daemon=True)

    def start(self, listener: Listener) -> None:
        self._listener = listener
        self._thread.start()

    def stop(self) -> None:
        """End the thread; a download that stalls is left to end with the process."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=STOP_SECONDS)

    def want(self, blobs: list[BlobRef]) -> None:
        """The blobs that are missing, the most urgent first."""
        with self._changed:
            if blobs != self._wanted:
                self._wanted = blobs
                self._changed.notify()

    def want_sealed(self, topics: list[str]) -> None:
        """The documents that a beat shows to be newer than what is held."""
        with self._changed:
            self._topics = topics
            self._changed.notify()

    def want_time(self) -> None:
        """Ask the controller for the time, with a nonce made for each attempt."""
        with self._changed:
            self._time_wanted = True
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                job = self._next_job()
                if self._stopping:
                    break
                if job is None:
                    self._changed.wait(self._pause())
                    continue
            self._do(*job)
        self._fetch.close()

    def _next_job(self) -> tuple[str, Callable[[], None]] | None:
        jobs: list[tuple[str, Callable[[], None]]] = []
        if self._time_wanted:
            jobs.append((TIME, self._ask_time))
        jobs += [(topic, lambda topic=topic: self._ask_sealed(topic)) for topic in self._topics]  # type: ignore[misc]
        jobs += [(ref.sha256, lambda ref=ref: self._download(ref)) for ref in self._wanted]  # type: ignore[misc]
        now = self._now()
        return next((job for job in jobs if self._not_before.get(job[0], 0.0) <= now), None)

    def _pause(self) -> float | None:
        """Seconds until a job that waits may be tried again; None when there is none."""
        names = (
            {ref.sha256 for ref in self._wanted}
            | {*self._topics}
            | ({TIME} if self._time_wanted else set())
        )
        self._not_before = {
            name: at for name, at in self._not_before.items() if name in names or "/" in name
        }
        waiting = [at for name, at in self._not_before.items() if name in names]
        return max(0.01, min(waiting) - self._now()) if waiting else None

    def _do(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            if not isinstance(error, FetchFailed | OSError | CacheFull):
                log.exception("an error in the downloader; it goes on")
            self._put_off(name)
            self._make_way(error)
            self._listener.trouble(str(error))
        else:
            self._pauses.pop(name, None)

    def _put_off(self, name: str) -> None:
        pause = self._pauses.get(name, FIRST_PAUSE_SECONDS)
        self._pauses[name] = min(2 * pause, LONGEST_PAUSE_SECONDS)
        with self._changed:
            self._not_before[name] = self._now() + pause * random.uniform(0.8, 1.2)

    def _make_way(self, error: Exception) -> None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            self._cache.drop_unneeded()

    def _ask_time(self) -> None:
        nonce = self._make_nonce()
        answer = self._fetch.time(nonce)
        with self._changed:
            self._time_wanted = False
        self._listener.time_arrived(nonce, answer)

    def _ask_sealed(self, topic: str) -> None:
        with self._changed:
            self._not_before[topic] = self._now() + SEALED_EVERY_SECONDS
            self._topics = [other for other in self._topics if other != topic]
        if sealed := self._fetch.sealed(topic):
            self._listener.sealed_arrived(topic, sealed)

    def _may_go_on(self, ref: BlobRef) -> bool:
        """A long film on a thin line must hold up neither the time nor what was withheld."""
        with self._changed:
            due = self._now()
            urgent = [*self._topics, *([TIME] if self._time_wanted else [])]
            waits = any(self._not_before.get(name, 0.0) <= due for name in urgent)
            return not waits and not self._stopping and ref in self._wanted

    def _download(self, ref: BlobRef) -> None:
        if not self._cache.has(ref.sha256):
            self._cache.make_room(ref.bytes)
            if not self._fetch.blob(
                ref, self._cache.part(ref.sha256), lambda: self._may_go_on(ref)
            ):
                return  # the part stays, and is gone on with once that is done
            if not self._cache.adopt_part(ref.sha256):
                raise FetchFailed(
                    f"blob {ref.sha256[:12]} came with other content; is this the controller?"
                )
        with self._changed:
            self._wanted = [other for other in self._wanted if other.sha256 != ref.sha256]
        self._listener.blob_arrived(ref.sha256)
