"""The player as it is installed: a process, a real broker, real HTTP, and a folder as its glass."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageGrab

from players.contract.limits import SECOND
from tests.broker import start_broker
from tests.doubles import SimulatedController, png, until

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.journey


class Installed:
    """A player process and its surroundings."""

    def __init__(self, folder):
        self.folder = folder
        self.host, self.port, self.stop_broker = start_broker()
        self.controller = SimulatedController()
        self.address = self.controller.serve()
        self.controller.connect(self.host, self.port)
        self.controller.publish_keys()
        self.process = None

    def start(self, **changes):
        path = self.controller.settings(
            self.folder,
            broker={"host": self.host, "port": self.port},
            controller=self.address,
            **changes,
        )
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "players", "run", "--config", str(path)],
                cwd=ROOT,
                stderr=log,
            )

    def kill(self):
        self.process.kill()
        self.process.wait()

    def ends_cleanly(self):
        self.process.terminate()
        return self.process.wait(timeout=10) == 0

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        self.controller.close()
        self.stop_broker()

    def changes(self):
        try:
            lines = (self.folder / "glass/glass.jsonl").read_text().splitlines()
        except OSError:
            return []
        return [json.loads(line) for line in lines]

    def shows(self, item):
        return until(lambda: (c := self.changes()) and c[-1]["item"] == item and c[-1], 20)

    def colour(self):
        with Image.open(self.folder / "glass/current.png") as image:
            return image.convert("RGB").getpixel((32, 16))

    def link(self):
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):  # it may end while it is looked at
                if "players.link.mqtt" in child.cmdline():
                    return child
        return None

    def presents(self, *items, seconds=2):
        controller = self.controller
        slides = [controller.slide(item, item, seconds) for item in items]
        controller.publish_manifest(controller.entry(*slides))


@pytest.fixture
def installed(tmp_path):
    installed = Installed(tmp_path)
    yield installed
    installed.close()


def test_a_manifest_reaches_the_glass_and_an_alert_covers_it(installed):
    installed.presents("orange")
    installed.start()
    installed.shows("orange")
    installed.controller.publish_alerts(installed.controller.alert())
    installed.shows("flood.1.1")
    assert installed.colour() == (255, 0, 0)
    installed.controller.publish_alerts(installed.controller.all_clear())
    installed.shows("flood.2.1")
    installed.controller.publish_alerts()
    installed.shows("orange")
    assert installed.ends_cleanly()


def test_after_a_kill_an_offline_start_shows_slide_and_alert_from_the_cache(installed):
    installed.presents("orange")
    installed.start()
    installed.shows("orange")
    now = installed.controller.now()
    alert = installed.controller.alert(expires_at=now + 8 * SECOND)
    installed.controller.publish_alerts(alert)
    installed.shows("flood.1.1")
    until((installed.folder / "state/holdings/alerts.json").exists)
    until(lambda: list((installed.folder / "state/cache").glob(f"??/{alert.pages[0].blob.sha256}")))
    installed.kill()
    installed.controller.close()
    installed.stop_broker()
    before = len(installed.changes())
    installed.start()
    until(lambda: len(installed.changes()) > before)
    assert installed.changes()[before]["item"] == "flood.1.1"
    installed.shows("orange")
    assert installed.controller.now() >= alert.expires_at


def test_a_player_that_was_off_gets_the_alert_when_it_comes(installed):
    installed.presents("orange")
    installed.controller.publish_alerts(installed.controller.alert())
    installed.start()
    installed.shows("flood.1.1")


def test_the_picture_stays_when_the_link_is_killed_and_the_link_returns(installed):
    installed.presents("orange")
    installed.start()
    installed.shows("orange")
    first = until(installed.link)
    os.kill(first.pid, signal.SIGKILL)
    second = until(lambda: (link := installed.link()) and link.pid != first.pid and link)
    assert second.is_running()
    assert installed.colour() == (255, 165, 0)
    installed.controller.publish_alerts(installed.controller.alert())
    installed.shows("flood.1.1")


def test_the_link_does_not_outlive_a_killed_player(installed):
    installed.start()
    link = until(installed.link)
    installed.kill()
    link.wait(timeout=10)
    assert not link.is_running()


def test_slides_go_on_when_broker_and_controller_are_gone(installed):
    installed.presents("orange", "purple", seconds=1)
    installed.start()
    until(lambda: {"orange", "purple"} <= {change["item"] for change in installed.changes()}, 20)
    installed.controller.close()
    installed.stop_broker()
    seen = len(installed.changes())
    until(lambda: len(installed.changes()) >= seen + 3)
    assert {change["item"] for change in installed.changes()[seen:]} == {"orange", "purple"}


def test_plays_come_back_numbered_after_the_player_was_killed(installed):
    installed.presents("orange", "purple", seconds=1)
    installed.start()
    until(lambda: len(installed.changes()) > 4, 20)
    installed.kill()
    installed.start()
    batches = until(installed.controller.plays, 20)
    plays = {play.number: play for batch in batches for play in batch.plays}
    assert sorted(plays) == list(range(1, len(plays) + 1))
    assert {"orange", "purple"} <= {play.item for play in plays.values()}


def test_a_status_tells_what_is_on_the_glass(installed):
    installed.presents("orange")
    installed.start()
    installed.shows("orange")
    status = until(
        lambda: [s for s in installed.controller.statuses() if s.showing.item == "orange"]
    )[-1]
    assert status.connected
    assert status.output == "png_folder"
    assert installed.controller.screenshots()


def test_wrong_settings_end_with_a_sentence(installed):
    installed.start(width=0)
    assert installed.process.wait(timeout=20) == 1
    log = (installed.folder / "log").read_text()
    assert "give 1 to 16384" in log
    assert "Traceback" not in log


def test_a_full_disk_does_not_stop_the_picture(installed):
    limited = [sys.executable, "-c", LIMITED, str(400_000)]
    noise = installed.controller.blob(os.urandom(900_000), "image/png")
    slide = installed.controller.slide("orange", "orange")
    installed.controller.publish_manifest(installed.controller.entry(slide))
    path = installed.controller.settings(
        installed.folder,
        broker={"host": installed.host, "port": installed.port},
        controller=installed.address,
    )
    with (installed.folder / "log").open("a") as log:
        installed.process = subprocess.Popen([*limited, str(path)], cwd=ROOT, stderr=log)
    installed.shows("orange")
    big = type(slide)(id="big", blob=noise, seconds=5)
    installed.controller.publish_manifest(installed.controller.entry(slide, big))
    until(lambda: [s for s in installed.controller.statuses() if "large" in s.health.problem], 20)
    assert installed.colour() == (255, 165, 0)
    installed.controller.publish_alerts(installed.controller.alert())
    installed.shows("flood.1.1")


@pytest.mark.system("xvfb")
def test_a_window_shows_slide_ticker_and_alert_at_its_exact_place(installed, screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen)
    controller = installed.controller
    strip = controller.ticker(png("white", (300, 8)))
    slide = controller.slide("orange", "orange", size=(64, 24))
    controller.publish_manifest(controller.entry(slide, ticker=strip))
    installed.start(output={"kind": "window", "x": 700, "y": 500})

    def glass():
        whole = ImageGrab.grab(xdisplay=screen).convert("RGB")
        return whole.crop((700, 500, 764, 532))

    expected = Image.new("RGB", (64, 32), "white")
    expected.paste("orange", (0, 0, 64, 24))
    until(lambda: glass().tobytes() == expected.tobytes(), 20)
    controller.publish_alerts(controller.alert())
    red = Image.new("RGB", (64, 32), "red")
    until(lambda: glass().tobytes() == red.tobytes(), 20)
    assert installed.ends_cleanly()


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["signage-player", "run", "--config", sys.argv[2]]
from players.__main__ import main
main()
"""
