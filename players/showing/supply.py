"""Sees to it that every picture is at hand: what is needed, what is cached, what to fetch."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from players.blobs.cache import Cache
from players.blobs.downloader import Downloader
from players.blobs.staging import Needs, Staging
from players.contract.holdings import Holdings
from players.contract.types import BlobRef
from players.errands import Errands
from players.sealed.pages import Pages
from players.sealed.papers import Papers
from players.showing.pictures import Wanted
from players.troubles import Troubles


class Supply:
    """Main thread only."""

    def __init__(
        self, cache: Cache, downloader: Downloader, errands: Errands, troubles: Troubles
    ) -> None:
        self._cache, self._downloader, self._errands = cache, downloader, errands
        self._troubles = troubles
        self._pages = Pages()
        self._staging = Staging(cache.read)
        self._of: dict[str, Needs] = {}
        self._named: frozenset[str] = frozenset()
        self.missing = 0

    def needs(self, papers: Papers) -> Needs | None:
        """What the current manifest needs; None without one."""
        return self._of.get(papers.manifest.sha256) if papers.manifest else None

    def refresh(self, papers: Papers, holdings: Holdings | None) -> bool:
        """Work out what to keep and to fetch; True when the staged manifest has all it needs."""
        manifests = [paper for paper in (papers.manifest, papers.staged) if paper]
        self._of = {
            paper.sha256: self._of.get(paper.sha256) or self._staging.needs_of(paper.document)
            for paper in manifests
        }
        missing = [] if papers.retired else self._pages_missing(holdings)
        for needs in self._of.values():
            missing += needs.missing(self._cache.has)
        for needs in self._of.values():
            missing += [film for film in needs.films if not self._cache.has(film.sha256)]
        self.missing = len(missing)
        self._downloader.want(missing)
        self._keep(holdings)
        if papers.staged is None:
            return False
        staged = self._of[papers.staged.sha256]
        if staged.missing(self._cache.has):
            return False
        self._troubles.all_of("playlist", staged.problems)
        return True

    def blob_arrived(self, sha256: str) -> None:
        """A document that comes tells of more blobs, so what needs it is worked out anew."""
        self._of = {
            name: needs
            for name, needs in self._of.items()
            if not any(
                blob.sha256 == sha256 and blob.width == 1 == blob.height for blob in needs.blobs
            )
        }

    def page_arrived(self, sha256: str, content: bytes) -> bool:
        """Keep a page that came through the broker; False when it is not what its name says."""
        before = self._pages.names()
        if not self._pages.arrived(sha256, content):
            return False
        self._errands.run("keep a page of an alert", lambda: self._keep_page(sha256))
        for fallen in set(before) - set(self._pages.names()) - self._named:
            self._errands.run("drop a page of an alert", partial(self._cache.drop, fallen))
        return True

    def has(self, sha256: str) -> bool:
        return self._pages.get(sha256) is not None or self._cache.has(sha256)

    def wanted(self, sha256: str) -> Wanted:
        """How the picture of this name is read, from memory or from disk."""
        return Wanted(sha256, lambda: self._pages.get(sha256) or self._cache.read(sha256))

    def film(self, sha256: str) -> Path | None:
        """Where the film of this name lies; from any thread, and slow the first time."""
        return self._cache.file(sha256)

    def pages_ahead(self) -> list[str]:
        return self._pages.names()

    def wipe(self) -> None:
        """The display was retired: nothing of this fleet stays."""
        self._pages = Pages()
        self._of = {}
        self._named = frozenset()
        self._errands.run("wipe the cache", self._cache.wipe)

    def cache_bytes(self) -> int:
        return self._cache.size

    def disk_free(self) -> int:
        return self._cache.disk_free()

    def _pages_missing(self, holdings: Holdings | None) -> list[BlobRef]:
        if holdings is None:
            return []
        pages = [page.blob for page in holdings.pages()]
        return [page for page in pages if not self.has(page.sha256)]

    def _keep(self, holdings: Holdings | None) -> None:
        names = {name for needs in self._of.values() for name in needs.names()}
        if holdings:
            names |= {page.blob.sha256 for page in holdings.pages()}
        self._named = frozenset(names)
        self._staging.forget_all_but(self._named)
        self._cache.need(self._named | {*self._pages.names()})

    def _keep_page(self, sha256: str) -> None:
        content = self._pages.get(sha256)
        if content is not None:  # else it fell off the shelf again in the meantime
            self._cache.put(sha256, content)
