"""Works out what a manifest needs: it becomes current once every blob of it is in the cache."""

from collections.abc import Callable
from dataclasses import dataclass

from players.contract import documents
from players.contract.manifest import Manifest
from players.contract.playlist import PlaylistDocument
from players.contract.signature import Unsealed
from players.contract.types import BlobRef


@dataclass(frozen=True)
class Needs:
    """The blobs of a manifest in order of need, the playlist documents at hand, and what had to be
    skipped.
    """

    blobs: tuple[BlobRef, ...]
    playlists: dict[str, PlaylistDocument]
    problems: tuple[str, ...]

    def missing(self, has: Callable[[str], bool]) -> list[BlobRef]:
        return [blob for blob in self.blobs if not has(blob.sha256)]

    def names(self) -> frozenset[str]:
        return frozenset(blob.sha256 for blob in self.blobs)


def needs_of(manifest: Manifest, read: Callable[[str], bytes | None]) -> Needs:
    """Gather what `manifest` needs; `read` gives a blob's bytes, or None while it is missing.

    As long as a document is missing its pictures are unknown; a document that can't be read is
    skipped.
    """
    if manifest.retired:
        return Needs((), {}, ())
    entries, _ = documents.playlist_entries(manifest.entries)
    blobs: dict[str, BlobRef] = {manifest.safe.sha256: manifest.safe}
    playlists: dict[str, PlaylistDocument] = {}
    problems: list[str] = []
    for ref in {entry.document.sha256: entry.document for entry in entries}.values():
        blobs[ref.sha256] = ref
        content = read(ref.sha256)
        if content is None:
            continue
        try:
            playlist = _playlist(content)
            items, _ = documents.slide_items(playlist.items)
        except Unsealed as error:
            problems.append(f"playlist document {ref.sha256[:12]} was skipped: {error}")
            continue
        playlists[ref.sha256] = playlist
        blobs |= {item.blob.sha256: item.blob for item in items}
        if playlist.ticker:
            blobs[playlist.ticker.blob.sha256] = playlist.ticker.blob
    return Needs(tuple(blobs.values()), playlists, tuple(problems))


def _playlist(content: bytes) -> PlaylistDocument:
    playlist = documents.decode(content, PlaylistDocument)
    if sentence := documents.refusal_of_schema(playlist.schema):
        raise Unsealed(sentence)
    return playlist
