"""The blobs on disk, each in a file named by its SHA-256; bounded, the least needed go first."""

import contextlib
import hashlib
import shutil
import threading
import time
from pathlib import Path
from typing import Final

from players.files import DISK, Disk

STALE_PART_SECONDS: Final = 7 * 24 * 3600
"""A download that has not gone on for so long is not wanted any more."""


class CacheFull(Exception):
    """There is no room even after everything unneeded went."""


class Cache:
    """Safe to use from several threads. `quota` is in bytes."""

    def __init__(self, folder: Path, quota: int, disk: Disk = DISK) -> None:
        self._folder, self._disk = folder, disk
        self._parts = folder / "parts"
        disk.make_folder(self._parts)
        self._quota = quota
        self._lock = threading.RLock()
        self._sizes: dict[str, int] = {}
        self._used_at: dict[str, float] = {}
        self._needed: frozenset[str] = frozenset()
        self._checked: set[str] = set()
        stale = []
        for path in folder.glob("??/*"):
            if len(path.name) == 64:
                status = path.stat()
                self._sizes[path.name] = status.st_size
                self._used_at[path.name] = status.st_mtime
            else:
                stale.append(path)  # left over by a crash in the middle of a write
        long_ago = time.time() - STALE_PART_SECONDS
        stale += [part for part in self._parts.iterdir() if part.stat().st_mtime < long_ago]
        with contextlib.suppress(OSError):  # a read-only disk still holds the programme
            for path in stale:
                disk.remove(path)

    @property
    def size(self) -> int:
        with self._lock:
            return sum(self._sizes.values())

    def disk_free(self) -> int:
        return shutil.disk_usage(self._folder).free

    def has(self, sha256: str) -> bool:
        return sha256 in self._sizes

    def read(self, sha256: str) -> bytes | None:
        """The bytes, checked against their name; a file that went bad is removed and counts as
        missing.
        """
        if sha256 not in self._sizes:
            return None
        try:
            content = self._path(sha256).read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != sha256:
            self.drop(sha256)
            return None
        return content

    def file(self, sha256: str) -> Path | None:
        """Where a blob lies that is too large for memory; checked once since the start."""
        if sha256 not in self._sizes:
            return None
        path = self._path(sha256)
        if sha256 not in self._checked:
            try:
                with path.open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:
                found = ""
            if found != sha256:
                self.drop(sha256)
                return None
            self._checked.add(sha256)
        return path

    def put(self, sha256: str, content: bytes) -> None:
        """Keep `content`, which must be what its name says. Raises `CacheFull` or `OSError`."""
        with self._lock:
            if sha256 in self._sizes:
                return
            self.make_room(len(content))
            path = self._path(sha256)
            self._disk.make_folder(path.parent)
            self._disk.write_durably(path, content)
            self._remember(sha256, len(content))

    def part(self, sha256: str) -> Path:
        """Where a download of this blob is kept until it is whole."""
        return self._parts / f"{sha256}.part"

    def adopt_part(self, sha256: str) -> bool:
        """Take a finished download in when its hash is right; remove it when not."""
        part = self.part(sha256)
        with part.open("rb") as file:
            right = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        if not right:
            self._disk.remove(part)
            return False
        self._disk.sync(part)
        with self._lock:
            size = part.stat().st_size
            path = self._path(sha256)
            self._disk.make_folder(path.parent)
            self._disk.rename(part, path)
            self._disk.sync_folder(path.parent)
            self._remember(sha256, size)
        return True

    def need(self, names: frozenset[str]) -> None:
        """Say which blobs must stay; all others may go when room is wanted."""
        with self._lock:
            self._needed = names

    def make_room(self, size: int) -> None:
        """Evict what is not needed, oldest first, until `size` more bytes fit.

        Raises `CacheFull`.
        """
        with self._lock:
            excess = sum(self._sizes.values()) + size - self._quota
            for name in sorted(self._sizes.keys() - self._needed, key=self._used_at.__getitem__):
                if excess <= 0:
                    return
                excess -= self._sizes[name]
                self.drop(name)
            if excess > 0:
                raise CacheFull(
                    f"the cache of {self._quota} bytes is full; raise cache_mb in player.yaml"
                )

    def drop(self, sha256: str) -> None:
        with self._lock:
            self._sizes.pop(sha256, None)
            self._used_at.pop(sha256, None)
            self._checked.discard(sha256)
            with contextlib.suppress(OSError):  # on a read-only disk it only counts as gone
                self._disk.remove(self._path(sha256))

    def drop_unneeded(self) -> None:
        """Remove everything that is not needed; used when the disk itself is full."""
        with self._lock:
            for name in self._sizes.keys() - self._needed:
                self.drop(name)

    def wipe(self) -> None:
        """Remove every blob and every unfinished download."""
        with self._lock:
            for name in list(self._sizes):
                self.drop(name)
            for part in self._parts.iterdir():
                self._disk.remove(part)

    def _remember(self, sha256: str, size: int) -> None:
        self._sizes[sha256] = size
        self._used_at[sha256] = self._path(sha256).stat().st_mtime

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
