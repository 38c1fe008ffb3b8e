"""A disk that writes down each step, and what it may hold after the power went at any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from players.files import Disk

Image = dict[str, bytes]
"""What is on the disk: bytes by path, from the folder of the player on."""
WAYS = ("all is there", "bytes are lost", "bytes are torn", "names are lost")


class RecordingDisk(Disk):
    """Does everything, and remembers it as (step, path, more)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.steps: list[tuple[str, str, Any]] = []

    def write(self, path: Path, content: bytes) -> None:
        super().write(path, content)
        self._note("write", path, content)

    def append(self, path: Path, content: bytes) -> None:
        super().append(path, content)
        self._note("append", path, content)

    def sync(self, path: Path) -> None:
        super().sync(path)
        self._note("sync", path)

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        self._note("rename", old, self._name(new))

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._note("remove", path)

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self._note("sync folder", folder)

    def _note(self, step: str, path: Path, more: Any = None) -> None:
        self.steps.append((step, self._name(path), more))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


@dataclass
class _File:
    """The bytes as programs see them, and those that a power cut leaves for certain."""

    now: bytes = b""
    safe: bytes = b""

    def after(self, way: str) -> bytes:
        if way == "bytes are lost":
            return self.safe
        if way == "bytes are torn" and self.now != self.safe:
            kept = len(self.safe) if self.now.startswith(self.safe) else 0
            return self.now[: kept + (len(self.now) - kept) // 2]
        return self.now


def images(steps: list[tuple[str, str, Any]]) -> Iterator[tuple[int, str, Image]]:
    """For every number of steps and every way to lose what was not synced: what is there then."""
    names: dict[str, _File] = {}
    safe_names: dict[str, _File] = {}
    for done in range(len(steps) + 1):
        if done:
            _take(names, safe_names, *steps[done - 1])
        for way in WAYS:
            there = safe_names if way == "names are lost" else names
            yield done, way, {name: file.after(way) for name, file in there.items()}


def _take(
    names: dict[str, _File], safe_names: dict[str, _File], step: str, path: str, more: Any
) -> None:
    if step == "write":
        names.setdefault(path, _File()).now = more
    elif step == "append":
        names.setdefault(path, _File()).now += more
    elif step == "sync":
        names[path].safe = names[path].now
    elif step == "rename":
        names[more] = names.pop(path)
    elif step == "remove":
        names.pop(path, None)
    elif step == "sync folder":
        here = [name for name in {*names, *safe_names} if name.rpartition("/")[0] == path]
        for name in here:
            safe_names.pop(name, None)
        safe_names |= {name: names[name] for name in here if name in names}
