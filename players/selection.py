"""Which pictures a showing needs, what stands in for a missing one, and what to decode ahead."""

from __future__ import annotations

from typing import Final

from players.contract.timeline import BLANK, Holdings, Showing
from players.outputs import Output, Scene
from players.pictures import Pictures, Wanted
from players.supply import Supply

PAGES_READY: Final = 4
"""Pages that are decoded ahead of the set that may name them."""
CALM: Final = "calm"


class Selection:
    """Main thread only."""

    def __init__(self, supply: Supply, pictures: Pictures, output: Output) -> None:
        self._supply, self._pictures, self._output = supply, pictures, output

    def make_ready(
        self, showing: Showing, after: Showing | None, holdings: Holdings, *, alerts: bool
    ) -> None:
        """Have the pictures made that are due now, next, or (pages of alerts) at any moment."""
        wanted = {one.name: one for one in self._needed(showing)}
        if after:
            wanted |= {one.name: one for one in self._needed(after)}
        pages = [page.blob.sha256 for page in holdings.pages()]
        pages = [*dict.fromkeys([*pages, *self._supply.pages_ahead()])] if alerts else []
        for name in [page for page in pages if self._supply.has(page)][:PAGES_READY]:
            wanted.setdefault(name, self._supply.wanted(name))
        self._pictures.want(list(wanted.values()))

    def scene_of(self, showing: Showing) -> Scene | None:
        """The showing with its pictures; None while they are being made."""
        pictures = [self._pictures.get(one.name) for one in self._needed(showing)]
        picture = pictures[0]
        if picture is None or None in pictures:
            return None
        strip = pictures[1] if len(pictures) > 1 else None
        return Scene(
            source=showing.source,
            reason=showing.reason,
            item=showing.item,
            picture=picture,
            strip=strip,
            ticker=showing.ticker if strip else None,
        )

    def _needed(self, showing: Showing) -> list[Wanted]:
        """The picture of a showing (or what stands in for it), then its strip."""
        needed = [self._main(showing)]
        if showing.ticker and self._is_playable(showing.ticker.blob.sha256):
            needed.append(self._supply.wanted(showing.ticker.blob.sha256))
        return needed

    def _main(self, showing: Showing) -> Wanted:
        width, height = self._output.width, self._output.height
        if showing.blob and (
            showing.source == "schedule" or self._is_playable(showing.blob.sha256)
        ):
            return self._supply.wanted(showing.blob.sha256)
        if showing.source in {"alert", "drill"}:
            name = f"words:{showing.reason}.{showing.revision}"
            drill = showing.source == "drill"
            return Wanted(name, lambda: _words(showing.text, width, height, drill=drill))
        if showing.item == BLANK:
            return Wanted(BLANK, lambda: _dark(width, height))
        return Wanted(CALM, lambda: _calm(width, height))

    def _is_playable(self, sha256: str) -> bool:
        return self._supply.has(sha256) and not self._pictures.trouble_with(sha256)


def _words(text: str, width: int, height: int, *, drill: bool) -> bytes:
    from players.plain import words  # late, as are the next: a player in good health draws nothing

    return words(text, width, height, drill=drill)


def _dark(width: int, height: int) -> bytes:
    from players.plain import dark

    return dark(width, height)


def _calm(width: int, height: int) -> bytes:
    from players.plain import calm

    return calm(width, height)
