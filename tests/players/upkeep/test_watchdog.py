"""Whatever happens to the player's process, the last frame stays up and a new player comes."""

import contextlib
import os
import signal
import socket
import threading
import time

import psutil
import pytest
from PIL import ImageGrab

from tests.doubles import until
from tests.players.test_process import Installed

pytestmark = pytest.mark.journey

ORANGE, PURPLE = (255, 165, 0), (128, 0, 128)
PLACE = (300, 200)


class Watched(Installed):
    """A player under its watchdog."""

    def player(self):
        return (found := self.child("play")) and found.pid

    def child(self, word):
        """The child of the watchdog that has this word in its command."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):  # it may end while it is looked at
                if word in child.cmdline():
                    return child
        return None

    def another_than(self, pid):
        return until(lambda: (new := self.player()) and new != pid and new, 30)

    def last_status(self):
        statuses = self.controller.statuses(1)
        return statuses[-1] if statuses else None


class Eyes:
    """Looks at one place of the screen all the time and remembers every colour in it."""

    def __init__(self, screen, size=(64, 32)):
        self._screen, self._size = screen, size
        self.colours = set()
        self.looks = 0
        self._open = True
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def close(self):
        self._open = False
        self._thread.join()

    def glass(self):
        left, top = PLACE
        box = (left, top, left + self._size[0], top + self._size[1])
        return ImageGrab.grab(bbox=box, xdisplay=self._screen).convert("RGB")

    def _watch(self):
        while self._open:
            self.colours |= {colour for _, colour in self.glass().getcolors(4096)}
            self.looks += 1
            time.sleep(0.01)


@pytest.fixture
def watched(tmp_path):
    watched = Watched(tmp_path)
    yield watched
    if watched.process and watched.process.poll() is None:
        watched.process.terminate()
        watched.process.wait(timeout=20)
    watched.close()


@pytest.fixture
def on_screen(watched, screen, monkeypatch):
    """A watched player whose window shows orange and purple in turn, and eyes on its place."""
    monkeypatch.setenv("DISPLAY", screen)
    watched.presents("orange", "purple", seconds=1)
    watched.start(output={"kind": "window", "x": PLACE[0], "y": PLACE[1]})
    until(lambda: (s := watched.last_status()) and s.showing and s.showing.item == "orange", 30)
    eyes = Eyes(screen)
    until(lambda: eyes.colours >= {ORANGE, PURPLE}, 20)
    time.sleep(1.2)  # by now the backdrop holds one of the two
    eyes.colours.clear()
    yield watched, eyes
    eyes.close()


@pytest.mark.system("xvfb")
def test_no_black_and_no_desktop_when_the_player_is_killed(on_screen):
    watched, eyes = on_screen
    first = watched.player()
    os.kill(first, signal.SIGKILL)
    watched.another_than(first)
    status = until(lambda: (s := watched.last_status()) and s.health.restarts and s, 20)
    assert "SIGKILL" in status.health.problem
    assert eyes.colours <= {ORANGE, PURPLE}


@pytest.mark.system("xvfb")
def test_a_player_that_hangs_is_replaced_and_its_last_frame_stays(on_screen):
    watched, eyes = on_screen
    first = watched.player()
    os.kill(first, signal.SIGSTOP)
    watched.another_than(first)
    until(lambda: (s := watched.last_status()) and "hung" in s.health.problem, 20)
    assert eyes.colours <= {ORANGE, PURPLE}
    assert not psutil.pid_exists(first)


@pytest.mark.system("xvfb")
def test_a_player_that_dies_again_and_again_leaves_the_last_frame_up(on_screen):
    watched, eyes = on_screen
    looked, pid = eyes.looks, None
    for _ in range(4):
        pid = watched.another_than(pid)
        os.kill(pid, signal.SIGKILL)
    watched.another_than(pid)
    assert eyes.looks > looked + 20
    assert eyes.colours <= {ORANGE, PURPLE}


def test_systemd_hears_that_the_first_picture_is_up_and_that_all_is_well(watched, monkeypatch):
    service = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    service.bind(str(watched.folder / "notify"))
    service.settimeout(20)
    monkeypatch.setenv("NOTIFY_SOCKET", str(watched.folder / "notify"))
    watched.presents("orange")
    watched.start()
    until(lambda: service.recv(100) == b"READY=1", 30)
    assert (watched.folder / "glass/current.png").exists()
    assert service.recv(100) == b"WATCHDOG=1"
    watched.process.terminate()
    until(lambda: service.recv(100) == b"STOPPING=1")
    service.close()


def test_a_player_ends_when_its_watchdog_was_killed(watched):
    watched.presents("orange")
    watched.start()
    watched.shows("orange")
    player = psutil.Process(watched.player())
    watched.kill()
    player.wait(timeout=10)
    assert not player.is_running()
