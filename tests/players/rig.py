"""A whole player in this process with a still clock and a controller in memory; no link runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from players.assembly import Assembled, assemble
from players.contract import topics
from players.contract.reports import Status
from players.contract.signature import Kind
from players.files import DISK, Disk
from players.link.wire import CONNECTED, Message
from players.outputs import OUTPUTS, Output
from players.settings import read_settings
from tests.doubles import RecordingOutput, SimulatedController, StillClock


class Rig:
    """Feeds messages in by hand and turns the player's loop until something has happened.

    `output` is shown on instead of a list of scenes, with `size` in px.
    """

    def __init__(
        self,
        folder: Path,
        *,
        output: Output | None = None,
        size: tuple[int, int] = (64, 32),
        **settings: Any,
    ) -> None:
        self.folder = folder
        self.clock = StillClock()
        self.controller = SimulatedController(lambda: int(self.controller_clock.system()))
        self.controller_clock = self.clock
        self.address = self.controller.serve()
        self.controller.size = size
        self.settings = settings
        self.output = RecordingOutput()
        self.glass: Output | None = output
        self.disk: Disk = DISK
        self.statuses: list[Status] = []
        self.assembled = self._assemble(self.address)
        self.start()

    def start(self) -> None:
        self.assembled.pictures.start()
        self.assembled.errands.start()
        self.assembled.downloader.start(self.assembled.arrivals)

    def restart(self, *, offline: bool = False, **settings: Any) -> None:
        """End the player and start another on the same folder."""
        self.assembled.stop()
        self.settings |= settings
        self.output = RecordingOutput()
        self.statuses = []
        self.assembled = self._assemble("http://127.0.0.1:1" if offline else self.address)
        self.start()

    def close(self) -> None:
        self.assembled.stop()
        self.controller.close()

    # What comes from outside

    def connects(self) -> None:
        self.assembled.player._parts.inbox.put(Message(CONNECTED, b"1"))
        self.turn()

    def hears(self, topic: str, payload: bytes, *, stored: bool = False) -> None:
        self.assembled.player._parts.inbox.put(Message(topic, payload, stored))
        self.turn()

    def hears_keys(self, sealed: bytes | None = None, **changes: Any) -> None:
        controller = self.controller
        self.hears(topics.keys(controller.fleet), sealed or controller.key_list(**changes))

    def hears_manifest(self, sealed: bytes) -> None:
        self.hears(topics.manifest(self.controller.fleet, self.controller.display), sealed)

    def hears_alerts(self, sealed: bytes) -> None:
        self.hears(topics.alerts(self.controller.fleet, self.controller.profile), sealed)

    def hears_drills(self, sealed: bytes) -> None:
        self.hears(topics.drills(self.controller.fleet, self.controller.profile), sealed)

    def hears_holds(self, sealed: bytes) -> None:
        self.hears(topics.holds(self.controller.fleet, self.controller.profile), sealed)

    def hears_page(self, content: bytes, name: str) -> None:
        self.hears(topics.page(self.controller.fleet, self.controller.profile, name), content)

    def hears_beat(self, sealed: bytes | None = None, *, stored: bool = False) -> None:
        sealed = sealed or self.controller.beat()
        self.hears(topics.beat(self.controller.fleet), sealed, stored=stored)

    def passes(self, milliseconds: float) -> None:
        """Time goes by, and the player notices."""
        self.clock.passes(milliseconds)
        self.settle()

    # What the player does

    def turn(self) -> None:
        self.assembled.player.turn()
        for message in self.assembled.link.outbox.take_all():
            self.controller.received.append((message.topic, message.payload))
            if message.topic.endswith("/status"):
                opened = self.controller.opened(message.payload, Kind.STATUS, Status)
                self.statuses.append(opened)

    def until(self, holds: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Turn the loop until `holds` gives something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turn()
            if found := holds():
                return found
            self.assembled.player._parts.doorbell.wait(0.01)
        raise AssertionError(f"did not happen; on the glass: {self.output.items}, {self.problem}")

    def saves(self) -> None:
        """Wait until everything handed to the disk is done."""
        done = threading.Event()
        self.assembled.errands.run("wait for the disk", done.set)
        self.until(done.is_set)

    def settle(self) -> None:
        """Turn the loop until pictures, downloads and errands have nothing more to do."""
        for _ in range(12):
            self.turn()
            self.assembled.player._parts.doorbell.wait(0.01)

    def shows(self, item: str) -> None:
        """Wait until `item` is on the glass."""
        self.until(lambda: self.item == item)

    @property
    def item(self) -> str:
        return self.output.items[-1] if self.output.shown else ""

    @property
    def colour(self) -> tuple[int, ...]:
        """Colour in the middle of the glass."""
        picture = self.output.grab()()
        found = picture.getpixel((picture.width // 2, picture.height // 2))
        assert isinstance(found, tuple)
        return found

    @property
    def problem(self) -> str:
        return self.assembled.player._parts.troubles.sentence

    @property
    def reason(self) -> str:
        on = self.assembled.player._parts.glass.on
        return on.reason if on else ""

    def _assemble(self, address: str) -> Assembled:
        path = self.controller.settings(self.folder, controller=address, **self.settings)
        settings = read_settings(path, OUTPUTS)
        return assemble(
            settings, clock=self.clock, output=self.glass or self.output, disk=self.disk
        )
