"""Writes a JSON Schema of each document for the tools of others.

Run as `python -m players.contract.schema DIR`. The schemas are made from the types, so they say
what a player checks while it reads. Not in them: sizes in bytes, signatures, and rules that look
at two fields at once.
"""

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final

import msgspec

from players.contract.alerts import Alert, AlertSet, AllClear, Beat, Bulletin, TimeAnswer
from players.contract.bundle import Bundle
from players.contract.commands import Command
from players.contract.holds import Blank, HoldSet, Meeting, SafeSlide
from players.contract.keys import KeyList
from players.contract.manifest import Manifest, PlaylistEntry
from players.contract.playlist import PlaylistDocument, SlideItem, VideoItem
from players.contract.reports import Plays, PlaysAck, Presence, Screenshot, Status
from players.contract.signature import Envelope

DOCUMENTS: Final[dict[str, type[msgspec.Struct]]] = {
    "envelope": Envelope,
    "keys": KeyList,
    "beat": Beat,
    "time": TimeAnswer,
    "manifest": Manifest,
    "manifest-entry-playlist": PlaylistEntry,
    "playlist": PlaylistDocument,
    "playlist-item-slide": SlideItem,
    "playlist-item-video": VideoItem,
    "alerts": AlertSet,
    "alerts-entry-alert": Alert,
    "alerts-entry-all-clear": AllClear,
    "alerts-entry-bulletin": Bulletin,
    "drills": AlertSet,
    "holds": HoldSet,
    "command": Command,
    "bundle": Bundle,
    "holds-entry-blank": Blank,
    "holds-entry-safe": SafeSlide,
    "holds-entry-meeting": Meeting,
    "status": Status,
    "plays": Plays,
    "plays-ack": PlaysAck,
    "screenshot": Screenshot,
    "presence": Presence,
}
"""Every document of the contract, and every kind of entry or item, by the name of its schema."""

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_of(document: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of one document, complete in itself."""
    (reference,), parts = msgspec.json.schema_components([document], ref_template="#/$defs/{name}")
    for part in parts.values():
        # Python 3.13 takes the indentation out of docstrings, older ones leave it in.
        part["description"] = cleandoc(part.get("description", ""))
        # msgspec 0.19 puts null before a reference, newer ones after it.
        for field in part.get("properties", {}).values():
            field.get("anyOf", []).sort(key=json.dumps)
    return {"$schema": DIALECT, **reference, "$defs": parts}


def files() -> dict[str, str]:
    """The text of every schema file by its name."""
    return {
        f"{name}.schema.json": json.dumps(schema_of(document), indent=2, ensure_ascii=False) + "\n"
        for name, document in DOCUMENTS.items()
    }


def main(arguments: list[str]) -> int:
    """Write all files into the folder named; returns the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m players.contract.schema DIR\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
