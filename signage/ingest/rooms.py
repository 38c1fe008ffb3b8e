"""Folders in which files are worked on: gone afterwards, also when the worker was killed."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "signage-room-"
_LOCK = ".in-use"
_SURELY_LOCKED_SECONDS = 60


@contextmanager
def room() -> Iterator[Path]:
    """Make an empty folder of our own; it and all in it are gone when the context ends."""
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder,
        (Path(folder) / _LOCK).open("w") as lock,
    ):
        # The system lets go of the lock when this process ends, however it ends.
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(folder)


def sweep() -> int:
    """Remove the rooms of processes that were killed; return how many there were."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed


def _is_left(folder: Path) -> bool:
    status = folder.lstat()
    if status.st_uid != os.geteuid() or folder.is_symlink():
        return False
    try:
        with (folder / _LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:  # perhaps it is being made at this moment
        return time.time() - status.st_mtime > _SURELY_LOCKED_SECONDS
    except BlockingIOError:
        return False
    return True
