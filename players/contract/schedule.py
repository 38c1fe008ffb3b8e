"""The schedule at a moment: the loop that is on, or the fallback that says why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from players.contract.daypart import last_end, occurrences
from players.contract.holdings import Holdings
from players.contract.limits import DAY
from players.contract.loops import Loop
from players.contract.manifest import Manifest, PlaylistEntry
from players.contract.playlist import Item, VideoItem
from players.contract.showing import Part, Showing
from players.contract.turns import turn_at
from players.contract.types import Area
from players.contract.widgets import Almanac


def scheduled_at(holdings: Holdings, moment: int, cut_off_since: int | None) -> Showing:
    """The loop of all entries of the highest priority that are on now, or a fallback slide.

    What is scheduled plays on when the controller is lost: only the gaps then say so.
    """
    manifest = holdings.manifest
    if manifest is None:
        return fallback(None, "no-manifest", 0, moment + DAY)
    if moment >= manifest.valid_until:
        return fallback(manifest, "programme-ended", manifest.valid_until, moment + DAY)
    offsets = manifest.utc_offsets
    stretches = [_Stretch.of(entry, moment, holdings) for entry in holdings.entries]
    edges = [edge for stretch in stretches for spell in stretch.spells for edge in spell]
    edges += [end for stretch in stretches for end in stretch.ends]
    changes = [*edges, manifest.issued_at, manifest.valid_until, moment + DAY]
    until = min(edge for edge in changes if edge > moment)
    on = [stretch for stretch in stretches if stretch.began is not None]
    held = [stretch for stretch in on if stretch.loop.items]
    if not held:
        reason = "documents-missing" if on else "nothing-scheduled"
        since = _empty_since(holdings, manifest, on, moment)
        if any(end <= moment for stretch in on for end in stretch.ends):
            reason = "expired"
        elif cut_off_since is not None and not on:
            reason, since = "cut-off", max(since, cut_off_since)
        return fallback(manifest, reason, since, until)
    top = max(stretch.entry.priority for stretch in held)
    first = [stretch for stretch in held if stretch.entry.priority == top]
    anchor = _anchor(stretches, first, moment)
    items = [(stretch, item) for stretch in first for item in stretch.loop.items]
    place, since, item_until = turn_at([item.shown_ms for _, item in items], anchor, moment)
    stretch, item = items[place]
    if len(items) == 1:
        since, item_until = anchor, until
    loop = stretch.loop
    parts = [_part(area, beside, anchor, moment) for area, beside in loop.zones if beside]
    return Showing(
        source="schedule",
        reason=stretch.entry.id,
        item=item.id,
        blob=item.blob,
        since=since,
        until=min([item_until, until, *(ends for _, ends in parts)]),
        ticker=loop.ticker,
        film=item if isinstance(item, VideoItem) else None,
        transition=item.transition,
        area=loop.area,
        widgets=tuple(item.widgets),
        parts=tuple(part for part, _ in parts),
        almanac=Almanac(tuple(offsets), loop.lunar),
    )


def _part(area: Area, items: Sequence[Item], anchor: int, moment: int) -> tuple[Part, int]:
    """What a zone shows, and until when."""
    place, since, until = turn_at([item.shown_ms for item in items], anchor, moment)
    alone = len(items) == 1
    return Part(area, items[place], anchor if alone else since), moment + DAY if alone else until


def fallback(manifest: Manifest | None, reason: str, since: int, until: int) -> Showing:
    """The slide that says what is the matter, or else the safe slide."""
    if manifest is None:
        return Showing("fallback", reason, "none", None, since, until)
    slides = manifest.fallbacks
    item, blob = {
        "cut-off": ("comms-loss", slides.comms_loss),
        "clock-unsure": ("power-recovery", slides.power_recovery),
        "programme-ended": ("end-of-programme", slides.end_of_programme),
    }.get(reason, ("safe", None))
    if blob is None:
        item, blob = "safe", manifest.safe
    return Showing("fallback", reason, item, blob, since, until)


def _empty_since(
    holdings: Holdings, manifest: Manifest, on: Iterable[_Stretch], moment: int
) -> int:
    """Since when nothing can be shown: the newest end of an entry, or start of one not held."""
    ends = (
        last_end(part, entry.first_date, entry.last_date, moment, manifest.utc_offsets)
        for entry in holdings.entries
        for part in entry.dayparts
    )
    went_off = [end for stretch in on for end in stretch.ends if end <= moment]
    starts = [stretch.began for stretch in on]
    edges = [edge for edge in (*ends, *starts, *went_off) if edge is not None]
    return max(edges, default=manifest.issued_at if manifest.issued_at <= moment else 0)


@dataclass(frozen=True)
class _Stretch:
    """An entry, its starts and ends around a moment, and since when it is on (None: it is not).

    `loop` is what of its document can be shown then; `ends` tells when items of it expire.
    """

    entry: PlaylistEntry
    spells: tuple[tuple[int, int], ...]
    began: int | None
    loop: Loop
    ends: tuple[int, ...]

    @classmethod
    def of(cls, entry: PlaylistEntry, moment: int, holdings: Holdings) -> _Stretch:
        offsets = holdings.manifest.utc_offsets if holdings.manifest else []
        spells = tuple(
            spell
            for daypart in entry.dayparts
            for spell in occurrences(daypart, entry.first_date, entry.last_date, moment, offsets)
        )
        on = (starts for starts, ends in spells if starts <= moment < ends)
        loop = holdings.loops.get(entry.document.sha256, Loop())
        ends = tuple(loop.ends(offsets))
        current = loop.at(moment, offsets) if ends else loop
        return cls(entry, spells, max(on, default=None), current, ends)

    def past_ends(self, moment: int) -> list[int]:
        """When it, or an item of it while it was on, went off up to `moment`."""
        expired = [end for end in self.ends if any(on <= end < off for on, off in self.spells)]
        return [end for end in (*expired, *(off for _, off in self.spells)) if end <= moment]


def _anchor(stretches: Iterable[_Stretch], first: Sequence[_Stretch], moment: int) -> int:
    """When the loop on now began.

    Its last entry came on, or one not below it, or an item of one, went off.
    """
    top = first[0].entry.priority
    began = [stretch.began for stretch in first if stretch.began is not None]
    above = [stretch for stretch in stretches if stretch.entry.priority >= top]
    return max(began + [end for stretch in above for end in stretch.past_ends(moment)])
