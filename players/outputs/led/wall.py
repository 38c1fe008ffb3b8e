"""The `led_wall` output: pictures to the panels of one wall, through any of the protocols."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image

from players.outputs import OutputReport, Picture, Scene
from players.outputs.composing import decode
from players.outputs.led import sacn
from players.outputs.led.artnet import ArtNet
from players.outputs.led.budget import budget_of
from players.outputs.led.colorlight import ColorLight
from players.outputs.led.colour import Colour
from players.outputs.led.compositor import Compositor
from players.outputs.led.ddp import Ddp
from players.outputs.led.packets import Burst, Bytes, Encoder
from players.outputs.led.pixel_map import PixelMap
from players.outputs.led.sacn import Sacn
from players.outputs.led.sender import KEEP_ALIVE_SECONDS, Sender
from players.outputs.led.settings import LedSettings
from players.outputs.led.transport import Multicast, RawEthernet, Transport, Udp
from players.outputs.led.wiring import panels_of

PICTURE_FPS: Final = 30
"""Frames a second of what moves and is no ticker: more is not seen on panels, and costs."""
CID_FILE: Final = "led-cid"


class LedWall:
    """`width` x `height` are the pixels of the picture; the wiring says which panel shows which.

    Still, it costs two small frames a second, sent by a thread of its own.
    """

    kind = "led_wall"
    patience = 3600.0

    def __init__(
        self, settings: LedSettings, width: int, height: int, *, name: str, state: Path
    ) -> None:
        self.width, self.height = width, height
        self._settings = settings
        self.rate = settings.fps  # changes with what is shown
        panels = panels_of(settings.wiring, width, height)
        order = settings.colour_order
        self._map = PixelMap(panels, settings.wiring.pixels, order, width, height)
        self._colour = Colour(settings)
        self._encoder = _encoder(settings, width, height, self._map.pixels, name, state)
        self._compositor = Compositor(width, height)
        self._frame: Bytes | None = None
        self._budget = budget_of(settings, self._map.pixels, width)
        self._transport = _transport(settings, self._encoder.port)
        self._sender = Sender(
            self._transport,
            self._packets,
            self._encoder.farewell,
            again_after=1 / settings.fps if settings.dither else KEEP_ALIVE_SECONDS,
        )

    def prepare(self, encoded: bytes) -> Picture:
        image = decode(encoded)
        return Picture(hashlib.sha256(encoded).hexdigest(), *image.size, encoded)

    def show(self, scene: Scene, moment: int) -> None:
        runs = scene.strip is not None and scene.ticker is not None
        self.rate = self._settings.fps if runs else min(self._settings.fps, PICTURE_FPS)
        frame = self._compositor.frame(scene, moment)
        self._sender.offer(frame, 1 / self.rate if scene.moves() else 0)

    def breathe(self) -> None:
        """The sending thread keeps the receiver awake."""

    def grab(self) -> Callable[[], Image.Image]:
        """What was sent last, before it was made fit for the panels: as people see it."""
        sent = self._sender.sent
        size = self.width, self.height
        return lambda: Image.new("RGB", size) if sent is None else Image.fromarray(sent)

    def dim(self, brightness: float) -> None:
        """How bright, from 0 to 1: by the receiving card where it can, in the pixels elsewhere."""
        if isinstance(self._encoder, ColorLight):
            self._encoder.dim(brightness)
        else:
            self._colour.brightness = brightness
        self._sender.again()

    def report(self) -> OutputReport:
        tally, budget = self._sender.tally, self._budget
        fps = tally.fps(time.monotonic())
        mbit = budget.bytes * 8 * fps / 1e6
        return OutputReport(
            frames=tally.frames,
            packets=tally.packets,
            bytes=tally.bytes,
            late=tally.late + tally.left_out,
            errors=tally.errors,
            fps=fps,
            link_percent=round(mbit / self._settings.link_mbit * 100),
            trouble=tally.trouble,
        )

    def close(self) -> None:
        """The last picture is what receivers make of silence; sACN ones are told to let go."""
        self._sender.stop()

    def _packets(self, picture: Bytes, number: int) -> list[Burst]:
        coloured = self._colour.apply(picture, number)
        return self._encoder.encode(self._map.apply(coloured), number)


def _encoder(
    settings: LedSettings, width: int, height: int, pixels: int, name: str, state: Path
) -> Encoder:
    match settings.protocol:
        case "ddp":
            return Ddp(pixels)
        case "sacn":
            return Sacn(
                pixels,
                first=settings.universe,
                cid=kept_cid(state / CID_FILE),
                name=name,
                priority=settings.priority,
                sync_universe=settings.sync_universe,
            )
        case "artnet":
            return ArtNet(pixels, first=settings.universe)
        case "colorlight":
            return ColorLight(width, height)


def _transport(settings: LedSettings, port: int) -> Transport:
    if settings.protocol == "colorlight":
        return RawEthernet(settings.target)
    if settings.multicast:
        return Multicast(sacn.multicast_group, settings.universe, settings.sync_universe, port)
    host, _, own_port = settings.target.partition(":")
    return Udp(host, int(own_port or port))


def kept_cid(path: Path) -> bytes:
    """The 16 bytes by which sACN receivers know this player, made once and kept."""
    try:
        kept = bytes.fromhex(path.read_text())
        if len(kept) == 16:
            return kept
    except (OSError, ValueError):
        pass
    made = uuid.uuid4().bytes
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.hex())
    except OSError:
        pass  # a disk that can't be written: receivers mix for 2.5 s after a restart, that is all
    return made
