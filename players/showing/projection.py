"""Which films run: the one that is on, and the next one, opened before its time comes."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple, TypeGuard

from players.clock import PlayerTime
from players.contract.playlist import FILM_TYPE, Item, VideoItem
from players.contract.showing import Part, Showing
from players.outputs import Film, Output
from players.showing import films
from players.showing.films import Reel
from players.showing.supply import Supply
from players.troubles import Troubles

OPEN_AHEAD: Final = 3000
"""Ms before its time at which a film is opened: at least a second is left when the loop sleeps."""


class Screening(NamedTuple):
    """A film of the glass, since when (player time, ms) its item is on, and its area in px."""

    item: VideoItem
    since: int
    area: tuple[int, int]

    @property
    def key(self) -> tuple[str, int, tuple[int, int]]:
        return self.item.film.sha256, self.since, self.area


class Projection:
    """Main thread only. `late` counts the pictures of films that came too late to be shown."""

    def __init__(
        self, supply: Supply, output: Output, time: PlayerTime, troubles: Troubles
    ) -> None:
        self._supply, self._output, self._time, self._troubles = supply, output, time, troubles
        self._able = films.can_decode()
        self._reels: dict[tuple[str, int, tuple[int, int]], Reel] = {}
        self._late = 0

    @property
    def late(self) -> int:
        return self._late + sum(reel.dropped for reel in self._reels.values())

    def formats(self) -> tuple[str, ...]:
        """What this player can show besides pictures, for its status."""
        return (FILM_TYPE,) if self._able else ()

    def make_ready(self, showing: Showing, after: Showing | None) -> None:
        """Let the film that is on run, open the next in time, and let go of all others."""
        wanted = dict.fromkeys(self._screenings(showing), 0)
        if after and showing.until - self._time.now() <= OPEN_AHEAD:
            wanted = dict.fromkeys(self._screenings(after), showing.until) | wanted
        if wanted and not self._able:
            self._tell_of("films", "are shown as still pictures: install signage[video]")
            return
        wanted = {one: at for one, at in wanted.items() if self._supply.has(one.item.film.sha256)}
        for key in self._reels.keys() - {one.key for one in wanted}:
            reel = self._reels.pop(key)
            reel.close()
            self._troubles.over(f"film {key[0]}")
            self._late += reel.dropped
        for one, comes_on in wanted.items():
            if one.key not in self._reels:
                self._reels[one.key] = self._opened(one, comes_on)
            self._tell_of(one.key[0], self._reels[one.key].trouble)

    def film_of(self, showing: Showing) -> Film | None:
        """The film of `showing`; None where a picture stands instead."""
        return self._reels.get(self._main(showing, showing.film).key) if showing.film else None

    def film_in(self, part: Part) -> Film | None:
        """The film of a zone beside the slides; None where a picture stands instead."""
        return self._reels.get(_beside(part, part.item).key) if is_film(part.item) else None

    def stop(self) -> None:
        for reel in self._reels.values():
            reel.close()

    def _screenings(self, showing: Showing) -> list[Screening]:
        main = [self._main(showing, showing.film)] if showing.film else []
        return main + [_beside(part, part.item) for part in showing.parts if is_film(part.item)]

    def _main(self, showing: Showing, film: VideoItem) -> Screening:
        if showing.area:
            area = showing.area.width, showing.area.height
        else:
            band = showing.ticker.blob.height if showing.ticker else 0
            area = self._output.width, max(1, self._output.height - band)
        return Screening(film, showing.since, area)

    def _opened(self, one: Screening, comes_on: int) -> Reel:
        return Reel(
            one.item,
            one.since,
            partial(self._supply.film, one.item.film.sha256),
            area=one.area,
            comes_on=comes_on,
            now=self._time.exact,
            rate=self._output.rate,
        )

    def _tell_of(self, name: str, trouble: str) -> None:
        sentence = f"film {name[:12]} {trouble}" if trouble else ""
        self._troubles.of(f"film {name}", sentence)


def is_film(item: Item) -> TypeGuard[VideoItem]:
    return isinstance(item, VideoItem)


def _beside(part: Part, film: VideoItem) -> Screening:
    return Screening(film, part.since, (part.area.width, part.area.height))
