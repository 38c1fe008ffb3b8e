"""Hostile and broken files by the folder: BATTERY=/folder makes a table of what became of each.

Without BATTERY the files are our own: each kind whole, cut and bit-flipped. Each file goes through
the door and its background job in a process of its own, so its figures are its own.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import structlog
from rich.console import Console
from rich.table import Table

from signage.domain.sentences import Refused
from signage.ingest import documents, films
from signage.ingest.films import Still
from signage.ingest.uploads import CleanPicture, Document, examine

_FLIPPED, _CUT = 12, 8
_REASONS_SHOWN = 60


class Fate(msgspec.Struct, frozen=True):
    """What became of one file: "taken" or the sentence, and what its decoders used."""

    name: str
    result: str
    stopped: str
    cpu: float
    wall: float
    mib: float


def run() -> list[dict[str, Any]]:
    """Run the battery over the folders of BATTERY, separated by colons, or over our own files."""
    named = os.environ.get("BATTERY")
    with tempfile.TemporaryDirectory(prefix="signage-battery-") as made:
        folders = [Path(one) for one in named.split(":")] if named else [_own(Path(made))]
        fates = _fates([path for folder in folders for path in _files(folder)])
    _print(fates)
    stopped = [fate for fate in fates if fate.stopped]
    silent = [fate for fate in fates if not fate.result]
    taken = [fate for fate in fates if fate.result == "taken"]
    return [
        _result("files", len(fates), "files"),
        _result("taken", len(taken), "files"),
        _result("refused with a sentence", len(fates) - len(taken) - len(silent), "files"),
        _result("of these: decoder stopped by a limit or crashed", len(stopped), "files"),
        _result("without an answer", len(silent), "files"),
        _result("worst processor time", max(fate.cpu for fate in fates), "s"),
        _result("worst wall time", max(fate.wall for fate in fates), "s"),
        _result("worst memory of a decoder", max(fate.mib for fate in fates), "MiB"),
    ]


def _fates(paths: list[Path]) -> list[Fate]:
    """Return what became of each; Ctrl-C ends a long run with what is known so far."""
    fates: list[Fate] = []
    try:
        for path in paths:
            fates.append(_fate_of(path))  # noqa: PERF401 - what is known when it is interrupted
    except KeyboardInterrupt:
        print(f"interrupted after {len(fates)} of {len(paths)} files", file=sys.stderr)
    return fates


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _own(folder: Path) -> Path:
    """Write each kind of file whole, cut and bit-flipped into `folder`."""
    from tests.signage.ingest.test_battery import KINDS, sample

    damage = random.Random(1)
    for kind in KINDS:
        whole = sample(kind)
        (folder / f"whole.{kind}").write_bytes(whole)
        for number in range(_FLIPPED):
            data = bytearray(whole)
            for _ in range(1 << (number % 6)):
                data[damage.randrange(len(data))] ^= 1 << damage.randrange(8)
            (folder / f"flipped-{number}.{kind}").write_bytes(data)
        for number in range(1, _CUT):
            (folder / f"cut-{number}.{kind}").write_bytes(whole[: len(whole) * number // _CUT])
    return folder


def _fate_of(path: Path) -> Fate:
    """Take one file in and do its job, in a process of its own."""
    reader, writer = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reader)
        with structlog.testing.capture_logs() as logs:
            result = _result_of(path)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        stopped = "; ".join(str(log["why"]) for log in logs if "why" in log)
        numbers = (used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        os.write(writer, json.dumps([result, stopped, *numbers]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    wall = time.monotonic() - began
    result, stopped, cpu, mib = json.loads(told) if told else ("", "no answer", 0.0, 0.0)
    return Fate(path.name, result, stopped, cpu, wall, mib)


def _result_of(path: Path) -> str:
    """Return "taken", the sentence, or nothing when anything else is raised."""
    try:
        with tempfile.TemporaryDirectory() as room:
            _work_on(path, Path(room))
    except Refused as refusal:
        return refusal.text()
    except Still:
        return "taken"
    except Exception as error:  # noqa: BLE001 - it is what this bench looks for
        print(f"{path}: {error!r}", file=sys.stderr)
        return ""
    return "taken"


def _work_on(path: Path, room: Path) -> None:
    taken = examine(path, filename="tệp")
    if isinstance(taken, Document):
        for _ in documents.draw_pages(path, form=taken.form, folder=room, tell=lambda: None):
            pass
    elif not isinstance(taken, CleanPicture) or taken.moves:
        seconds = 60.0 if isinstance(taken, CleanPicture) else taken.seconds_ms / 1000
        form = "pictures" if isinstance(taken, CleanPicture) else taken.form
        with films.written_film(path, form=form, seconds=seconds, tell=lambda _share: None):
            pass


def _print(fates: list[Fate]) -> None:
    counted = Counter(fate.result or "(no answer)" for fate in fates)
    table = Table(title="What became of the files", title_justify="left")
    for heading in ("files", "result", "worst CPU s", "worst wall s", "worst MiB", "such as"):
        table.add_column(heading)
    for result, count in counted.most_common(_REASONS_SHOWN):
        same = [fate for fate in fates if (fate.result or "(no answer)") == result]
        dear = max(same, key=lambda fate: fate.cpu)
        worst = (
            f"{dear.cpu:.2f}",
            f"{max(fate.wall for fate in same):.2f}",
            f"{max(fate.mib for fate in same):.0f}",
        )
        table.add_row(str(count), result, *worst, dear.name)
    Console(width=160).print(table)
    for fate in fates:
        if fate.stopped or not fate.result:
            print(f"stopped: {fate.name}: {fate.stopped} ({fate.cpu:.1f} s, {fate.mib:.0f} MiB)")


def _result(metric: str, value: float, unit: str) -> dict[str, Any]:
    return {"bench": "battery", "metric": metric, "value": value, "unit": unit, "peer": None}
