"""Remembers what was set up from which files: a step runs again only when they change."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from setting_up.saying import ROOT

STAMPS = ROOT / ".setup" / "stamps"


def key_of(*words: str, files: Iterable[Path] = ()) -> str:
    """A hash over `words`, this checkout's place, and the names and contents of `files`."""
    contents = [
        (str(file), hashlib.sha256(file.read_bytes()).hexdigest()) for file in sorted(files)
    ]
    return hashlib.sha256(json.dumps([str(ROOT), *words, contents]).encode()).hexdigest()


def is_done(step: str, key: str, *, made: Iterable[Path]) -> bool:
    """Whether `step` was done with this key and everything it made is still there."""
    stamp = STAMPS / step
    same = stamp.is_file() and stamp.read_text() == key
    return same and all(path.exists() for path in made)


def mark_done(step: str, key: str) -> None:
    """Write the stamp; call this last, so that a step that was interrupted runs again."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(key)
