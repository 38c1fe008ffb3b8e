"""Starts the player, listens to its signs of life, and starts it anew when it dies or hangs.

The last frame stays up meanwhile: see `outputs/window/backdrop.py` and `keeper.py`. systemd in
turn watches this process.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Final

from players.upkeep.keeper_process import KeeperProcess
from players.upkeep.pulse import ASKS_FOR_KEEPER, WRONG_SETTINGS
from players.upkeep.service import notify

log = logging.getLogger(__name__)

FIRST_SIGN_SECONDS: Final = 20
HUNG_AFTER_SECONDS: Final = 5
"""A player gives a sign of life twice a second; a disk that stalls may swallow some."""
STOP_SECONDS: Final = 15.0
FIRST_PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 15.0
STEADY_SECONDS: Final = 60.0
"""A player that lived so long is started again at once."""
_ENDED: Final = b""

Signs = queue.SimpleQueue[bytes]


class Watchdog:
    """`run` returns when `stop` was called, or when the settings can't work."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._signs: Signs = queue.SimpleQueue()
        self._stopping = False
        self._renewing = False
        self._keeper = KeeperProcess(config)
        self._is_ready = False
        self._restarts = 0

    def stop(self) -> None:
        """From a signal handler or another thread."""
        self._stopping = True
        self._signs.put(b"!")

    def renew(self) -> None:
        """End the player cleanly and start another; the last frame stays. As `stop`."""
        self._renewing = True
        self._signs.put(b"!")

    def run(self) -> int:
        """Keep a player alive; gives the exit status."""
        try:
            return self._run()
        finally:
            self._keeper.say_goodbye()

    def _run(self) -> int:
        pause, because = 0.0, ""
        while not self._stopping:
            began = time.monotonic()
            because, code = self._live_once(because)
            if code == WRONG_SETTINGS:
                return 1
            if time.monotonic() - began > STEADY_SECONDS:
                pause = 0.0
            if not self._stopping:
                log.warning("%s; it is started again", because)
                self._restarts += 1
                self._rest(pause)
                pause = min(2 * pause + FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        notify("STOPPING=1")
        return 0

    def _live_once(self, because: str) -> tuple[str, int | None]:
        """Why this player is no more, and its exit status."""
        self._renewing = False
        signs: Signs = queue.SimpleQueue()
        self._signs = signs
        with self._started(because) as process:
            assert process.stdout  # noqa: S101 - opened just above
            threading.Thread(target=_listen, args=[process.stdout, signs], daemon=True).start()
            try:
                hung = self._watch(signs)
            finally:
                self._end(process)
        code = process.returncode
        return ("the player hung" if hung else f"the player ended {_in_words(code)}"), code

    def _started(self, because: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "players", "play", "--watched"]
        past = ["--restarts", str(self._restarts), "--because", because]
        return subprocess.Popen(
            [*command, *past, "--config", str(self._config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def _watch(self, signs: Signs) -> bool:
        """Wait until the player ends (False), hangs (True), or this process shall stop.

        Seconds of silence are counted one by one: when the whole machine stood still, that is one.
        """
        left = FIRST_SIGN_SECONDS
        while not (self._stopping or self._renewing):
            try:
                sign = signs.get(timeout=1.0)
            except queue.Empty:
                left -= 1
                if left <= 0:
                    return True
            else:
                if sign == _ENDED:
                    return False
                left = HUNG_AFTER_SECONDS
                self._tell_ready()
                if ASKS_FOR_KEEPER in sign:
                    self._keeper.renew()
                self._keeper.tend()
            notify("WATCHDOG=1")
        return False

    def _tell_ready(self) -> None:
        if not self._is_ready:
            notify("READY=1")
        self._is_ready = True

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Let the player end by itself when that is wanted; a hung one is killed."""
        assert process.stdin  # noqa: S101 - opened at the start
        with contextlib.suppress(OSError):
            process.stdin.close()
        if self._stopping or self._renewing:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
        process.kill()

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))
            notify("WATCHDOG=1")


def _listen(pipe: IO[bytes], signs: Signs) -> None:
    with contextlib.suppress(OSError, ValueError):
        while sign := pipe.read(64):
            signs.put(sign)
    signs.put(_ENDED)


def _in_words(code: int | None) -> str:
    if code is None or code >= 0:
        return f"with code {code}"
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"
