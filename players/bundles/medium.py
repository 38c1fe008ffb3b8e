"""Reads a bundle from a medium that may be anybody's: no link, no device, no size but its own."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from players.contract.bundle import FILES, FOLDER
from players.contract.limits import MIB

MAX_MOUNTS: Final = 64
"""Folders looked into below each place where media are mounted, and below each of these."""
PIECE: Final = 1 * MIB


class BadMedium(Exception):
    """One English line on what is wrong with a medium."""


class Medium:
    """The bundle folder `path`; every file is opened without following a link."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def small(self, name: str, limit: int) -> bytes:
        """A file beside the index; raises `BadMedium`."""
        with _opened(self._path, name) as (file, size):
            if size > limit:
                raise BadMedium(f"{name} has {size} bytes, more than {limit}")
            return _read(file, size)

    def blob(self, sha256: str, size: int) -> bytes:
        """A small file named by its hash, checked."""
        with _opened(self._path / FILES, sha256) as (file, found):
            content = _read(file, size) if found == size else b""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BadMedium(f"file {sha256[:12]} is not what its name says")
        return content

    def has(self, sha256: str) -> bool:
        """Say whether there is a file of this name."""
        return os.path.lexists(self._path / FILES / sha256)

    def copy(self, sha256: str, size: int, target: Path) -> None:
        """Copy a file to `target`; whoever calls looks whether it is what its name says."""
        with _opened(self._path / FILES, sha256) as (file, found), target.open("wb") as copied:
            if found != size:
                raise BadMedium(f"file {sha256[:12]} has {found} bytes, not {size}")
            while size > 0 and (piece := os.read(file, min(size, PIECE))):
                copied.write(piece)
                size -= len(piece)


def bundles_below(places: list[str]) -> list[Path]:
    """The bundle folders on media that are mounted below `places`, as deep as /media/user/name."""
    found: list[Path] = []
    for place in map(Path, places):
        level = [place]
        for _ in range(3):
            found += [one / FOLDER for one in level if _is_folder(one / FOLDER)]
            level = [folder for one in level for folder in _folders(one)][:MAX_MOUNTS]
    return found


@contextlib.contextmanager
def _opened(folder: Path, name: str) -> Iterator[tuple[int, int]]:
    """A regular file's descriptor and size; neither it nor its folder may be a link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        if not _is_folder(folder) or (folder / name).is_symlink():
            raise BadMedium(f"{name} is missing or a link")
        file = os.open(folder / name, flags)
    except OSError as error:
        raise BadMedium(f"{name} can't be read: {error.strerror}") from error
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise BadMedium(f"{name} is no file")
        yield file, status.st_size
    except OSError as error:
        raise BadMedium(f"{name} can't be read: {error.strerror}") from error
    finally:
        os.close(file)


def _read(file: int, size: int) -> bytes:
    content = b""
    while len(content) < size and (piece := os.read(file, size - len(content))):
        content += piece
    return content


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [one.name for one, _ in zip(entries, range(MAX_MOUNTS), strict=False)]
    except OSError:
        return []
    return [folder / name for name in sorted(names) if _is_folder(folder / name)]


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False
