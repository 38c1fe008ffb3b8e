"""The watchdog's end of the process that keeps an LED wall lit (`keeper.py`)."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

STARTED_SECONDS: Final = 5.0
GOODBYE_SECONDS: Final = 3.0
GOODBYE: Final = b"!"


class KeeperProcess:
    """There is none before the first player asked for it."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None
        self._leaving: subprocess.Popen[bytes] | None = None
        self._began = 0.0

    def renew(self) -> None:
        """A player of a wall is up, maybe with other settings than the one before.

        The keeper before stays for as long as the new one may take to start.
        """
        if self._has_started():
            _end(self._leaving)
            self._leaving = self._process
        else:
            _end(self._process)
        self._start()

    def tend(self) -> None:
        """Start it again when it died."""
        if not self._has_started():
            return
        _end(self._leaving)
        self._leaving = None
        if self._process is not None and self._process.poll() is not None:
            _end(self._process)
            self._start()

    def say_goodbye(self) -> None:
        """No player will come: the receivers are told, and the process ends."""
        process = self._process
        _end(self._leaving)
        if process and process.stdin:
            with contextlib.suppress(OSError):
                process.stdin.write(GOODBYE)
                process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GOODBYE_SECONDS)
        _end(process)

    def _has_started(self) -> bool:
        return time.monotonic() - self._began > STARTED_SECONDS

    def _start(self) -> None:
        self._began = time.monotonic()
        command = [sys.executable, "-m", "players.upkeep.keeper", str(self._config)]
        with contextlib.suppress(OSError):  # the player is well; `tend` tries again
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0)


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is None:
        return
    process.kill()
    process.wait()
    if process.stdin:
        process.stdin.close()
