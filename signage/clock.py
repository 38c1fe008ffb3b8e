"""The controller's clock."""

import time


def now_ms() -> int:
    """This moment as UTC milliseconds since the epoch."""
    return time.time_ns() // 1_000_000
