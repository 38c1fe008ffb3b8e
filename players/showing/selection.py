"""Which pictures a showing needs, what stands in for a missing one, and what to decode ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from players.contract.alerts import ATTENTION
from players.contract.holdings import Holdings
from players.contract.showing import BLANK, Part, Showing, Signal
from players.contract.widgets import Almanac, Widget
from players.outputs import Arrival, Audible, Figures, Film, Output, Pane, Picture, Scene
from players.outputs.signal import AttentionSignal
from players.showing.pictures import Pictures, Wanted
from players.showing.projection import Projection
from players.showing.supply import Supply

PAGES_READY: Final = 4
"""Pages that are decoded ahead of the set that may name them."""
CALM: Final = "calm"


class Selection:
    """Main thread only."""

    def __init__(
        self, supply: Supply, pictures: Pictures, output: Output, projection: Projection
    ) -> None:
        self._supply, self._pictures, self._output = supply, pictures, output
        self._projection = projection
        self._signal: tuple[Signal, AttentionSignal] | None = None

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

    def scene_of(self, showing: Showing, *, audible: bool) -> Scene | None:
        """The showing with its pictures; None while they are being made.

        `audible`: this display may be heard.
        """
        main = self._main(showing).name
        made: dict[str, Picture] = {}
        for one in self._needed(showing):
            picture = self._pictures.get(one.name)
            if picture is None:
                return None
            made[one.name] = picture
        strip = made.get(showing.ticker.blob.sha256) if showing.ticker else None
        film = self._projection.film_of(showing)
        return Scene(
            source=showing.source,
            reason=showing.reason,
            item=showing.item,
            picture=made[main],
            strip=strip,
            ticker=showing.ticker if strip else None,
            film=film,
            sound=(self._signal_of(showing) or film) if audible else None,
            area=showing.area,
            figures=_figures(showing.widgets, showing.almanac, made),
            beside=tuple(
                _pane(part, showing.almanac, made, self._projection.film_in(part))
                for part in showing.parts
            ),
            arrival=Arrival(showing.transition, showing.since),
        )

    def _signal_of(self, showing: Showing) -> Audible | None:
        """The same object while it is the same signal: pages in turn must not begin it anew."""
        signal = showing.signal
        if signal is None or signal.name != ATTENTION:
            self._signal = None
        elif self._signal is None or self._signal[0] != signal:
            self._signal = signal, AttentionSignal(signal)
        return self._signal[1] if self._signal else None

    def _needed(self, showing: Showing) -> list[Wanted]:
        """The picture of a showing (or what stands in for it), then all that stands with it."""
        names = [widget.sheet.sha256 for widget in showing.widgets]
        for part in showing.parts:
            names += [part.item.blob.sha256, *(one.sheet.sha256 for one in part.item.widgets)]
        if showing.ticker and self._is_playable(showing.ticker.blob.sha256):
            names.append(showing.ticker.blob.sha256)
        return [self._main(showing), *map(self._supply.wanted, dict.fromkeys(names))]

    def _main(self, showing: Showing) -> Wanted:
        width, height = self._output.width, self._output.height
        if showing.blob and (
            showing.source == "schedule" or self._is_playable(showing.blob.sha256)
        ):
            return self._supply.wanted(showing.blob.sha256)
        if showing.source in {"alert", "drill", "bulletin"}:
            name = f"words:{showing.reason}.{showing.revision}"
            drill = showing.source == "drill"
            return Wanted(name, lambda: _words(showing.text, width, height, drill=drill))
        if showing.item == BLANK:
            return Wanted(BLANK, lambda: _dark(width, height))
        return Wanted(CALM, lambda: _calm(width, height))

    def _is_playable(self, sha256: str) -> bool:
        return self._supply.has(sha256) and not self._pictures.trouble_with(sha256)


def _figures(
    widgets: Sequence[Widget], almanac: Almanac | None, made: Mapping[str, Picture]
) -> tuple[Figures, ...]:
    if almanac is None:
        return ()
    return tuple(Figures(widget, made[widget.sheet.sha256], almanac) for widget in widgets)


def _pane(
    part: Part, almanac: Almanac | None, made: Mapping[str, Picture], film: Film | None
) -> Pane:
    item = part.item
    return Pane(
        picture=made[item.blob.sha256],
        area=part.area,
        figures=_figures(item.widgets, almanac, made),
        arrival=Arrival(item.transition, part.since),
        film=film,
    )


def _words(text: str, width: int, height: int, *, drill: bool) -> bytes:
    # Late, as are the next: a player in good health draws nothing.
    from players.showing.plain import words

    return words(text, width, height, drill=drill)


def _dark(width: int, height: int) -> bytes:
    from players.showing.plain import dark

    return dark(width, height)


def _calm(width: int, height: int) -> bytes:
    from players.showing.plain import calm

    return calm(width, height)
