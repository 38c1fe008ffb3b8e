"""Two players side by side: how far apart the same item comes on, by wall clock alone."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.broker import start_broker
from tests.doubles import SimulatedController, until

CHANGES = 60
SIZE = (384, 192)
ROOT = Path(__file__).parents[1]
COLOURS = ("orange", "purple", "teal", "gold", "brown", "navy", "olive")


def run() -> list[dict[str, Any]]:
    """Milliseconds between the two players at each change: median, 99th percentile and worst."""
    with tempfile.TemporaryDirectory() as folder:
        apart = skews(Path(folder))
    rows = [
        ("two players apart at a change, median", statistics.median(apart)),
        (
            "two players apart, 99th percentile",
            statistics.quantiles(apart, n=100, method="inclusive")[98],
        ),
        ("two players apart, the worst", max(apart)),
    ]
    return [
        {"bench": "sync", "metric": metric, "value": value, "unit": "ms", "peer": None}
        for metric, value in rows
    ]


def skews(folder: Path) -> list[float]:
    """Play the same programme in two processes and compare when each item was in place."""
    host, port, stop = start_broker()
    controller = SimulatedController()
    controller.size = SIZE
    address = controller.serve()
    controller.connect(host, port)
    controller.publish_keys()
    slides = [controller.slide(name, name, 1) for name in COLOURS]
    controller.publish_manifest(controller.entry(*slides))
    folders = [folder / name for name in ("left", "right")]
    players = [
        subprocess.Popen(
            [sys.executable, "-m", "players", "run", "--config", str(path)],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        for path in (
            controller.settings(one, broker={"host": host, "port": port}, controller=address)
            for one in folders
        )
    ]
    try:
        until(lambda: all(len(changes(one)) > CHANGES + 5 for one in folders), CHANGES + 60)
    finally:
        for player in players:
            player.terminate()
        for player in players:
            player.wait(timeout=30)
        controller.close()
        stop()
    left, right = (changes(one) for one in folders)
    return [abs(left[second] - right[second]) for second in sorted(left.keys() & right.keys())[3:]]


def changes(folder: Path) -> dict[int, float]:
    """When (ms) an item came on, by the second of its moment."""
    try:
        lines = (folder / "glass/glass.jsonl").read_text().splitlines()
    except OSError:
        return {}
    told = [json.loads(line) for line in lines]
    return {round(one["at"] / 1000): float(one["at"]) for one in told if one["item"] in COLOURS}
