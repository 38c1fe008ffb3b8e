"""The player's logic runs on Windows: nothing is loaded that only POSIX has."""

import os
import subprocess
import sys
from pathlib import Path

from tests.doubles import SimulatedController

ROOT = Path(__file__).parents[2]

AS_ON_WINDOWS = """
import importlib, os, pkgutil, signal, socket, sys, time
# Loaded by the standard library itself, which minds what is missing.
import asyncio, logging, multiprocessing, queue, subprocess, tempfile, threading

class OnlyOnPosix:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"}:
            raise ModuleNotFoundError("No module named " + name, name=name)

pair, unix = socket.socketpair, socket.AF_UNIX
socket.socketpair = lambda: pair(unix)  # Windows has one of its own
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, OnlyOnPosix())
for module, names in {
    os: ("fork", "geteuid", "getuid", "sched_setaffinity", "O_DIRECTORY", "mkfifo", "nice"),
    signal: ("SIGKILL", "SIGSTOP", "SIGHUP", "SIGUSR1", "SIGALRM", "SIGXFSZ", "SIGPIPE"),
    socket: ("AF_UNIX", "AF_PACKET", "SO_REUSEPORT"),
    time: ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC", "clock_gettime", "clock_gettime_ns"),
}.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)

import players
for module in pkgutil.walk_packages(players.__path__, "players."):
    importlib.import_module(module.name)
from players.system_clock import SystemClock
from players.upkeep.service import notify
assert SystemClock().steady() > 0
assert not SystemClock().is_kept_right()
os.environ["NOTIFY_SOCKET"] = "/nowhere"
notify("READY=1")
"""

PLAYS = """
from pathlib import Path
from players.assembly import assemble
from players.outputs import OUTPUTS, Outlives
from players.settings import read_settings
sys.platform = "win32"  # from here on: av, numpy and others choose their files by it
for path in sys.argv[1:]:
    assembled = assemble(read_settings(Path(path), OUTPUTS))
    if isinstance(assembled.output, Outlives):
        assembled.output.outlive()
    assembled.start()
    for _ in range(3):
        assembled.player.turn()
    assembled.stop()
    print(assembled.output.kind, assembled.player._parts.glass.on.source)
"""


def test_a_whole_player_shows_on_every_output_where_posix_is_not(tmp_path):
    led = {"protocol": "sacn", "target": "127.0.0.1"}
    outputs = {"led_wall": {"led": led}, "png_folder": {"folder": "glass"}, "window": {}}
    paths = [
        SimulatedController().settings(tmp_path / kind, output={"kind": kind, **more})
        for kind, more in outputs.items()
    ]
    finished = subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS + PLAYS, *map(str, paths)],
        cwd=ROOT,
        env={**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines()[-3:] == [f"{kind} fallback" for kind in outputs]


def test_every_part_of_the_player_loads_where_posix_is_not():
    command = [sys.executable, "-c", AS_ON_WINDOWS]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
