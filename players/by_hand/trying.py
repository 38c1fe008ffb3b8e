"""Shows one picture on an output by hand, without controller: `signage-player show`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from players.contract.playlist import Ticker
from players.contract.types import BlobRef
from players.outputs import Output, OutputReport, Reports, Scene

LONGEST_SLEEP: Final = 0.1


@dataclass(frozen=True)
class Shown:
    """What came of it: how long, and what the output says of itself."""

    seconds: float
    report: OutputReport


def show(
    output: Output,
    picture: bytes,
    *,
    strip: bytes | None,
    seconds: float,
    stopped: Callable[[], bool],
) -> Shown:
    """Show `picture`, with `strip` running along its bottom edge, for so many seconds.

    Raises what the output raises on bytes that are no picture.
    """
    scene = _scene(output, picture, strip)
    began, frames, shown_frame = time.monotonic(), 0, -1
    while (passed := time.monotonic() - began) < seconds and not stopped():
        now = time.time() * output.rate
        if shown_frame < 0 or (scene.moves() and int(now) != shown_frame):
            shown_frame = int(now)
            output.show(scene, round(shown_frame * 1000 / output.rate))
            frames += 1
        output.breathe()
        sleep = min(LONGEST_SLEEP, output.patience, seconds - passed)
        if scene.moves():
            sleep = min(sleep, (shown_frame + 1 - time.time() * output.rate) / output.rate)
        time.sleep(max(0.0, sleep))
    report = output.report() if isinstance(output, Reports) else OutputReport(frames=frames)
    return Shown(time.monotonic() - began, report)


def _scene(output: Output, picture: bytes, strip: bytes | None) -> Scene:
    ready = output.prepare(picture)
    if strip is None:
        return Scene("trial", "by hand", "picture", ready)
    band = output.prepare(strip)
    blob = BlobRef(
        sha256=band.sha256,
        bytes=len(strip),
        media_type="image/png",
        width=band.width,
        height=band.height,
    )
    return Scene("trial", "by hand", "picture", ready, band, Ticker(blob=blob, step=1))


def told(shown: Shown, *, wall: bool) -> list[str]:
    """The statistics in lines for people; `wall`: packets and the line mean something."""
    report = shown.report
    lines = [f"{report.frames} frames in {shown.seconds:.1f} s"]
    if wall:
        lines.append(
            f"{report.packets} packets, {report.bytes / 1e6:.1f} MB; "
            f"{report.fps} frames a second at the end, {report.link_percent} % of the line"
        )
        lines.append(f"{report.late} late or left out, {report.errors} not taken by the network")
    if report.trouble:
        lines.append(f"the last error: {report.trouble}")
    return lines
