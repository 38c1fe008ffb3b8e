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
    """The blobs of a manifest in order of need, the playlists at hand, and what was skipped.

    Films come by and by: where one is missing its poster stands, and the manifest holds all the
    same.
    """

    blobs: tuple[BlobRef, ...]
    playlists: dict[str, PlaylistDocument]
    problems: tuple[str, ...]
    films: tuple[BlobRef, ...] = ()

    def missing(self, has: Callable[[str], bool]) -> list[BlobRef]:
        return [blob for blob in self.blobs if not has(blob.sha256)]

    def names(self) -> frozenset[str]:
        return frozenset(blob.sha256 for blob in (*self.blobs, *self.films))


@dataclass(frozen=True)
class _Parsed:
    playlist: PlaylistDocument
    blobs: tuple[BlobRef, ...]
    films: tuple[BlobRef, ...]


class Staging:
    """Remembers what it has read: a hundred documents are not parsed again when one more arrives.

    `read` gives a blob's bytes, or None while it is missing.
    """

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._parsed: dict[str, _Parsed | str] = {}

    def needs_of(self, manifest: Manifest) -> Needs:
        """Gather what `manifest` needs.

        While a document is missing its pictures are unknown; one that can't be read is skipped.
        """
        if manifest.retired:
            return Needs((), {}, ())
        entries, _ = documents.playlist_entries(manifest.entries)
        always = [manifest.safe, *manifest.fallbacks.blobs()]
        blobs: dict[str, BlobRef] = {blob.sha256: blob for blob in always}
        playlists: dict[str, PlaylistDocument] = {}
        problems: list[str] = []
        films: dict[str, BlobRef] = {}
        for ref in {entry.document.sha256: entry.document for entry in entries}.values():
            blobs[ref.sha256] = ref
            parsed = self._parse(ref.sha256)
            if isinstance(parsed, str):
                problems.append(f"playlist document {ref.sha256[:12]} was skipped: {parsed}")
            elif parsed:
                playlists[ref.sha256] = parsed.playlist
                blobs |= {blob.sha256: blob for blob in parsed.blobs}
                films |= {film.sha256: film for film in parsed.films}
        return Needs(tuple(blobs.values()), playlists, tuple(problems), tuple(films.values()))

    def forget_all_but(self, names: frozenset[str]) -> None:
        """Let go of documents that nothing names any more."""
        self._parsed = {name: parsed for name, parsed in self._parsed.items() if name in names}

    def _parse(self, name: str) -> _Parsed | str | None:
        if name not in self._parsed:
            content = self._read(name)
            if content is None:
                return None
            self._parsed[name] = _parsed(content)
        return self._parsed[name]


def _parsed(content: bytes) -> _Parsed | str:
    """The playlist and its blobs, or why it can't be used."""
    try:
        playlist = documents.decode(content, PlaylistDocument)
    except Unsealed as error:
        return str(error)
    if sentence := documents.refusal_of_schema(playlist.schema):
        return sentence
    return _Parsed(
        playlist, tuple(documents.blobs_of(playlist)), tuple(documents.films_of(playlist))
    )
