"""Brings what the downloader fetched to the main thread, and acts on it there."""

from __future__ import annotations

import logging
from typing import Protocol

from players.clock import PlayerTime
from players.doorbell import Doorbell
from players.sealed.intake import Intake
from players.sealed.papers import Papers
from players.sealed.trust import judge_time
from players.sealed.verdict import Refusal
from players.troubles import Troubles

log = logging.getLogger(__name__)


class TakesBlobs(Protocol):
    """Who is told on the main thread that a blob is in the cache."""

    def blob_arrived(self, sha256: str) -> None: ...


class Arrivals:
    """The downloader's listener: its methods are called from the downloader's thread."""

    def __init__(
        self,
        doorbell: Doorbell,
        blobs: TakesBlobs,
        intake: Intake,
        papers: Papers,
        time: PlayerTime,
        troubles: Troubles,
    ) -> None:
        self._doorbell, self._blobs, self._intake = doorbell, blobs, intake
        self._papers, self._time, self._troubles = papers, time, troubles

    def blob_arrived(self, sha256: str) -> None:
        self._doorbell.post(lambda: self._blobs.blob_arrived(sha256))

    def sealed_arrived(self, topic: str, sealed: bytes) -> None:
        self._doorbell.post(lambda: self._take_sealed(topic, sealed))

    def time_arrived(self, nonce: str, sealed: bytes) -> None:
        self._doorbell.post(lambda: self._take_time(nonce, sealed))

    def trouble(self, sentence: str) -> None:
        self._troubles.note(sentence)

    def _take_sealed(self, topic: str, sealed: bytes) -> None:
        kind = self._intake.kind_of(topic)
        if kind and self._intake.receive(kind, sealed):
            self._troubles.note(
                f"{kind.value} did not come through the broker and was fetched over HTTP"
            )

    def _take_time(self, nonce: str, sealed: bytes) -> None:
        answer = judge_time(self._papers.standing, sealed, nonce)
        sentence = (
            answer.sentence if isinstance(answer, Refusal) else self._time.learn(nonce, answer)
        )
        if sentence:
            self._troubles.note(sentence)
            return
        self._intake.heard()
        log.info("player time is the system's plus %.1f s", self._time.offset / 1000)
        self._intake.judge_waiting()
