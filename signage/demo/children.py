"""Child processes that never outlive their parent: one process group and one log file each."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

GENTLE_SECONDS = 6.0
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG in <linux/prctl.h>

# Loaded before any fork: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One process of the demo. Start it from a thread that lives as long as it should.

    On Linux the kernel ends it when that thread ends, even by SIGKILL.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str], log: Path
    ) -> None:
        self.name = name
        self.log = log
        self.command = list(command)
        self.environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process and self.is_running() else None

    @property
    def code(self) -> int | None:
        """How the last process ended; None while it runs or before it was started."""
        return self._process.poll() if self._process else None

    def is_running(self) -> bool:
        """Say whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process, unless it runs; what it says goes to the end of its log file."""
        if self.is_running():
            return
        self.log.parent.mkdir(parents=True, exist_ok=True)
        parent = os.getpid()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the supervisor, which ends all in order
                # One system call of a library that is loaded: safe beside threads too.
                preexec_fn=lambda: _end_with(parent),  # noqa: PLW1509
            )

    def signal(self) -> None:
        """Ask the process to end."""
        if self._process and self.is_running():
            self._process.terminate()

    def end(self, seconds: float = GENTLE_SECONDS) -> None:
        """Ask the process to end, wait for it, and leave nothing of its group behind."""
        self.signal()
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        self.kill()

    def kill(self) -> None:
        """End the process and all that it started, at once and as rudely as a power cut."""
        if self._process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def last_words(self, lines: int = 3) -> str:
        """Return the end of its log."""
        with suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""


def end_all(children: Sequence[Child], seconds: float = GENTLE_SECONDS) -> None:
    """End `children` together, in at most `seconds`."""
    for child in children:
        child.signal()
    deadline = time.monotonic() + seconds
    for child in children:
        child.end(max(0.0, deadline - time.monotonic()))


def _end_with(parent: int) -> None:
    """Runs in the new process: the kernel sends SIGTERM when the parent is gone."""
    if _libc is not None:
        _libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)  # the parent went between fork and now
