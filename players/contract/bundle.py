"""The index of a hand-carried bundle: sealed documents by the topic they would stand on."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from players.contract import limits
from players.contract.types import END, Document, Sha256

FOLDER: Final = "SIGNAGE-BUNDLE"
"""Its name on the medium; in it lie the index, the key list, and files named by their SHA-256."""
INDEX, KEYS, FILES = "index.sealed", "keys.sealed", "files"


class Carried(Struct, frozen=True, kw_only=True):
    """One sealed document, and the topic on which a broker would keep it."""

    topic: Annotated[str, Meta(pattern=r"^[a-z0-9._:/-]{1,300}" + END)]
    sha256: Sha256
    bytes: Annotated[int, Meta(ge=1, le=limits.MAX_SEALED_BYTES)]


class Bundle(Document, frozen=True, kw_only=True):
    """What is on the medium. Blobs are named by the documents; each lies in a file of its hash."""

    documents: Annotated[list[Carried], Meta(max_length=limits.MAX_CARRIED)]
