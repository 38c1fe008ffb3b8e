"""LED walls: processor time of a frame from picture to socket, beside the libraries at hand."""

from __future__ import annotations

import asyncio
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import sacn
from ddp import ID, DDPConnection, PixelConfig
from numpy.typing import NDArray
from PIL import Image

from players.outputs.led.artnet import ArtNet
from players.outputs.led.budget import UDP_PORTS
from players.outputs.led.ddp import PUSH, Ddp
from players.outputs.led.line import Line
from players.outputs.led.packets import Encoder
from players.outputs.led.sacn import Sacn
from players.outputs.led.settings import Cable, LedSettings, WiringSettings
from players.outputs.led.transport import Udp

BOARDS = ((384, 192), (960, 540))
ROUNDS = 5
SECONDS = 0.3
WINDOWS, FRAMES, SKIPPED = 3, 600, 60
ROOT = Path(__file__).parents[1]
HERE = "127.0.0.1"
Frame = NDArray[np.uint8]


def run() -> list[dict[str, Any]]:
    """Milliseconds of one core a frame (median of five rounds), the socket's reader standing by.

    Ours takes a whole picture through white balance and serpentine wiring; the libraries get the
    bytes as they go out.
    """
    results = []
    for width, height in BOARDS:
        rng = np.random.default_rng(1)
        frames = [rng.integers(0, 256, (height, width, 3), np.uint8) for _ in range(4)]
        size = f"{width}×{height}"
        for protocol, library in (("ddp", "python-led-ddp"), ("sacn", "sacn"), ("artnet", "")):
            ours = _milliseconds(_ours(protocol, frames))
            results.append(_result(f"{protocol}, {size}, whole way", ours))
            bare = _milliseconds(_bare(protocol, frames))
            results.append(_result(f"{protocol}, {size}, packets alone", bare))
            if library:
                theirs = _milliseconds(_theirs(protocol, frames), rounds=3)
                results.append(_result(f"{protocol}, {size}, packets alone", theirs, library))
    return results + _pacing()


def _result(metric: str, value: float, peer: str = "", unit: str = "ms a frame") -> dict[str, Any]:
    return {
        "bench": "led",
        "metric": metric,
        "value": value,
        "unit": unit,
        "peer": peer or None,
    }


def _pacing() -> list[dict[str, Any]]:
    """How evenly the frames of a ticker on 384x192 pixels reach the other end, by DDP."""
    windows = [_intervals() for _ in range(WINDOWS)]
    errors = sorted(float(np.percentile(np.abs(steps - 1 / 60), 99)) * 1000 for steps in windows)
    rates = sorted(float(len(steps) / steps.sum()) for steps in windows)
    return [
        _result(
            "ticker, frames that arrive in a second, median", rates[WINDOWS // 2], unit="of 60"
        ),
        _result("ticker, p99 error of an interval, best", errors[0], unit="ms"),
        _result("ticker, p99 error of an interval, median", errors[WINDOWS // 2], unit="ms"),
    ]


def _intervals() -> NDArray[np.float64]:
    """Seconds between the last packets of frames that `signage-player show` sends."""
    arrived = []
    with (
        TemporaryDirectory() as folder,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reader,
    ):
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        reader.bind((HERE, UDP_PORTS["ddp"]))
        reader.settimeout(10)
        for name, size in (("picture", (384, 168)), ("strip", (1000, 24))):
            Image.effect_noise(size, 90).convert("RGB").save(Path(folder, f"{name}.png"))
        command = [sys.executable, "-m", "players", "show", f"{folder}/picture.png"]
        command += ["--strip", f"{folder}/strip.png", "--output", "ddp", "--target", HERE]
        command += ["--size", "384x192", "--seconds", "30"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as showing:
            while len(arrived) < SKIPPED + FRAMES:
                if reader.recv(2000)[0] & PUSH:
                    arrived.append(time.monotonic())
            showing.terminate()
    return np.diff(np.array(arrived[SKIPPED:]))


def _milliseconds(sending: Any, rounds: int = ROUNDS) -> float:
    with sending as send:
        send(0)
        return statistics.median(_round(send) for _ in range(rounds))


def _round(send: Callable[[int], object]) -> float:
    began, used, count = time.perf_counter(), time.process_time(), 0
    while count < 2 or time.perf_counter() - began < SECONDS:
        send(count)
        count += 1
    return (time.process_time() - used) / count * 1000


@contextmanager
def _reader(port: int) -> Iterator[None]:
    """A socket that takes packets, so that nothing is answered by "nobody there"."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reader:
        reader.bind((HERE, port))
        yield


@contextmanager
def _ours(protocol: str, frames: list[Frame]) -> Iterator[Callable[[int], object]]:
    height, width = frames[0].shape[:2]
    wiring = WiringSettings(panel_width=width // 6, pixels=Cable(serpentine=True))
    settings = LedSettings(
        protocol=protocol,  # type: ignore[arg-type]
        target=HERE,
        white_balance=(100, 90, 80),
        wiring=wiring,
        colour_order="GRB",
    )
    with TemporaryDirectory() as folder, _reader(UDP_PORTS[protocol]):
        line = Line(settings, width, height, name="bench", state=Path(folder))
        yield lambda number: line.send(frames[number % len(frames)], number)
        line.say_goodbye(0)
        line.close()


@contextmanager
def _bare(protocol: str, frames: list[Frame]) -> Iterator[Callable[[int], object]]:
    flat, pixels = [frame.reshape(-1) for frame in frames], frames[0].size // 3
    encoders: dict[str, Callable[[], Encoder]] = {
        "ddp": lambda: Ddp(pixels),
        "sacn": lambda: Sacn(pixels, first=1, cid=bytes(16), name="bench"),
        "artnet": lambda: ArtNet(pixels, first=0),
    }
    encoder = encoders[protocol]()
    transport = Udp(HERE, encoder.port)
    with _reader(encoder.port):
        yield lambda number: transport.send(encoder.encode(flat[number % len(flat)], number))
    transport.close()


@contextmanager
def _theirs(protocol: str, frames: list[Frame]) -> Iterator[Callable[[int], object]]:
    made = [frame.tobytes() for frame in frames]
    with (_ddp_library if protocol == "ddp" else _sacn_library)(made) as send:
        yield send


@contextmanager
def _ddp_library(frames: list[bytes]) -> Iterator[Callable[[int], object]]:
    loop = asyncio.new_event_loop()
    with _reader(4048):
        line = loop.run_until_complete(
            DDPConnection.create(f"{HERE}:4048", PixelConfig.default(), ID.DEFAULT)
        )
        yield lambda number: loop.run_until_complete(line.write(frames[number % len(frames)]))
        loop.run_until_complete(line.close())
    loop.close()


@contextmanager
def _sacn_library(frames: list[bytes]) -> Iterator[Callable[[int], object]]:
    universes = -(-len(frames[0]) // 510)
    parts = [
        [tuple(frame[number * 510 : number * 510 + 510]) for number in range(universes)]
        for frame in frames
    ]
    sender = sacn.sACNsender(bind_address=HERE, universeDiscovery=False)
    sender.manual_flush = True
    sender.start()
    for universe in range(1, universes + 1):
        sender.activate_output(universe)
        sender[universe].destination = HERE

    def send(number: int) -> None:
        for universe, slots in enumerate(parts[number % len(parts)], 1):
            sender[universe].dmx_data = slots
        sender.flush()

    try:
        yield send
    finally:
        sender.stop()
