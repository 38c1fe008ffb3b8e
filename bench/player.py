"""The player: start to the first slide, the cost of standing still, alerts from send to glass."""

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from PIL import Image, ImageDraw, ImageFont

from players.contract import topics
from players.contract.alerts import Page
from players.contract.types import BlobRef
from tests.broker import start_broker
from tests.doubles import SimulatedController, png, until

SIZE = (1920, 1080)
STARTS = 5
STILL_SECONDS = 15.0
ALERTS = 15
TICKER_SECONDS = 10.0
ROOT = Path(__file__).parents[1]


def run() -> list[dict[str, Any]]:
    """Times in milliseconds (median and worst), processor in percent of one core, memory in MB."""
    with tempfile.TemporaryDirectory() as folder, surroundings(Path(folder)) as player:
        results = starts(player) + standing_still(player, "png_folder")
        if shutil.which("Xvfb"):
            with virtual_screen() as display:
                player.on_screen(display)
                results += standing_still(player, "window") + alerts(player) + ticker(player)
    return [
        {"bench": "player", "metric": metric, "value": value, "unit": unit, "peer": None}
        for metric, value, unit in results
    ]


Row = tuple[str, float, str]


class Player:
    """A player process at 1920x1080 with its broker and controller."""

    def __init__(self, folder: Path, controller: SimulatedController, host: str, port: int) -> None:
        self.folder, self.controller = folder, controller
        self.address = controller.serve()
        self.broker = {"host": host, "port": port}
        self.output: dict[str, Any] = {"kind": "png_folder", "folder": "glass"}
        self.environment = dict(os.environ)
        self.process: subprocess.Popen[bytes] | None = None

    def on_screen(self, display: str) -> None:
        self.output = {"kind": "window", "x": 0, "y": 0}
        self.environment["DISPLAY"] = display

    def start(self) -> float:
        """Start it; gives the moment (Unix seconds) of the start."""
        path = self.controller.settings(
            self.folder, broker=self.broker, controller=self.address, output=self.output
        )
        began = time.time()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "players", "run", "--config", str(path)],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        return began

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def processes(self) -> list[psutil.Process]:
        assert self.process
        watchdog = psutil.Process(self.process.pid)
        others = watchdog.children(recursive=True)
        player = next(one for one in others if "play" in one.cmdline())
        return [player, watchdog, *(one for one in others if one.pid != player.pid)]


@contextmanager
def surroundings(folder: Path) -> Iterator[Player]:
    """Give a player that is not started, with one slide scheduled all day."""
    host, port, stop = start_broker()
    controller = SimulatedController()
    controller.size = SIZE
    controller.connect(host, port)
    controller.publish_keys()
    controller.publish_manifest(controller.entry(controller.slide("slide", "teal", 3600)))
    player = Player(folder, controller, host, port)
    try:
        yield player
    finally:
        player.stop()
        controller.close()
        stop()


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Give the DISPLAY of an X server without a monitor."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1920x1080x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def starts(player: Player) -> list[Row]:
    """From the start of the process to the first slide on the glass, out of the cache."""
    glass = player.folder / "glass"
    player.start()
    changes = glass / "glass.jsonl"
    until(lambda: changes.exists() and '"slide"' in changes.read_text())
    time.sleep(1)
    player.stop()
    took, first = [], glass / "current.png"
    for _ in range(STARTS):
        shutil.rmtree(glass)
        began = player.start()
        until(first.exists)
        took.append((first.stat().st_mtime - began) * 1000)
        player.stop()
    return [
        ("start to the first slide from the cache", statistics.median(took), "ms"),
        ("the slowest of five starts", max(took), "ms"),
    ]


def standing_still(player: Player, output: str) -> list[Row]:
    """Processor and memory of player and link while one slide stands."""
    player.start()
    time.sleep(6)
    processes = player.processes()
    before = [sum(process.cpu_times()[:2]) for process in processes]
    time.sleep(STILL_SECONDS)
    used = [
        (sum(process.cpu_times()[:2]) - was) / STILL_SECONDS * 100
        for process, was in zip(processes, before, strict=True)
    ]
    memory = [process.memory_info().rss / 1e6 for process in processes]
    player.stop()
    return [
        (f"processor on a still slide, {output}", used[0], "% of a core"),
        (f"processor of its link and watchdog, {output}", sum(used[1:]), "% of a core"),
        (f"memory (RSS), {output}", memory[0], "MB"),
        (f"memory of its link and watchdog, {output}", sum(memory[1:]), "MB"),
    ]


def alerts(player: Player) -> list[Row]:
    """From handing an alert to the broker to its page presented in a window of 1920x1080."""
    player.start()
    controller = player.controller
    until(lambda: any(s.showing and s.showing.item == "slide" for s in controller.statuses(3)))
    time.sleep(2)
    rows: list[Row] = []
    for kind, ahead in (("armed", 1.0), ("page pushed with it", 0.0)):
        took = [one_alert(controller, number, kind, ahead) for number in range(ALERTS)]
        rows.append((f"alert sent to presented, {kind}", statistics.median(took), "ms"))
        rows.append((f"the slowest of {ALERTS}, {kind}", max(took), "ms"))
    player.stop()
    return rows


def one_alert(controller: SimulatedController, number: int, kind: str, ahead: float) -> float:
    """Raise one alert, its page `ahead` seconds before; gives the time in ms, then ends it."""
    page = alert_page(controller, f"{kind} {number}")
    name = f"{kind[:5].strip()}-{number}"
    alert = controller.alert(id=name, pages=[Page(blob=page, seconds=60)])
    sealed = controller.alerts(alert)
    topic = topics.page(controller.fleet, controller.profile, page.sha256)
    began = time.time() * 1000
    controller.publish(topic, controller.blobs[page.sha256])
    if ahead:
        time.sleep(ahead)
        began = time.time() * 1000
    controller.publish(topics.alerts(controller.fleet, controller.profile), sealed)
    shown = until(
        lambda: [
            told.presented_at
            for status in controller.statuses(3)
            for told in status.alerts
            if told.id == name and told.presented_at
        ]
    )[0]
    controller.publish_alerts()
    time.sleep(0.2)
    return float(shown) - began


def alert_page(controller: SimulatedController, words: str) -> BlobRef:
    """A page as the controller renders it: few colours, large letters on a plain ground."""
    picture = Image.new("RGB", SIZE, (176, 0, 16))
    face = ImageFont.load_default(120)
    for line in range(7):
        ImageDraw.Draw(picture).text((80, 60 + 140 * line), f"{words} {line}", font=face)
    file = io.BytesIO()
    picture.quantize(16).save(file, "PNG")
    return controller.blob(file.getvalue(), "image/png", SIZE)


def ticker(player: Player) -> list[Row]:
    """Frames a second while a strip of 96 pixels runs at 60 Hz, and what that costs."""
    controller = player.controller
    strip = controller.ticker(png("white", (4000, 96)), step=2)
    slide = controller.slide("moving", "teal", 3600, size=(SIZE[0], SIZE[1] - 96))
    controller.publish_manifest(controller.entry(slide, ticker=strip))
    player.start()
    first = frames(controller)
    process = player.processes()[0]
    before = sum(process.cpu_times()[:2])
    time.sleep(TICKER_SECONDS)
    used = (sum(process.cpu_times()[:2]) - before) / TICKER_SECONDS * 100
    last = frames(controller)
    player.stop()
    rate = (last[1] - first[1]) / (last[0] - first[0]) * 1000
    return [
        ("frames a second of a ticker, window", rate, "of 60"),
        ("processor while it runs", used, "% of a core"),
    ]


def frames(controller: SimulatedController) -> tuple[int, int]:
    """When a new status was made, and how many frames had been presented by then."""
    began = controller.now()
    controller.publish(topics.beat(controller.fleet), b"a broken beat makes a player tell")
    status = until(
        lambda: [
            status
            for status in controller.statuses(3)
            if status.at > began and status.showing and status.showing.item == "moving"
        ]
    )[-1]
    return status.at, status.health.frames
