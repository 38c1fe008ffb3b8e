"""Every change of a file goes through here: whole or not there, also after the power went."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".new-"
"""How the name of a file begins that a power cut left half written."""


class Disk:
    """The file system as the player uses it; each of the first six is one step for a power cut.

    All raise `OSError`. Until `sync` bytes may be lost or torn, until `sync_folder` names may.
    """

    def write(self, path: Path, content: bytes) -> None:
        """Make a file, or overwrite one."""
        path.write_bytes(content)

    def append(self, path: Path, content: bytes) -> None:
        """Add to the end of a file, which is made when it is not there."""
        with path.open("ab") as file:
            file.write(content)

    def sync(self, path: Path) -> None:
        """Make the bytes of a file survive a power cut."""
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name; one that had it is gone."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in `folder` survive a power cut, where the system can be asked for it."""
        try:
            handle = os.open(folder, os.O_RDONLY)
        except PermissionError:  # Windows opens no folders
            return
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> None:
        """Make a folder that survives a power cut, and those above it."""
        if not folder.is_dir():
            self.make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            self.sync_folder(folder.parent)

    def write_durably(self, path: Path, content: bytes) -> None:
        """Write `content` so that a reader, or a start after a power cut, sees old or new.

        Raises `OSError` (disk full, read-only) with the old file untouched.
        """
        new = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
        try:
            self.write(new, content)
            self.sync(new)
            self.rename(new, path)
        except BaseException:
            self.remove(new)
            raise
        self.sync_folder(path.parent)

    def remove_durably(self, path: Path) -> None:
        """Remove a file so that it does not come back after a power cut."""
        if path.exists():
            self.remove(path)
            self.sync_folder(path.parent)


DISK: Final = Disk()
