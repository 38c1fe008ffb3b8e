"""The thread that sends: each frame at its moment, the last one again while nothing moves."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Protocol

from players.outputs.led.held import Held
from players.outputs.led.line import Sent
from players.outputs.led.packets import Bytes

KEEP_ALIVE_SECONDS: Final = 0.5
"""Receivers forget a picture after one second (FPP) or 2.5 s (sACN)."""
FIRST_FRAMES: Final = 24
QUICK_SECONDS: Final = 1 / 30
"""The first frames are repeated quickly. A receiver that heard this source before it was killed
takes up to twenty sequence numbers for old ones (E1.31), and the first packets to a new address get
lost while it is looked for.
"""
LATE: Final = 0.5
"""A frame that goes out this part of a frame after its moment is counted as late."""
FOLLOWING: Final = 0.02
"""How quickly the grid of deadlines follows a clock that runs a little faster or slower."""


ON_ITS_WAY: Final = 0.25
"""Seconds in which a frame that was offered has surely been sent."""


class Pace:
    """A steady grid of deadlines, half a frame behind the moments at which frames come in."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def due(self, arrived: float, interval: float) -> float:
        """When to send the frame that came in at `arrived` (seconds); at once after a pause."""
        expected = self._last + interval
        late = arrived + interval / 2 - expected
        if -interval / 2 <= late <= interval / 2:
            self._last = expected + late * FOLLOWING
        elif -1.5 * interval <= late <= 1.5 * interval:
            self._last = arrived + interval / 2  # one frame left out, or one too many
        else:
            self._last = arrived
        return self._last


@dataclass
class Tally:
    """What was sent since the start."""

    frames: int = 0
    packets: int = 0
    bytes: int = 0
    late: int = 0
    left_out: int = 0
    errors: int = 0
    trouble: str = ""
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=120))

    def fps(self, now: float) -> int:
        """Frames of the last two seconds, for each second."""
        return round(sum(1 for at in list(self.recent) if now - at <= 2) / 2)


@dataclass(frozen=True)
class Offered:
    """A frame of the compositor; `interval` is the seconds until the next, 0 for a still one."""

    picture: Bytes
    interval: float
    arrived: float


class Ways(Protocol):
    """What the thread sends through."""

    def send(self, picture: Bytes, number: int) -> Sent:
        """Send a frame; `number` counts them from 0."""

    def changes(self) -> bool:
        """Say whether the same picture will look otherwise in the next frame."""

    def say_goodbye(self, number: int) -> None:
        """Tell the receivers that no more will come."""

    def close(self) -> None:
        """Let go of the line."""


class Sender:
    """Newest wins: a frame that was not sent when the next came in is left out and counted."""

    def __init__(self, ways: Ways) -> None:
        self.tally = Tally()
        self.sent: Bytes | None = None
        self.newest: Bytes | None = None
        self._ways = ways
        self._changed = threading.Condition()
        self._offered: Offered | None = None
        self._stopping = False
        self._number = 0
        self._held: Held | None = None
        self._says_goodbye = True
        self._thread = threading.Thread(target=self._run, name="led sender", daemon=True)
        self._thread.start()

    def offer(self, picture: Bytes, interval: float) -> None:
        """Have `picture` (never written again) sent; returns at once."""
        with self._changed:
            if self._offered is not None:
                self.tally.left_out += 1
            self._offered = Offered(picture, interval, time.monotonic())
            self.newest = picture
            self._changed.notify()

    def sent_since(self, picture: Bytes | None) -> Bytes | None:
        """What was sent last, once `picture` was; a moving picture may have overtaken it."""
        with self._changed:
            self._changed.wait_for(lambda: self.sent is picture, timeout=ON_ITS_WAY)
            return self.sent

    def again(self) -> None:
        """Send the last frame once more now: its brightness has changed."""
        if self.sent is not None and self._offered is None:
            self.offer(self.sent, 0)

    def outlive(self, held: Held) -> None:
        """Before the first frame: go on from what `held` has, and leave there what was sent."""
        self._held = held

    def stop(self, *, goodbye: bool = True) -> None:
        """Send what is waiting and the last words (unless somebody goes on), then end."""
        with self._changed:
            self._stopping = True
            self._says_goodbye = goodbye
            self._changed.notify()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        pace = Pace()
        while True:
            with self._changed:
                self._changed.wait_for(self._has_work, timeout=self._again_after())
                offered, self._offered = self._offered, None
                stopping = self._stopping
            if offered is not None:
                self._send_offered(offered, pace)
            elif self.sent is not None and not stopping:
                self._send(self.sent)
            if stopping:
                if self._says_goodbye:
                    self._ways.say_goodbye(self._number)
                self._ways.close()
                return

    def _again_after(self) -> float:
        busy = self._number < FIRST_FRAMES or self._ways.changes()
        return QUICK_SECONDS if busy else KEEP_ALIVE_SECONDS

    def _has_work(self) -> bool:
        return self._offered is not None or self._stopping

    def _send_offered(self, offered: Offered, pace: Pace) -> None:
        if offered.interval:
            due = pace.due(offered.arrived, offered.interval)
            time.sleep(max(0.0, due - time.monotonic()))
            if time.monotonic() - due > LATE * offered.interval:
                self.tally.late += 1
        self._send(offered.picture)
        with self._changed:
            self.sent = offered.picture
            self._changed.notify_all()

    def _send(self, picture: Bytes) -> None:
        tally = self.tally
        if self._held:
            self._number = self._held.number  # its keeper may have sent meanwhile
        try:
            sent = self._ways.send(picture, self._number)
        except Exception as error:  # noqa: BLE001 - nothing may end this thread
            sent = Sent(0, 0, str(error))
        if self._held:
            self._held.sent(picture, self._number)
        self._number += 1
        tally.trouble = sent.trouble
        tally.errors += bool(sent.trouble)
        if sent.packets:
            tally.frames += 1
            tally.packets += sent.packets
            tally.bytes += sent.bytes
            tally.recent.append(time.monotonic())
