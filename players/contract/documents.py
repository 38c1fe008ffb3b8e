"""Turns documents into bytes and back; what can't be read is refused with a reason.

Unknown fields are ignored; unknown kinds of entry or item are skipped and named (rule V). So is an
entry of a known kind that can't be read: one broken slide or alert must not hide all the others.
"""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import msgspec

from players.contract import SCHEMA
from players.contract.alerts import Alert, AllClear, AnyAlert, Bulletin
from players.contract.holds import Blank, Hold, Meeting, SafeSlide
from players.contract.manifest import PlaylistEntry
from players.contract.playlist import Item, PlaylistDocument, SlideItem, VideoItem
from players.contract.signature import Unsealed
from players.contract.types import BlobRef

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

FORMATS: Final = ("image/png", "image/jpeg")
"""Pictures that every player decodes."""
KINDS: Final = (
    *("playlist", "slide", "video"),
    *("alert", "all_clear", "bulletin", "blank", "safe", "meeting"),
)
"""Kinds of entry and item that this schema knows."""

DOCUMENT_TYPE: Final = "application/vnd.signage.playlist+json"
"""Media type of a playlist document among the blobs."""


UNREADABLE: Final = "unreadable"
"""Stands before the kind of an entry skipped because it is broken, not because it is new."""


class Unreadable(ValueError):
    """A document was about to be made that no player could read; the text says where."""


class _Kind(msgspec.Struct):
    kind: str


def encode(document: msgspec.Struct) -> bytes:
    """Deterministic JSON: equal documents give equal bytes. No floats: they are not canonical.

    Making a document checks nothing, so it is read once here: raises `Unreadable` at the desk of
    the sender rather than on a thousand players.
    """
    name = type(document).__name__
    try:
        data = msgspec.json.encode(document, order="deterministic")
        msgspec.json.decode(data, type=type(document))
    except (msgspec.MsgspecError, TypeError, UnicodeError) as error:
        raise Unreadable(f"no player could read this {name}: {_one_line(error)}") from error
    return data


def raw(entry: msgspec.Struct) -> msgspec.Raw:
    """An entry or item ready to stand in a document."""
    return msgspec.Raw(encode(entry))


def decode(payload: bytes, kind: type[T]) -> T:
    """Read a document; raises `Unsealed` with one line on what is wrong with it."""
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unsealed(f"{kind.__name__} can't be read: {_one_line(error)}") from error


def refusal_of_schema(schema: int) -> str | None:
    """Say why a document of this `schema` may not be used here, or None."""
    if schema > SCHEMA:
        return f"written in schema {schema}; this player reads up to {SCHEMA}: update the player"
    return None


def playlist_entries(entries: Sequence[msgspec.Raw]) -> tuple[list[PlaylistEntry], list[str]]:
    """The entries of a manifest that this schema knows, and the names of the kinds skipped."""
    return _known(entries, {"playlist": PlaylistEntry})


def slide_items(items: Sequence[msgspec.Raw]) -> tuple[list[Item], list[str]]:
    """The items of a playlist document in order, and the names of the kinds skipped."""
    known: tuple[list[Item], list[str]] = _known(items, {"slide": SlideItem, "video": VideoItem})
    return known


def blobs_of(playlist: PlaylistDocument) -> list[BlobRef]:
    """All that a player must have to show `playlist`, each blob once, in order of need."""
    loops = [playlist.items, *(zone.items for zone in playlist.zones)]
    blobs: dict[str, BlobRef] = {}
    for item in [item for loop in loops for item in slide_items(loop)[0]]:
        blobs[item.blob.sha256] = item.blob
        blobs |= {widget.sheet.sha256: widget.sheet for widget in item.widgets}
    if playlist.ticker:
        blobs[playlist.ticker.blob.sha256] = playlist.ticker.blob
    return list(blobs.values())


def films_of(playlist: PlaylistDocument) -> list[BlobRef]:
    """The films of `playlist`, each once; where one is missing its poster stands."""
    loops = [playlist.items, *(zone.items for zone in playlist.zones)]
    items = [item for loop in loops for item in slide_items(loop)[0]]
    films = [item.film for item in items if isinstance(item, VideoItem)]
    return list({film.sha256: film for film in films}.values())


def alert_entries(entries: Sequence[msgspec.Raw]) -> tuple[list[AnyAlert], list[str]]:
    """The entries of an alert set or a drill set, and the names of the kinds skipped."""
    known: tuple[list[AnyAlert], list[str]] = _known(
        entries, {"alert": Alert, "all_clear": AllClear, "bulletin": Bulletin}
    )
    return known


def hold_entries(entries: Sequence[msgspec.Raw]) -> tuple[list[Hold], list[str]]:
    """The entries of a hold set, and the names of the kinds skipped."""
    known: tuple[list[Hold], list[str]] = _known(
        entries, {"blank": Blank, "safe": SafeSlide, "meeting": Meeting}
    )
    return known


def _known(raws: Iterable[msgspec.Raw], types: dict[str, type[S]]) -> tuple[list[S], list[str]]:
    known: list[S] = []
    skipped: list[str] = []
    for entry in raws:
        kind = ""
        try:
            kind = decode(bytes(entry), _Kind).kind
            if kind in types:
                known.append(decode(bytes(entry), types[kind]))
            else:
                skipped.append(_one_line(kind)[:40])
        except Unsealed:
            skipped.append(f"{UNREADABLE} {kind}".strip())
    return known, skipped


def _one_line(text: object) -> str:
    """Text fit for one line of a log."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(text))[:300]
