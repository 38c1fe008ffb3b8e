"""The player's loop: takes in what came, asks what is due, puts it on the glass, tells of it."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from players.clock import PlayerTime
from players.contract.commands import Command
from players.contract.limits import SECOND
from players.contract.showing import BLANK, Showing
from players.contract.signature import Kind
from players.doorbell import Doorbell
from players.link.inbox import Inbox
from players.link.wire import CONNECTED, DISCONNECTED, Message
from players.orders import Orders
from players.outputs import Output
from players.reporting.telling import Telling
from players.sealed.intake import Intake
from players.sealed.papers import Papers
from players.showing.brightness import Brightness
from players.showing.due import Due
from players.showing.glass import Glass
from players.showing.last_frame import LastFrame
from players.showing.panel_keeper import PanelKeeper
from players.showing.pictures import Pictures
from players.showing.projection import Projection
from players.showing.repertoire import Repertoire
from players.showing.selection import Selection
from players.showing.supply import Supply
from players.timekeeping import Timekeeping
from players.troubles import Troubles

log = logging.getLogger(__name__)

FIRST_PICTURE_SECONDS: Final = 0.5
"""How long link and downloads wait for it."""
LONGEST_SLEEP: Final = 1.0
"""Seconds; a system clock that jumps is noticed within this time."""


@dataclass
class Parts:
    """What the composition root hands to the player."""

    time: PlayerTime
    timekeeping: Timekeeping
    papers: Papers
    intake: Intake
    inbox: Inbox
    supply: Supply
    pictures: Pictures
    repertoire: Repertoire
    projection: Projection
    selection: Selection
    output: Output
    glass: Glass
    doorbell: Doorbell
    troubles: Troubles
    telling: Telling
    last_frame: LastFrame
    brightness: Brightness
    orders: Orders
    panel: PanelKeeper
    beat: Callable[[], None]


class Player:
    """Owned by the main thread; other threads ring the doorbell.

    Whatever goes wrong, the last good frame stays on the glass.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._due = Due(parts.time, parts.papers, lambda: parts.intake.last_beat)
        self._showing: Showing | None = None
        self._after: Showing | None = None
        self._decided_at = (0, 0.0)
        self._stale = True
        self._tell_in = 0.0
        self._stopping = threading.Event()

    def stop(self) -> None:
        """End the loop; from any thread or signal handler."""
        self._stopping.set()
        self._parts.doorbell.ring()

    def run(self) -> None:
        """Play until stopped."""
        while not self._stopping.is_set():
            try:
                self.turn()
            except Exception:
                log.exception("an error in the loop; the last good frame stays")
                self._stopping.wait(1)
            else:
                self._parts.beat()
                self._sleep()

    def show_first(self) -> None:
        """Put the first picture up before anything else asks for the processor."""
        end = time.monotonic() + FIRST_PICTURE_SECONDS
        self.turn()
        while self._parts.glass.on is None and time.monotonic() < end:
            self._parts.doorbell.wait(end - time.monotonic())
            self.turn()

    def turn(self) -> None:
        """One round: messages, what is due, reports."""
        parts = self._parts
        for message in parts.inbox.take_all():
            self._take(message)
        for task in parts.doorbell.tasks():
            task()
        parts.intake.look_again()
        parts.timekeeping.tend()
        parts.orders.tend()
        self._decide()
        self._show()
        self._light()
        parts.output.breathe()
        parts.last_frame.tend()
        parts.brightness.tend()
        try:
            self._tell_in = parts.telling.tell(self._after)
        except Exception as error:  # noqa: BLE001 - a report that can't be made is no reason to stop
            self._tell_in = LONGEST_SLEEP
            parts.troubles.of("report", f"a report could not be made: {error}")
        else:
            parts.troubles.over("report")

    def blob_arrived(self, sha256: str) -> None:
        """A download is in the cache (main thread)."""
        self._parts.supply.blob_arrived(sha256)
        self._parts.pictures.forget_trouble(sha256)
        self._parts.repertoire.arrivals += 1

    def _take(self, message: Message) -> None:
        if message.topic in {CONNECTED, DISCONNECTED}:
            self._parts.telling.connected(message.topic == CONNECTED)
        elif kind := self._parts.intake.kind_of(message.topic):
            self._take_sealed(kind, message)
        elif "/pages/" in message.topic and not self._parts.papers.retired:
            self._take_page(message.topic.rpartition("/")[2], message.payload)

    def _take_sealed(self, kind: Kind, message: Message) -> None:
        if kind is Kind.COMMAND and message.retain:
            self._parts.troubles.note("a command that a broker has kept is not carried out")
            return
        accepted = self._parts.intake.receive(kind, message.payload, stored=message.retain)
        if accepted:
            self._parts.telling.changed()
            self._stale = True
            if isinstance(accepted.document, Command):
                self._parts.orders.obey(accepted.document, self._showing)

    def _take_page(self, sha256: str, content: bytes) -> None:
        if self._parts.supply.page_arrived(sha256, content):
            self._parts.pictures.forget_trouble(sha256)
            self._parts.repertoire.arrivals += 1
            self._parts.telling.page_came()
        else:
            self._parts.troubles.note(f"a page came that is not {sha256[:12]}")

    def _decide(self) -> None:
        """Work out what is due, when something has changed or its time is over."""
        parts, now, steady = self._parts, self._parts.time.now(), self._parts.time.steady()
        if parts.repertoire.refresh() or self._is_over(now, steady):
            self._stale = True
        if not self._stale:
            return
        self._stale = False
        self._decided_at = (now, steady)
        holdings = parts.repertoire.holdings
        self._showing, self._after = self._due.now(holdings)
        alerts = not parts.papers.retired
        parts.selection.make_ready(self._showing, self._after, holdings, alerts=alerts)

    def _is_over(self, now: int, steady: float) -> bool:
        """Say whether what is showing has to be decided anew: by either clock, should one jump."""
        if self._showing is None or self._due.has_changed():
            return True
        decided, decided_steady = self._decided_at
        lasts = self._showing.until - decided
        return not 0 <= now - decided < lasts or steady - decided_steady >= lasts

    def _show(self) -> None:
        """Put what is due on the glass, once its pictures are ready."""
        parts, showing = self._parts, self._showing
        if showing is None:
            return
        parts.projection.make_ready(showing, self._after)
        manifest = parts.repertoire.holdings.manifest
        audible = manifest is not None and manifest.sound
        scene = parts.selection.scene_of(showing, audible=audible)
        if scene is None:
            return
        if over := parts.orders.over(showing):
            scene, showing = over
        before = parts.glass.on.source if parts.glass.on else ""
        if parts.glass.show(scene, showing):
            if scene.source in {"alert", "drill", "bulletin"}:
                now = parts.time.now()
                parts.intake.note_presented(showing.reason, showing.revision, now)
                self._stale = True  # after an alert that was shown comes its green page
            parts.telling.presented(scene, before)
            parts.last_frame.presented(scene)

    def _light(self) -> None:
        """The panel follows the glass: an alert wakes it, and afterwards it is dark again."""
        parts, manifest = self._parts, self._parts.repertoire.holdings.manifest
        hours, volume = manifest.panel if manifest else None, None
        if manifest and hours:
            volume = hours.volume_at(parts.time.now(), manifest.utc_offsets)
        on = parts.glass.on is None or parts.glass.on.item != BLANK
        parts.panel.want(on, volume)

    def _sleep(self) -> None:
        """Until something must change, or somebody rings."""
        parts, now = self._parts, self._parts.time.exact()
        seconds = min(LONGEST_SLEEP, parts.output.patience, self._tell_in)
        if self._showing:
            seconds = min(seconds, (self._showing.until - now) / SECOND)
        seconds = min(seconds, (parts.glass.changes_at() - now) / SECOND)
        if parts.glass.moves():
            rate = parts.output.rate
            frame = (math.floor(now * rate / SECOND) + 1) * SECOND / rate
            seconds = min(seconds, (frame - now) / SECOND)
        if not self._stopping.is_set():
            parts.doorbell.wait(seconds)
