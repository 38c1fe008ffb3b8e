"""Which films run: the one that is on, and the next one, opened before its time comes."""

from __future__ import annotations

from functools import partial
from typing import Final

from players import films
from players.clock import PlayerTime
from players.contract.playlist import FILM_TYPE
from players.contract.timeline import Showing
from players.films import Reel
from players.outputs import Film, Output
from players.supply import Supply
from players.troubles import Troubles

OPEN_AHEAD: Final = 3000
"""Ms before its time at which a film is opened: at least a second is left when the loop sleeps."""

Key = tuple[str, int, tuple[int, int]]
"""A film by name, since when its item is on, and the size of its area in px."""


class Projection:
    """Main thread only. `late` counts the pictures of films that came too late to be shown."""

    def __init__(
        self, supply: Supply, output: Output, time: PlayerTime, troubles: Troubles
    ) -> None:
        self._supply, self._output, self._time, self._troubles = supply, output, time, troubles
        self._able = films.can_decode()
        self._reels: dict[Key, Reel] = {}
        self._late = 0

    @property
    def late(self) -> int:
        return self._late + sum(reel.dropped for reel in self._reels.values())

    def formats(self) -> tuple[str, ...]:
        """What this player can show besides pictures, for its status."""
        return (FILM_TYPE,) if self._able else ()

    def make_ready(self, showing: Showing, after: Showing | None) -> None:
        """Let the film that is on run, open the next in time, and let go of all others."""
        wanted: dict[Key, tuple[Showing, int]] = {}
        if after and showing.until - self._time.now() <= OPEN_AHEAD:
            wanted |= self._wanted(after, showing.until)
        wanted |= self._wanted(showing, 0)
        for key in self._reels.keys() - wanted.keys():
            reel = self._reels.pop(key)
            reel.close()
            self._late += reel.dropped
        for key, (one, comes_on) in wanted.items():
            if key not in self._reels:
                self._reels[key] = self._opened(key, one, comes_on)
            self._tell_of(key[0], self._reels[key].trouble)

    def film_of(self, showing: Showing) -> Film | None:
        """The film of `showing`; None where a picture stands instead."""
        return self._reels.get(self._key_of(showing)) if showing.film else None

    def stop(self) -> None:
        for reel in self._reels.values():
            reel.close()

    def _wanted(self, showing: Showing, comes_on: int) -> dict[Key, tuple[Showing, int]]:
        if showing.film is None:
            return {}
        if not self._able:
            self._tell_of("films", "are shown as still pictures: install signage[video]")
            return {}
        if not self._supply.has(showing.film.film.sha256):
            return {}
        return {self._key_of(showing): (showing, comes_on)}

    def _opened(self, key: Key, showing: Showing, comes_on: int) -> Reel:
        assert showing.film is not None  # noqa: S101 - only films are wanted
        return Reel(
            showing.film,
            showing.since,
            partial(self._supply.film, key[0]),
            area=key[2],
            comes_on=comes_on,
            now=self._time.exact,
            rate=self._output.rate,
        )

    def _key_of(self, showing: Showing) -> Key:
        name = showing.film.film.sha256 if showing.film else ""
        return name, showing.since, self._area_of(showing)

    def _area_of(self, showing: Showing) -> tuple[int, int]:
        if showing.area:
            return showing.area.width, showing.area.height
        band = showing.ticker.blob.height if showing.ticker else 0
        return self._output.width, max(1, self._output.height - band)

    def _tell_of(self, name: str, trouble: str) -> None:
        about = f"film {name}"
        if trouble:
            self._troubles.note_once(f"film {name[:12]} {trouble}", about=about)
        else:
            self._troubles.over(about)
