"""What there is to show: papers, cache and pictures together, kept up to date for the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec

from players.contract.holdings import Holdings
from players.contract.manifest import Fallbacks, Manifest
from players.outputs import Output
from players.sealed.intake import Intake
from players.sealed.papers import Papers
from players.showing.pictures import Pictures
from players.showing.supply import Supply
from players.troubles import Troubles


class Repertoire:
    """Main thread only. `profile_changed` hears of a manifest that is for another profile."""

    def __init__(
        self,
        display: str,
        papers: Papers,
        intake: Intake,
        supply: Supply,
        pictures: Pictures,
        output: Output,
        troubles: Troubles,
        profile_changed: Callable[[str], None],
    ) -> None:
        self._display, self._papers, self._intake = display, papers, intake
        self._supply, self._pictures, self._output = supply, pictures, output
        self._troubles, self._profile_changed = troubles, profile_changed
        self._seen: tuple[object, ...] = ()
        self._made_of: tuple[object, ...] = ()
        self.holdings = self._schedule = Holdings.of(display, None, {}, None)
        self.arrivals = 0
        """Grows with each blob and page that comes in."""

    def refresh(self) -> bool:
        """Look at what has changed since the last time; True when that may change what is due."""
        troubles = self._pictures.troubles()
        seen = (self._papers.version, self.arrivals, frozenset(troubles))
        if seen == self._seen:
            return False
        told = [f"picture {name[:12]} {reason}" for name, reason in troubles.items()]
        self._troubles.all_of("picture", told)
        self._gather(frozenset(troubles))
        self._seen = (self._papers.version, *seen[1:])
        return True

    def _gather(self, unplayable: frozenset[str]) -> None:
        if self._supply.refresh(self._papers, self.holdings):
            self._promote()
        self._rebuild(unplayable)
        self._supply.refresh(self._papers, self.holdings)

    def _promote(self) -> None:
        profile = self._papers.standing.profile
        self._intake.promote()
        if self._papers.retired:
            self._supply.wipe()
        if self._papers.standing.profile != profile:
            self._profile_changed(self._papers.standing.profile)
        if (manifest := self._papers.manifest) and not self._papers.retired:
            size = manifest.document.width, manifest.document.height
            own = self._output.width, self._output.height
            odd = f"the manifest is for {size} pixels, the output has {own}" if size != own else ""
            self._troubles.of("size", odd)

    def _rebuild(self, unplayable: frozenset[str]) -> None:
        papers, needs = self._papers, self._supply.needs(self._papers)
        if needs:
            unplayable |= {blob.sha256 for blob in needs.missing(self._supply.has)}
        made_of = (papers.manifest, needs, unplayable)
        if made_of != self._made_of:
            self._made_of = made_of
            manifest = papers.manifest.document if papers.manifest else None
            playlists = needs.playlists if needs else {}
            schedule = Holdings.of(self._display, manifest, playlists, None)
            self._schedule = _without(schedule, unplayable)
        sets = Holdings.of(
            self._display,
            None,
            {},
            papers.alerts.document if papers.alerts else None,
            papers.drills.document if papers.drills else None,
            papers.holds.document if papers.holds else None,
        )
        # An alert takes its place beside the schedule without all playlists being read again.
        self.holdings = replace(
            self._schedule, alerts=sets.alerts, drills=sets.drills, holds=sets.holds
        )
        unknown = (*self._schedule.unknown, *sets.unknown)
        told = [f"skipped what is not known here: {one}" for one in unknown]
        self._troubles.all_of("unknown", told)


def _without(holdings: Holdings, unplayable: frozenset[str]) -> Holdings:
    """`holdings` less the items and fallback slides whose pictures can't be shown."""
    loops = {name: loop.without(unplayable) for name, loop in holdings.loops.items()}
    return replace(holdings, loops=loops, manifest=_with_slides_of(holdings.manifest, unplayable))


def _with_slides_of(manifest: Manifest | None, unplayable: frozenset[str]) -> Manifest | None:
    if manifest is None:
        return None
    names = ("comms_loss", "power_recovery", "end_of_programme")
    slides = {name: getattr(manifest.fallbacks, name) for name in names}
    playable = {
        name: slide if slide and slide.sha256 not in unplayable else None
        for name, slide in slides.items()
    }
    return msgspec.structs.replace(manifest, fallbacks=Fallbacks(**playable))
