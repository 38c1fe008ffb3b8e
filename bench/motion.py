"""What moves on the glass: tickers at 60 Hz and crossfades, by a whole player in a real window.

Each is measured in five windows of time, short ones unless SIGNAGE_BENCH_SECONDS says otherwise
(60 is what the goals are about). On a virtual screen nothing waits for a refresh: what is measured
is the player's own pace.
"""

import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.player import virtual_screen
from players.contract.limits import SECOND
from players.contract.playlist import TRANSITIONS

WINDOWS = 5
SECONDS = float(os.environ.get("SIGNAGE_BENCH_SECONDS", "4"))
TICKERS = ((1920, 96), (384, 192))
ROOT = Path(__file__).parents[1]
Times = list[tuple[float, int, float]]
"""Of each frame: when it was presented (Unix ms), the moment it shows, processor ms it took."""


def run() -> list[dict[str, Any]]:
    """Frames in a second, dropped ones, and how far from their moments they were presented."""
    if not shutil.which("Xvfb"):
        return []
    results: list[tuple[str, float, str]] = []
    with virtual_screen() as display, tempfile.TemporaryDirectory() as folder:
        for width, height in TICKERS:
            windows = [measured(display, folder, "ticker", width, height) for _ in range(WINDOWS)]
            results += paced(f"ticker {width}x{height}", windows)
        windows = [measured(display, folder, "crossfade", 1920, 1080) for _ in range(WINDOWS)]
        results += faded(windows)
    return [
        {"bench": "motion", "metric": metric, "value": value, "unit": unit, "peer": None}
        for metric, value, unit in results
    ]


def measured(display: str, folder: str, what: str, width: int, height: int) -> Times:
    """Let a player of its own run for SECONDS; gives its frames."""
    command = [sys.executable, "-m", "bench._moving", what, str(width), str(height)]
    told = subprocess.run(
        [*command, str(SECONDS), tempfile.mkdtemp(dir=folder)],
        env=dict(os.environ) | {"DISPLAY": display},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.split() for line in told.stdout.splitlines() if line[:1].isdigit())
    return [(float(at), int(moment), float(took)) for at, moment, took in lines]


def paced(what: str, windows: list[Times]) -> list[tuple[str, float, str]]:
    """Dropped frames and the 99th percentile of the pacing error: the best window, the median."""
    dropped = [dropped_of(times) for times in windows]
    late = [late_of(times) for times in windows]
    return [
        (f"{what}: dropped frames, median of {WINDOWS}", statistics.median(dropped), "%"),
        (f"{what}: dropped frames, best", min(dropped), "%"),
        (f"{what}: pacing error p99, median of {WINDOWS}", statistics.median(late), "ms"),
        (f"{what}: pacing error p99, best", min(late), "ms"),
        (f"{what}: processor a frame", cost_of(windows), "ms"),
    ]


def dropped_of(times: Times) -> float:
    """Percent of the frames at 60 Hz between the first and the last that never came."""
    due = round((times[-1][1] - times[0][1]) * 60 / SECOND) + 1
    return 100 * (1 - len({moment for _, moment, _ in times}) / due)


def late_of(times: Times) -> float:
    """The 99th percentile of |interval - 1/60 s| between two frames that follow each other."""
    errors = sorted(
        abs(later[0] - earlier[0] - SECOND / 60)
        for earlier, later in pairwise(times)
        if later[1] - earlier[1] < 1.5 * SECOND / 60
    )
    return errors[max(0, math.ceil(len(errors) * 0.99) - 1)]


def faded(windows: list[Times]) -> list[tuple[str, float, str]]:
    """Frames a second while a crossfade runs."""
    rates = []
    for times in windows:
        fades = [moment for _, moment, _ in times]
        lasted = len({moment // SECOND for moment in fades}) * TRANSITIONS["crossfade"] / SECOND
        rates.append(len(fades) / lasted)
    return [
        (f"crossfade 1920x1080, median of {WINDOWS}", statistics.median(rates), "frames/s of 60"),
        ("crossfade 1920x1080, best", max(rates), "frames/s of 60"),
        ("crossfade 1920x1080: processor a frame", cost_of(windows), "ms"),
    ]


def cost_of(windows: list[Times]) -> float:
    """The median of what a frame takes of the processor; other work changes that least."""
    return statistics.median(took for times in windows for _, _, took in times)
