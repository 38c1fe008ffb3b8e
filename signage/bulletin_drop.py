"""Hands bulletins to another system by files in a folder: the first adapter of that boundary.

The interface of the provincial source-information system is not public. Whoever connects it writes
another `Outbox`; the worker knows no more than `hand_over`.
"""

from pathlib import Path
from typing import Protocol

import msgspec
import structlog

from signage.domain.bulletin import Bulletin
from signage.keys import write_atomically
from signage.speaking import CannotSpeak, spoken

log = structlog.get_logger()


class Outbox(Protocol):
    """Another system. `hand_over` may be called again with the same bulletin; raises OSError."""

    def hand_over(self, bulletin: Bulletin) -> None:
        """Take a bulletin: raised, changed or cleared."""


class FileDrop:
    """Writes `<id>-<revision>.json`, and `.wav` beside it where there is a voice.

    The JSON comes last and whole: whoever sees it finds the rest.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, bulletin: Bulletin) -> None:
        """Write the files of a bulletin, once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{bulletin.id}-{bulletin.revision}"
        target = self._folder / f"{name}.json"
        if target.exists():
            return
        try:
            write_atomically(self._folder / f"{name}.wav", spoken(bulletin.text), mode=0o644)
        except CannotSpeak as silent:
            log.warning("bulletin without a voice", bulletin=name, why=str(silent))
        write_atomically(target, msgspec.json.encode(bulletin), mode=0o644)
