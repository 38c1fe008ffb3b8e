"""The player's logic runs on Windows: nothing is loaded that only POSIX has."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

AS_ON_WINDOWS = """
import importlib, os, pkgutil, signal, socket, sys, time
# Loaded by the standard library itself, which minds what is missing.
import asyncio, logging, multiprocessing, queue, subprocess, tempfile, threading

class OnlyOnPosix:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"}:
            raise ModuleNotFoundError("No module named " + name, name=name)

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
os.environ["NOTIFY_SOCKET"] = "/nowhere"
notify("READY=1")
"""


def test_every_part_of_the_player_loads_where_posix_is_not():
    command = [sys.executable, "-c", AS_ON_WINDOWS]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
