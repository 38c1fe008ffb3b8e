"""What a wall needs of its line: packets, megabits, percent; more than 85 % is refused.

UDP gives a sender no sign of loss, so this is worked out before anything is sent.
"""

import math
from dataclasses import dataclass
from typing import Final

from players.outputs.led.settings import LedSettings

MOST_PERCENT: Final = 85
ETHERNET: Final = 38
"""Bytes around each packet on the wire: preamble, header, check sum, gap."""
UDP_AND_IP: Final = 28
CHANNELS: Final = 3
"""Bytes of a pixel."""


@dataclass(frozen=True)
class Shape:
    """How a protocol cuts a frame: bytes of a header, most bytes of pixels behind it, and the bytes
    of what it sends once a frame.
    """

    header: int
    data: int
    per_frame: int = 0


DDP: Final = Shape(10, 1440)
SACN: Final = Shape(126, 510)
"""170 whole pixels; the last two slots of a universe stay free."""
ARTNET: Final = Shape(18, 510, 14)
COLORLIGHT: Final = Shape(21, 497 * CHANNELS, 112)
SHAPES: Final = {"ddp": DDP, "sacn": SACN, "artnet": ARTNET, "colorlight": COLORLIGHT}
UDP_PORTS: Final = {"ddp": 4048, "sacn": 5568, "artnet": 6454}
MOST_UNIVERSE: Final = {"sacn": 63999, "artnet": 32767}
COLORLIGHT_FPS: Final = 50
"""Receiving cards stutter beyond it."""


class TooMuch(ValueError):
    """One sentence: the line, a universe or the receiver can't take this wall."""


@dataclass(frozen=True)
class Budget:
    """`packets` and `bytes` (on the wire) of a frame; `mbit` and `percent` at `fps` of them."""

    packets: int
    bytes: int
    fps: int
    mbit: float
    percent: float


def budget_of(settings: LedSettings, pixels: int, row: int) -> Budget:
    """What `pixels` pixels need, `row` of them in a row."""
    shape = SHAPES[settings.protocol]
    packets = packets_of(settings.protocol, pixels, row)
    around = ETHERNET if settings.protocol == "colorlight" else ETHERNET + UDP_AND_IP
    if settings.protocol == "colorlight":
        around = ETHERNET - 14  # its header counts the addresses of the frame already
    extra = shape.per_frame or (49 if settings.sync_universe else 0)
    size = packets * (shape.header + around) + pixels * CHANNELS
    size += extra + around if extra else 0
    mbit = size * 8 * settings.fps / 1e6
    percent = mbit / settings.link_mbit * 100
    return Budget(packets + bool(extra), size, settings.fps, mbit, percent)


def packets_of(protocol: str, pixels: int, row: int) -> int:
    """How many packets carry the pixels of a frame."""
    data = SHAPES[protocol].data
    if protocol == "colorlight":
        return pixels // row * math.ceil(row * CHANNELS / data)
    return math.ceil(pixels * CHANNELS / data)


def check_budget(settings: LedSettings, pixels: int, row: int) -> Budget:
    """The budget, when the wall fits line, universes and receiver. Raises `TooMuch`."""
    budget = budget_of(settings, pixels, row)
    if budget.percent > MOST_PERCENT:
        fits = math.floor(settings.fps * MOST_PERCENT / budget.percent)
        thriftier = "" if settings.protocol == "ddp" else " or ddp, which needs least"
        slower = f"set fps to {fits}, or " if fits >= 1 else ""
        raise TooMuch(
            f"{settings.fps} frames a second need {budget.mbit:.0f} Mbit/s, {budget.percent:.0f} % "
            f"of a line of {settings.link_mbit} Mbit/s, and more than {MOST_PERCENT} % loses "
            f"packets unnoticed: {slower}use a faster line{thriftier}"
        )
    most = MOST_UNIVERSE.get(settings.protocol)
    last = settings.first_universe + packets_of(settings.protocol, pixels, row) - 1
    if most is not None and last > most:
        raise TooMuch(
            f"universe: the last one would be {last}, and {settings.protocol} ends at {most}: "
            "begin lower"
        )
    if settings.protocol == "sacn" and settings.first_universe < 1:
        raise TooMuch("universe: sacn counts from 1")
    if settings.protocol == "colorlight" and settings.fps > COLORLIGHT_FPS:
        raise TooMuch(f"fps: colorlight cards stutter above {COLORLIGHT_FPS}; set fps to 30")
    return budget
