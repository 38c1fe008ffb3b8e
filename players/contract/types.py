"""The small words of which the documents are made: names, hashes, moments, references to blobs."""

from typing import Annotated

from msgspec import Meta, Struct

from players.contract import limits

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._:-]{0,79}$")]
"""Identifier of a fleet, display, group, entry or alert: lower-case ASCII, fit for a topic."""
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
KeyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$")]
Moment = Annotated[int, Meta(ge=0, le=2**53)]
"""Milliseconds since the Unix epoch, UTC."""
Count = Annotated[int, Meta(ge=0, le=2**53)]
Pixels = Annotated[int, Meta(ge=1, le=32768)]
LocalDate = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
ShortText = Annotated[str, Meta(max_length=200)]
LongText = Annotated[str, Meta(max_length=2000)]


class Document(Struct, frozen=True, kw_only=True):
    """The head of each sealed document; `serial` counts per kind, addressee and epoch (rule S)."""

    schema: Annotated[int, Meta(ge=1)]
    fleet: Name
    epoch: Count
    serial: Count
    issued_at: Moment


class BlobRef(Struct, frozen=True, kw_only=True):
    """Immutable bytes named by their SHA-256; pictures say their pixels, other blobs 1×1."""

    sha256: Sha256
    bytes: Annotated[int, Meta(ge=1, le=limits.MAX_BLOB_BYTES)]
    media_type: Annotated[str, Meta(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=80)]
    width: Pixels = 1
    height: Pixels = 1
