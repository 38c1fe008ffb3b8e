"""The `led_wall` output: pictures to the receivers of one wall, through any of the protocols."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from players.outputs import OutputReport, Picture, Scene
from players.outputs.composing import decode
from players.outputs.led.checking import budgets_of
from players.outputs.led.compositor import Compositor
from players.outputs.led.held import Held
from players.outputs.led.line import lines_of
from players.outputs.led.sender import Sender
from players.outputs.led.settings import LedSettings

PICTURE_FPS: Final = 30
"""Frames a second of what moves and is no ticker: more is not seen on panels, and costs."""


class LedWall:
    """`width` x `height` are the pixels of the picture; each receiver shows its area of it.

    Still, it costs two small frames a second, sent by a thread of its own.
    """

    kind = "led_wall"
    patience = 3600.0

    def __init__(
        self, receivers: Sequence[LedSettings], width: int, height: int, *, name: str, state: Path
    ) -> None:
        self.width, self.height = width, height
        self._fps = min(receiver.fps for receiver in receivers)
        self.rate = self._fps  # changes with what is shown
        budgets = budgets_of(receivers, width, height)
        self._percent_of_a_frame = max(budget.percent / budget.fps for budget in budgets)
        self._compositor = Compositor(width, height)
        self._lines = lines_of(receivers, width, height, name=name, state=state)
        self._sender = Sender(self._lines)
        self._state = state
        self._held: Held | None = None

    def outlive(self) -> None:
        """Before the first picture: have a keeper go on with the last one. Raises `OSError`."""
        self._held = Held(self._state, self.width, self.height)
        self._sender.outlive(self._held)

    def prepare(self, encoded: bytes) -> Picture:
        image = decode(encoded)
        return Picture(hashlib.sha256(encoded).hexdigest(), *image.size, encoded)

    def show(self, scene: Scene, moment: int) -> None:
        runs = scene.strip is not None and scene.ticker is not None
        self.rate = self._fps if runs else min(self._fps, PICTURE_FPS)
        frame = self._compositor.frame(scene, moment)
        self._sender.offer(frame, 1 / self.rate if scene.moves() else 0)

    def breathe(self) -> None:
        """The sending thread keeps the receivers awake."""

    def grab(self) -> Callable[[], Image.Image]:
        """What was sent last, before it was made fit for the panels: as people see it."""
        newest = self._sender.newest

        def sent() -> Image.Image:
            frame = self._sender.sent_since(newest)
            return (
                Image.new("RGB", (self.width, self.height))
                if frame is None
                else Image.fromarray(frame)
            )

        return sent

    def dim(self, brightness: float) -> None:
        """How bright, from 0 to 1."""
        self._lines.dim(brightness)
        if self._held:
            self._held.dim(brightness)
        self._sender.again()

    def report(self) -> OutputReport:
        """What was sent; `link_percent` is of the fullest line."""
        tally = self._sender.tally
        fps = tally.fps(time.monotonic())
        return OutputReport(
            frames=tally.frames,
            packets=tally.packets,
            bytes=tally.bytes,
            late=tally.late + tally.left_out,
            errors=tally.errors,
            fps=fps,
            link_percent=round(fps * self._percent_of_a_frame),
            trouble=tally.trouble,
        )

    def close(self) -> None:
        """A keeper goes on with the last picture; without one, sACN receivers are told to let go,
        and what others make of silence is their affair.
        """
        self._sender.stop(goodbye=self._held is None)
