"""Tells the person at the terminal what set-up does, and runs the commands that do it."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SetupStopped(Exception):
    """Set-up cannot go on; the sentence says what to do."""


def say(sentence: str) -> None:
    """Print a line at once, also when the output goes through a pipe."""
    print(f"setup: {sentence}", flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    say(f"{what} ...")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.0f} s")


def run(
    command: Sequence[str | Path],
    *,
    on_failure: str,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command quietly; when it fails show what it said, and stop with `on_failure`."""
    finished = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode:
        print(finished.stdout, flush=True)
        raise SetupStopped(on_failure)
