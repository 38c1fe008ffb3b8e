"""The way of a picture to one receiver: cut out, coloured, put in order, packed, sent."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from players.files import DISK
from players.outputs.led import sacn
from players.outputs.led.artnet import ArtNet
from players.outputs.led.colorlight import ColorLight
from players.outputs.led.colour import Colour
from players.outputs.led.ddp import Ddp
from players.outputs.led.packets import Bytes, Encoder
from players.outputs.led.pixel_map import PixelMap
from players.outputs.led.sacn import Sacn
from players.outputs.led.settings import LedSettings
from players.outputs.led.transport import Multicast, RawEthernet, Transport, Udp
from players.outputs.led.wiring import area_of, panels_of

CID_FILE: Final = "led-cid"


class Sent(NamedTuple):
    """What a frame took, and why a receiver did not get it."""

    packets: int
    bytes: int
    trouble: str = ""


class Line:
    """To one receiver; all but `dim` belong to the sending thread."""

    def __init__(
        self, settings: LedSettings, width: int, height: int, *, name: str, state: Path
    ) -> None:
        self.target = settings.target
        area, wiring = area_of(settings, width, height), settings.wiring
        panels = panels_of(wiring, area.width, area.height)
        order = settings.colour_order
        self._rows = slice(area.y, area.y + area.height)
        self._columns = slice(area.x, area.x + area.width)
        self._map = PixelMap(panels, wiring.pixels, order, area.width, area.height)
        self._colour = Colour(settings)
        self._dims = settings.brightness == "sun"
        self._encoder = _encoder(settings, area.width, area.height, self._map.pixels, name, state)
        self._transport = _transport(settings, self._encoder.port)

    def dim(self, brightness: float) -> None:
        """By the receiving card where it can, in the pixels elsewhere."""
        if not self._dims:
            return
        if isinstance(self._encoder, ColorLight):
            self._encoder.dim(brightness)
        else:
            self._colour.brightness = brightness

    def changes(self) -> bool:
        """Say whether the same picture will look otherwise in the next frame."""
        return self._colour.changes()

    def send(self, picture: Bytes, number: int) -> Sent:
        """Send the part of `picture` that this receiver shows. Raises OSError."""
        part = picture[self._rows, self._columns]
        pixels = self._map.apply(self._colour.apply(part, number))
        bursts = self._encoder.encode(pixels, number)
        self._transport.send(bursts)
        return Sent(
            sum(burst.packets for burst in bursts), sum(len(burst.data) for burst in bursts)
        )

    def say_goodbye(self, number: int) -> None:
        """Send the last words. Raises OSError."""
        for bursts in self._encoder.farewell(number):
            self._transport.send(bursts)

    def close(self) -> None:
        """Let go of the socket."""
        self._transport.close()


class Lines:
    """All receivers of a wall as one: what one does not get keeps nothing from the others."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def changes(self) -> bool:
        return any(line.changes() for line in self._lines)

    def send(self, picture: Bytes, number: int) -> Sent:
        """Send to each."""
        packets, size, trouble = 0, 0, ""
        for line in self._lines:
            try:
                sent = line.send(picture, number)
            except OSError as error:
                trouble = trouble or f"{line.target}: {error}"
            else:
                packets, size = packets + sent.packets, size + sent.bytes
        return Sent(packets, size, trouble)

    def dim(self, brightness: float) -> None:
        for line in self._lines:
            line.dim(brightness)

    def say_goodbye(self, number: int) -> None:
        for line in self._lines:
            with contextlib.suppress(OSError):  # it is gone already
                line.say_goodbye(number)

    def close(self) -> None:
        for line in self._lines:
            line.close()


def lines_of(
    receivers: Sequence[LedSettings], width: int, height: int, *, name: str, state: Path
) -> Lines:
    """The ways to all receivers of a wall of `width` x `height` pixels."""
    return Lines([Line(receiver, width, height, name=name, state=state) for receiver in receivers])


def _encoder(
    settings: LedSettings, width: int, height: int, pixels: int, name: str, state: Path
) -> Encoder:
    match settings.protocol:
        case "ddp":
            return Ddp(pixels)
        case "sacn":
            return Sacn(
                pixels,
                first=settings.first_universe,
                cid=kept_cid(state / CID_FILE),
                name=name,
                priority=settings.priority,
                sync_universe=settings.sync_universe,
            )
        case "artnet":
            return ArtNet(pixels, first=settings.first_universe)
        case "colorlight":
            return ColorLight(width, height)


def _transport(settings: LedSettings, port: int) -> Transport:
    if settings.protocol == "colorlight":
        return RawEthernet(settings.target)
    if settings.multicast:
        return Multicast(
            sacn.multicast_group, settings.first_universe, settings.sync_universe, port
        )
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
        DISK.make_folder(path.parent)
        DISK.write_durably(path, made.hex().encode())
    except OSError:
        pass  # a disk that can't be written: receivers mix for 2.5 s after a restart, that is all
    return made
