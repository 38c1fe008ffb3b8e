"""A wall whose player is killed or hangs: the longest silence on the wire, with and without keeper.

Receivers forget a picture after 1 s (FPP) to 2.5 s (sACN).
"""

import contextlib
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests.doubles import SimulatedController, until

ROOT = Path(__file__).parents[1]
KILLS = 5
SIZE = (384, 192)
PLAYER, KEEPER = "play", "players.upkeep.keeper"


class Wall:
    """A DDP wall of one still picture under its watchdog, and a receiver that notes the moments."""

    def __init__(self, folder: Path) -> None:
        self.came: list[float] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        threading.Thread(target=self._receive, daemon=True).start()
        controller = SimulatedController()
        target = f"127.0.0.1:{self._socket.getsockname()[1]}"
        led = {"kind": "led_wall", "led": {"protocol": "ddp", "target": target}}
        path = controller.settings(folder, output=led, width=SIZE[0], height=SIZE[1])
        command = [sys.executable, "-m", "players", "run", "--config", str(path)]
        self._watchdog = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        until(lambda: self.child(KEEPER) and self.came, 30)

    def child(self, word: str) -> psutil.Process | None:
        """The child of the watchdog that has this word in its command."""
        for child in psutil.Process(self._watchdog.pid).children():
            with contextlib.suppress(psutil.Error):  # it may end while it is looked at
                if word in child.cmdline():
                    return child
        return None

    def silence(self, act: Callable[[int], None]) -> float:
        """Seconds of the longest silence until another player has taken over."""
        time.sleep(7)  # so that the keeper is the one of this player
        player = self.child(PLAYER)
        assert player
        began = time.monotonic()
        act(player.pid)
        until(lambda: (new := self.child(PLAYER)) and new.pid != player.pid, 30)
        time.sleep(4)
        moments = [moment for moment in self.came if moment > began - 1]
        return max(after - before for before, after in itertools.pairwise(moments))

    def kill_both(self, pid: int) -> None:
        if keeper := self.child(KEEPER):
            keeper.kill()
        os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        self._watchdog.terminate()
        self._watchdog.wait(20)

    def _receive(self) -> None:
        while self._socket.recv(2000):
            self.came.append(time.monotonic())


def run() -> list[dict[str, Any]]:
    """Kill and stop the player some times; once with the keeper killed beside it."""
    with tempfile.TemporaryDirectory() as folder:
        wall = Wall(Path(folder))
        try:
            alone = wall.silence(wall.kill_both)  # the first: later ones are held up for longer
            killed = [wall.silence(lambda pid: os.kill(pid, signal.SIGKILL)) for _ in range(KILLS)]
            hung = wall.silence(lambda pid: os.kill(pid, signal.SIGSTOP))
            keeper = wall.child(KEEPER)
            memory = keeper.memory_full_info().uss / 2**20 if keeper else 0.0
        finally:
            wall.close()
    return [
        _result("longest silence, player killed, median of 5", statistics.median(killed), "s"),
        _result("longest silence, player killed, worst of 5", max(killed), "s"),
        _result("longest silence, player hung", hung, "s"),
        _result("longest silence, player killed", alone, "s", peer="no keeper"),
        _result("memory of the keeper's own", memory, "MiB"),
    ]


def _result(metric: str, value: float, unit: str, peer: str | None = None) -> dict[str, Any]:
    return {"bench": "kept_wall", "metric": metric, "value": value, "unit": unit, "peer": peer}
