"""The player's loop: takes in what came, asks what is due, puts it on the glass, tells of it."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from players.clock import PlayerTime
from players.contract.limits import SECOND
from players.contract.timeline import Holdings, Showing
from players.doorbell import Doorbell
from players.due import Due, holdings_of
from players.glass import Glass
from players.inbox import Inbox
from players.intake import Intake
from players.outputs import Output, Scene
from players.papers import Papers
from players.pictures import Pictures, Wanted
from players.plain import calm, words
from players.supply import Supply
from players.telling import Telling
from players.troubles import Troubles
from players.wire import CONNECTED, DISCONNECTED, Message

log = structlog.get_logger()

LONGEST_SLEEP: Final = 1.0
"""Seconds; a system clock that jumps is noticed within this time."""
PAGES_READY: Final = 4
"""Pages that are decoded ahead of the set that may name them."""
CALM: Final = "calm"


@dataclass
class Parts:
    """What the composition root hands to the player."""

    display: str
    time: PlayerTime
    papers: Papers
    intake: Intake
    inbox: Inbox
    supply: Supply
    pictures: Pictures
    output: Output
    glass: Glass
    doorbell: Doorbell
    troubles: Troubles
    telling: Telling
    profile_changed: Callable[[str], None]


class Player:
    """Owned by the main thread; other threads ring the doorbell.

    On any error the last good frame stays.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._due = Due(parts.time, parts.papers)
        self._holdings = Holdings.of(parts.display, None, {}, None)
        self._showing: Showing | None = None
        self._after: Showing | None = None
        self._decided_at = 0
        self._decided_on: tuple[object, ...] | None = None
        self._arrivals = 0
        self._tell_in = 0.0
        self._stopping = threading.Event()

    def stop(self) -> None:
        """End the loop; from any thread or signal handler."""
        self._stopping.set()
        self._parts.doorbell.ring()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.turn()
            except Exception:
                log.exception("an error in the loop; the last good frame stays")
                self._stopping.wait(1)
            self._sleep()

    def turn(self) -> None:
        """One round: messages, what is due, reports."""
        for message in self._parts.inbox.take_all():
            self._take(message)
        for task in self._parts.doorbell.tasks():
            task()
        self._decide()
        self._show()
        self._parts.output.breathe()
        self._tell_in = self._parts.telling.tell(self._after)

    def blob_arrived(self, sha256: str) -> None:
        """A download is in the cache (main thread)."""
        self._parts.supply.blob_arrived(sha256)
        self._parts.pictures.forget_trouble(sha256)
        self._arrivals += 1

    def _take(self, message: Message) -> None:
        if message.topic in {CONNECTED, DISCONNECTED}:
            self._parts.telling.connected(message.topic == CONNECTED)
        elif kind := self._parts.intake.kind_of(message.topic):
            if self._parts.intake.receive(kind, message.payload):
                self._parts.telling.changed()
        elif "/pages/" in message.topic:
            self._page_arrived(message.topic.rpartition("/")[2], message.payload)

    def _page_arrived(self, sha256: str, content: bytes) -> None:
        if self._parts.supply.page_arrived(sha256, content):
            self._parts.pictures.forget_trouble(sha256)
            self._arrivals += 1
        else:
            self._parts.troubles.note(f"a page came that is not {sha256[:12]}")

    def _decide(self) -> None:
        """Work out what is due, when something changed or its time is over."""
        parts = self._parts
        troubles = parts.pictures.troubles()
        basis = (parts.papers.version, self._arrivals, frozenset(troubles), parts.time.offset)
        now = parts.time.now()
        expired = self._showing is None or not self._decided_at <= now < self._showing.until
        if basis == self._decided_on and not expired:
            return
        if basis != self._decided_on:
            self._gather(troubles)
            basis = (parts.papers.version, *basis[1:])
        self._decided_at, self._decided_on = now, basis
        self._showing, self._after = self._due.now(self._holdings)
        self._prepare()

    def _gather(self, troubles: dict[str, str]) -> None:
        parts = self._parts
        for name, reason in troubles.items():
            parts.troubles.note_once(f"picture {name[:12]} {reason}", about=name)
        if parts.supply.refresh(parts.papers, self._holdings):
            profile = parts.papers.standing.profile
            parts.intake.promote()
            if parts.papers.retired:
                parts.supply.wipe()
            if parts.papers.standing.profile != profile:
                parts.profile_changed(parts.papers.standing.profile)
        needs = parts.supply.needs(parts.papers)
        self._holdings = holdings_of(parts.display, parts.papers, needs, troubles)
        for unknown in self._holdings.unknown:
            parts.troubles.note_once(
                f"skipped what this player does not know: {unknown}", about=unknown
            )
        parts.supply.refresh(parts.papers, self._holdings)

    def _prepare(self) -> None:
        """Have the pictures made that are due now, next, or any moment (pages of alerts)."""
        wanted: dict[str, Wanted] = {}
        for showing in (self._showing, self._after):
            if showing:
                wanted |= {one.name: one for one in self._candidates(showing)}
        pages = [page.blob.sha256 for alert in self._holdings.covering() for page in alert.pages]
        for name in [*pages, *self._parts.supply.pages_ahead()][:PAGES_READY]:
            if self._parts.supply.has(name):
                wanted.setdefault(name, self._parts.supply.wanted(name))
        self._parts.pictures.want(list(wanted.values()))

    def _candidates(self, showing: Showing) -> list[Wanted]:
        """The picture of a showing (or what stands in for it), then its strip."""
        width, height = self._parts.output.width, self._parts.output.height
        candidates: list[Wanted] = []
        if showing.blob and self._is_playable(showing.blob.sha256):
            candidates.append(self._parts.supply.wanted(showing.blob.sha256))
        elif showing.source == "alert":
            name = f"words:{showing.reason}.{showing.revision}"
            candidates.append(Wanted(name, lambda: words(showing.text, width, height)))
        else:
            candidates.append(Wanted(CALM, lambda: calm(width, height)))
        if showing.ticker and self._is_playable(showing.ticker.blob.sha256):
            candidates.append(self._parts.supply.wanted(showing.ticker.blob.sha256))
        return candidates

    def _is_playable(self, sha256: str) -> bool:
        return self._parts.supply.has(sha256) and not self._parts.pictures.trouble_with(sha256)

    def _show(self) -> None:
        """Put what is due on the glass once its pictures are ready; until then the last good frame
        stays.
        """
        if self._showing is None:
            return
        pictures = [self._parts.pictures.get(one.name) for one in self._candidates(self._showing)]
        if None in pictures or not pictures[0]:
            return
        strip = pictures[1] if len(pictures) > 1 else None
        scene = Scene(
            source=self._showing.source,
            reason=self._showing.reason,
            item=self._showing.item,
            picture=pictures[0],
            strip=strip,
            ticker=self._showing.ticker if strip else None,
        )
        before = self._parts.glass.on.source if self._parts.glass.on else ""
        if self._parts.glass.show(scene, self._showing):
            if scene.source == "alert":
                self._note_alert(self._showing)
            self._parts.telling.presented(scene, before)

    def _note_alert(self, showing: Showing) -> None:
        moment = self._parts.time.now()
        if self._parts.intake.note_presented(showing.reason, showing.revision, moment):
            self._decided_on = (
                None  # what comes next may be a green page, now that its alert was shown
            )

    def _sleep(self) -> None:
        """Until something must change, or somebody rings."""
        if self._stopping.is_set():
            return
        parts = self._parts
        seconds = min(LONGEST_SLEEP, parts.output.patience, self._tell_in)
        now = parts.time.exact()
        if self._showing:
            seconds = min(seconds, (self._showing.until - now) / SECOND)
        if parts.glass.moves():
            rate = parts.output.rate
            frame = (math.floor(now * rate / SECOND) + 1) * SECOND / rate
            seconds = min(seconds, (frame - now) / SECOND)
        parts.doorbell.wait(max(0.0, seconds))
