"""The player's signs of life to its watchdog, and how it hears from it that it shall end."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

SIGN: Final = b"."
ASKS_FOR_KEEPER: Final = b"k"
"""The first sign of a player of an LED wall: somebody shall go on when it is no more."""
EVERY_SECONDS: Final = 0.5
END_SECONDS: Final = 12.0
WRONG_SETTINGS: Final = 78
"""Exit status (EX_CONFIG of sysexits.h): starting again would not help."""


class Pulse:
    """Standard output carries the signs, standard input ends when the watchdog wants no more."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._sign = SIGN
        if hasattr(os, "set_blocking"):
            os.set_blocking(sys.stdout.fileno(), False)  # a watchdog that sleeps holds up nothing

    def beat(self) -> None:
        """Called at the end of each turn of the player's loop that went well."""
        now = time.monotonic()
        if now - self._last >= EVERY_SECONDS:
            self._last = now
            with contextlib.suppress(OSError):
                os.write(sys.stdout.fileno(), self._sign)
                self._sign = SIGN

    def ask_for_keeper(self) -> None:
        """With the next sign."""
        self._sign = ASKS_FOR_KEEPER

    def leave(self) -> None:
        """End this process at once: Python's own end trips over a thread that waits for input."""
        os._exit(0)

    def listen(self, stop: Callable[[], None]) -> None:
        """Call `stop` once the watchdog has closed the pipe or died; end by force after a while."""

        def wait() -> None:
            while sys.stdin.buffer.read(1):
                pass
            stop()
            time.sleep(END_SECONDS)
            os._exit(1)

        threading.Thread(target=wait, name="pulse", daemon=True).start()
