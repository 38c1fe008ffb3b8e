"""The clocks of this machine: what time they say, and what is known of who keeps them."""

import ctypes
import functools
import sys
import time
from pathlib import Path
from typing import Final

TIME_ERROR: Final = 5
"""What adjtimex(2) answers of a clock that nothing keeps right."""
TIMEX_BYTES: Final = 1024
"""More than any system's `struct timex`; all zeros ask for nothing to be changed."""


class SystemClock:
    """Implements `clock.Clock`."""

    _boot_time = getattr(time, "CLOCK_BOOTTIME", None)

    def system(self) -> float:
        return time.time() * 1000

    def steady(self) -> float:
        if self._boot_time is None:  # Windows, where the monotonic clock goes on through a sleep
            return time.monotonic() * 1000
        return time.clock_gettime(self._boot_time) * 1000

    @functools.cached_property
    def boot(self) -> str:
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return ""

    def is_kept_right(self) -> bool:
        if not sys.platform.startswith("linux"):
            return False
        try:
            state: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
        except (OSError, AttributeError):
            return False
        return 0 <= state < TIME_ERROR
