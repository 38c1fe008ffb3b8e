"""The player over time and through faults: memory over 100,000 changes, black frames, what dies."""

import os
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from bench.player import virtual_screen
from players.assembly import Assembled, assemble
from players.contract import topics
from players.outputs import OUTPUTS
from players.settings import read_settings
from tests.doubles import RecordingOutput, SimulatedController, StillClock, until
from tests.players.upkeep.test_watchdog import Eyes, Watched

CHANGES = 100_000
WARM_UP = 20_000
SLIDES = ("orange", "purple", "teal", "gold", "brown")
KILLS = 5

Row = tuple[str, float, str]


def run() -> list[dict[str, Any]]:
    """Memory in bytes a change (slope of RSS), looks at the glass, and the black ones."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        results = changes(Path(folder))
    if shutil.which("Xvfb"):
        with virtual_screen() as display, tempfile.TemporaryDirectory() as folder:
            os.environ["DISPLAY"] = display
            results += faults(display, Path(folder))
    return [
        {"bench": "soak", "metric": metric, "value": value, "unit": unit, "peer": None}
        for metric, value, unit in results
    ]


def changes(folder: Path) -> list[Row]:
    """Change the item 100,000 times while time is injected, each picture decoded anew."""
    clock, controller = StillClock(), SimulatedController()
    controller.now = lambda: int(clock.system())
    settings = controller.settings(folder, controller=controller.serve())
    output = RecordingOutput()
    assembled = assemble(read_settings(settings, OUTPUTS), clock=clock, output=output)
    assembled.pictures.start()
    assembled.errands.start()
    assembled.downloader.start(assembled.arrivals)
    slides = [controller.slide(name, name, 1) for name in SLIDES]
    parts = assembled.player._parts  # noqa: SLF001 - a bench looks where a player looks
    parts.intake.receive(parts.intake.kind_of(topics.keys("pleiku")), controller.key_list())
    manifest = controller.manifest(controller.entry(*slides))
    parts.intake.receive(parts.intake.kind_of(topics.manifest("pleiku", "hoa-lu")), manifest)
    _turn_until(assembled, lambda: bool(output.shown) and output.items[-1] in SLIDES)
    began = time.process_time()
    sizes = _memory_while_changing(assembled, clock, output)
    spent = time.process_time() - began
    assembled.stop()
    controller.close()
    slope = statistics.linear_regression(*zip(*sizes, strict=True)).slope
    return [
        ("memory gained, slope of RSS", slope, "bytes a change"),
        ("memory at the end (RSS)", sizes[-1][1] / 1e6, "MB"),
        ("changes of item", float(CHANGES), ""),
        ("processor for one change", spent / CHANGES * 1000, "ms"),
    ]


def _memory_while_changing(
    assembled: Assembled, clock: StillClock, output: RecordingOutput
) -> list[tuple[float, float]]:
    own, sizes = psutil.Process(), []
    for number in range(CHANGES):
        before = output.items[-1]
        clock.passes(1000)
        _turn_until(assembled, lambda: output.items[-1] != before)  # noqa: B023 - called at once
        del output.shown[:-1]
        if number >= WARM_UP and number % 2_000 == 0:
            sizes.append((float(number), float(own.memory_info().rss)))
    return sizes


def _turn_until(assembled: Assembled, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assembled.player.turn()
        if not holds():
            assembled.player._parts.doorbell.wait(0.005)  # noqa: SLF001 - as above
        if time.monotonic() > end:
            raise TimeoutError("the player does not change its item")


def faults(display: str, folder: Path) -> list[Row]:
    """Look at a player's window all the time while everything goes wrong, one after the other."""
    watched = Watched(folder)
    watched.presents("orange", "purple", seconds=1)
    watched.start(output={"kind": "window", "x": 300, "y": 200})
    until(lambda: (s := watched.last_status()) and s.showing and s.showing.item == "orange", 60)
    eyes = Eyes(display)
    time.sleep(3)
    eyes.colours.clear()
    looks = eyes.looks
    try:
        for fault in (_garbage, _broken_blobs, _alert, _link_dies, _dies, _dies_often, _hangs):
            fault(watched)
            until(lambda: eyes.glass().getpixel((10, 10)) in {(255, 165, 0), (128, 0, 128)}, 60)
        _everything_is_gone(watched)
        time.sleep(4)
    finally:
        eyes.close()
        watched.process.terminate()
        watched.process.wait(timeout=30)
        watched.close()
    black = sum(1 for colour in eyes.colours if max(colour) == 0)
    expected = {(255, 165, 0), (128, 0, 128), (255, 0, 0)}
    return [
        ("looks at the glass through all faults", float(eyes.looks - looks), ""),
        ("black in any of them", float(black), ""),
        ("colours that no picture has", float(len(eyes.colours - expected)), ""),
    ]


def _garbage(watched: Watched) -> None:
    controller = watched.controller
    for number in range(200):
        for topic in (topics.manifest("pleiku", "hoa-lu"), topics.beat("pleiku")):
            controller.publish(topic, os.urandom(300) + bytes([number]), retain=False)
    stranger = SimulatedController()
    controller.publish(topics.manifest("pleiku", "hoa-lu"), stranger.manifest(), retain=False)
    controller.publish(topics.manifest("pleiku", "hoa-lu"), b"x" * 3_000_000, retain=False)


def _broken_blobs(watched: Watched) -> None:
    controller = watched.controller
    good = [controller.slide(name, name, 1) for name in ("orange", "purple")]
    page = controller.blob(b"<html>Sign in</html>", "image/png", (64, 32))
    spoilt = controller.slide("teal", "teal")
    controller.spoilt[spoilt.blob.sha256] = b"x" * spoilt.blob.bytes
    broken = type(spoilt)(id="page", blob=page, seconds=1)
    controller.publish_manifest(controller.entry(*good, broken))
    controller.publish_manifest(controller.entry(*good, spoilt))
    time.sleep(2)
    controller.publish_manifest(controller.entry(*good))


def _alert(watched: Watched) -> None:
    watched.controller.publish_alerts(watched.controller.alert())
    until(lambda: watched.last_status().showing.source == "alert", 30)
    watched.controller.publish_alerts()


def _link_dies(watched: Watched) -> None:
    os.kill(watched.link().pid, signal.SIGKILL)


def _dies(watched: Watched) -> None:
    _kill(watched)


def _dies_often(watched: Watched) -> None:
    for _ in range(KILLS):
        _kill(watched)


def _kill(watched: Watched) -> None:
    pid = until(watched.player, 60)
    os.kill(pid, signal.SIGKILL)
    watched.another_than(pid)


def _hangs(watched: Watched) -> None:
    began = watched.controller.now()
    until(lambda: watched.last_status().at > began, 60)  # it lives: before that it may take longer
    pid = until(watched.player, 60)
    os.kill(pid, signal.SIGSTOP)
    watched.another_than(pid)


def _everything_is_gone(watched: Watched) -> None:
    watched.stop_broker()
    watched.controller.close()
    _kill(watched)
