"""The small words of which the documents are made: names, hashes, moments, references to blobs."""

from typing import Annotated, Final

from msgspec import Meta, Raw, Struct

from players.contract import limits

END: Final = r"$(?!\n)"
"""End of a pattern: after `$` alone a line feed may follow, and get into topics and file names."""

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._:-]{0,79}" + END)]
"""Identifier of a fleet, display, group, entry or alert: lower-case ASCII, fit for a topic."""
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}" + END)]
Sha256OrNone = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?" + END)]
"""The hash of what is shown, or nothing where nothing is held."""
Hex16 = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}" + END)]
KeyId = Hex16
Moment = Annotated[int, Meta(ge=0, le=2**53)]
"""Milliseconds since the Unix epoch, UTC."""
Count = Annotated[int, Meta(ge=0, le=2**53)]
Number = Annotated[int, Meta(ge=1, le=2**53)]
"""Counts from 1. Nothing is larger than 2**53: a browser and a database must hold it too."""
Pixels = Annotated[int, Meta(ge=1, le=32768)]
LocalMinute = Annotated[int, Meta(ge=0, le=2**40)]
"""Minutes of the wall clock since 1970-01-01 00:00; the manifest's table says when that is."""
LocalDate = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}" + END)]
ShortText = Annotated[str, Meta(max_length=200)]
LongText = Annotated[str, Meta(max_length=2000)]
AnyKind = Annotated[
    Raw,
    Meta(
        description="An entry or item; one whose kind is not known is skipped and reported.",
        extra_json_schema={
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}},
        },
    ),
]


class Document(Struct, frozen=True, kw_only=True):
    """The head of each sealed document; `serial` counts per kind, addressee and epoch (rule S)."""

    schema: Number
    fleet: Name
    epoch: Count
    serial: Count
    issued_at: Moment


class BlobRef(Struct, frozen=True, kw_only=True):
    """Immutable bytes named by their SHA-256; pictures say their pixels, other blobs 1×1."""

    sha256: Sha256
    bytes: Annotated[int, Meta(ge=1, le=limits.MAX_BLOB_BYTES)]
    media_type: Annotated[str, Meta(pattern=r"^[a-z]+/[a-z0-9.+-]+" + END, max_length=80)]
    width: Pixels = 1
    height: Pixels = 1


class Area(Struct, frozen=True, kw_only=True):
    """A part of the glass in pixels, from its top left."""

    x: Annotated[int, Meta(ge=0, le=32768)]
    y: Annotated[int, Meta(ge=0, le=32768)]
    width: Pixels
    height: Pixels
