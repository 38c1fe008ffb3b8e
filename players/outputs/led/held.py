"""The last frame of a wall, in memory that outlives the player: its keeper goes on from there."""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from players.outputs.led.packets import Bytes

PATIENCE_SECONDS: Final = 0.75
"""A player sends twice a second at least, and receivers forget a picture after one (FPP)."""
_HEAD: Final = np.dtype(
    [
        ("width", "<u4"),
        ("height", "<u4"),
        ("slot", "<u8"),
        ("number", "<u8"),
        ("sent_at", "<f8"),
        ("brightness", "<f8"),
    ]
)
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - opened without following links, and only as ours


class Due(NamedTuple):
    """What goes out next, as which frame since the first, and how bright (0 to 1)."""

    picture: Bytes
    number: int
    brightness: float


class Held:
    """Player and keeper share it; whoever sends counts on, so that receivers see one source.

    Two slots: a player that is killed while it writes leaves the frame before whole. Raises
    `OSError` where there is no such memory.
    """

    def __init__(self, state: Path, width: int, height: int) -> None:
        self._path = _place_of(state)
        size = _HEAD.itemsize + 2 * width * height * 3
        memory = _mapped(self._path, size, struct.pack("<II", width, height))
        self._head = np.frombuffer(memory, _HEAD, 1)
        if not self.number:
            self._set("brightness", 1.0)
        pixels = np.frombuffer(memory, np.uint8, offset=_HEAD.itemsize)
        self._slots = pixels.reshape(2, height, width, 3)
        self._last: Bytes | None = None

    @property
    def number(self) -> int:
        """Of the next frame."""
        return int(self._get("number"))

    def sent(self, picture: Bytes, number: int) -> None:
        """Frame `number` went out just now; `picture` is never written again."""
        if picture is not self._last:
            slot = 1 - int(self._get("slot"))
            self._slots[slot] = picture
            self._set("slot", slot)
            self._last = picture
        self._set("number", number + 1)
        self._set("sent_at", time.monotonic())

    def dim(self, brightness: float) -> None:
        self._set("brightness", brightness)

    def overdue(self) -> Due | None:
        """What the keeper has to send now, for nobody did; for the keeper alone."""
        if not self.number or self.quiet_for() > 0:
            return None
        picture = self._slots[int(self._get("slot"))]
        self._last = picture
        return Due(picture, self.number, self._get("brightness"))

    def quiet_for(self) -> float:
        """Seconds for which nothing needs to be sent."""
        ago = time.monotonic() - self._get("sent_at")
        return PATIENCE_SECONDS - ago if ago >= 0 else 0.0  # a moment before this PC started

    def forget(self) -> None:
        """Nobody goes on from here."""
        self._path.unlink(missing_ok=True)

    def _get(self, name: str) -> float:
        value: float = self._head[name][0]
        return value

    def _set(self, name: str, value: float) -> None:
        self._head[name][0] = value


def _place_of(state: Path) -> Path:
    """Memory, not a disk: a frame is written up to sixty times a second."""
    folder = _MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir())
    name = hashlib.sha256(str(state.resolve()).encode()).hexdigest()
    return folder / f"signage-led-{name[:16]}"


def _mapped(path: Path, size: int, begins: bytes) -> mmap.mmap:
    """`size` bytes that are this user's own; zeros behind `begins` where there were no such."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o600)
    try:
        there = os.fstat(file)
        if hasattr(os, "geteuid") and there.st_uid != os.geteuid():
            raise PermissionError(f"{path} belongs to somebody else")
        if there.st_size and (there.st_size != size or os.read(file, len(begins)) != begins):
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, bytes(_HEAD.itemsize))  # a keeper of the wall as it was falls silent
            path.unlink()
            os.close(file)
            file = os.open(path, flags | os.O_EXCL, 0o600)
            there = os.fstat(file)
        if not there.st_size:
            os.write(file, begins)
            os.ftruncate(file, size)
        return mmap.mmap(file, size)
    finally:
        os.close(file)
