"""What is due on a display at a moment and until when: one function for player, preview and tests.

Order on the glass: dark or safe-slide hold, alert, meeting, drill, panel off, schedule, fallback.
Places inside a loop are functions of time, never counters, so that players of one group
agree and a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from players.contract import documents
from players.contract.alerts import Alert, AlertSet, AllClear, AnyAlert, Bulletin, Page
from players.contract.daypart import last_end, occurrences
from players.contract.holds import Blank, Hold, HoldSet, Meeting, SafeSlide
from players.contract.layers import Layer
from players.contract.limits import DAY, MINUTE, SECOND
from players.contract.loops import Loop
from players.contract.manifest import Manifest, PlaylistEntry
from players.contract.playlist import CUT, Item, PlaylistDocument, Ticker, VideoItem
from players.contract.types import Area, BlobRef
from players.contract.widgets import Almanac, Widget

LONGEST_WAIT = 30 * SECOND
"""A priority bulletin waits so long for the slide before it."""
MAX_ITEM_LETTERS = 80
"""As long as the name of an item may be in a play or a status."""
BLANK: Final = "blank"
"""The item on a display that is kept dark."""


@dataclass(frozen=True)
class Part:
    """What a zone beside the slides shows: an item of its own loop, on since `since`."""

    area: Area
    item: Item
    since: int


@dataclass(frozen=True)
class Showing:
    """One picture on the glass: from `since` (when this stretch began) until `until` at the latest.

    `since` is the alert's own beginning when the clock here is slow and has not got there yet.
    `source` is hold, alert, drill, off, schedule or fallback; `reason` the id of hold, alert, drill
    or entry, or why a fallback slide is up. `blob` is None only when nothing at all is held, and
    for a display that is kept dark; of a film it is the poster, and its place is
    `film.round_at(moment - since)`. `text` is what an alert or drill says when its page is missing.
    `area` is where a slide stands (None: all that the ticker leaves), `parts` are the zones beside
    it; `almanac` tells the time to all widgets.
    """

    source: str
    reason: str
    item: str
    blob: BlobRef | None
    since: int
    until: int
    ticker: Ticker | None = None
    text: str = ""
    revision: int = 0
    film: VideoItem | None = None
    transition: str = CUT
    area: Area | None = None
    widgets: tuple[Widget, ...] = ()
    parts: tuple[Part, ...] = ()
    almanac: Almanac | None = None


@dataclass(frozen=True)
class Circumstances:
    """What bears on the glass besides papers and time: findings of the player itself.

    `time_unsure`: the clock is below what was signed, so no date can be trusted (rule T).
    `cut_off_since`: when (UTC ms) the controller began to count as lost; None while it is heard.
    """

    time_unsure: bool = False
    cut_off_since: int | None = None


@dataclass(frozen=True)
class Holdings:
    """All that a display goes by, verified and parsed once; `unknown` names the kinds skipped."""

    display: str
    manifest: Manifest | None
    entries: tuple[PlaylistEntry, ...]
    loops: Mapping[str, Loop]
    groups: tuple[str, ...]
    unknown: tuple[str, ...]
    alerts: Layer[AnyAlert] = field(default_factory=Layer)
    drills: Layer[AnyAlert] = field(default_factory=Layer)
    holds: Layer[Hold] = field(default_factory=Layer)

    @classmethod
    def of(
        cls,
        display: str,
        manifest: Manifest | None,
        playlists: Mapping[str, PlaylistDocument],
        alerts: AlertSet | None,
        drills: AlertSet | None = None,
        holds: HoldSet | None = None,
    ) -> Holdings:
        """Gather verified documents; `playlists` maps the SHA-256 of a document to it."""
        entries, unknown = documents.playlist_entries(manifest.entries) if manifest else ([], [])
        loops: dict[str, Loop] = {}
        for sha256, playlist in playlists.items():
            if documents.refusal_of_schema(playlist.schema):
                unknown.append(f"schema {playlist.schema}")
                continue
            loops[sha256], unknown_items = Loop.of(playlist)
            unknown += unknown_items
        raised, unknown_alerts = documents.alert_entries(alerts.entries) if alerts else ([], [])
        drilled, unknown_drills = documents.alert_entries(drills.entries) if drills else ([], [])
        held, unknown_holds = documents.hold_entries(holds.entries) if holds else ([], [])
        return cls(
            display=display,
            manifest=manifest,
            entries=tuple(entries),
            loops=loops,
            groups=tuple(manifest.groups) if manifest else (),
            unknown=tuple(sorted({*unknown, *unknown_alerts, *unknown_drills, *unknown_holds})),
            alerts=Layer.of(raised, alerts.issued_at if alerts else 0),
            drills=Layer.of(drilled, drills.issued_at if drills else 0),
            holds=Layer.of(held, holds.issued_at if holds else 0),
        )

    def covering(self) -> Holdings:
        """Only what of the sets means this display."""
        return replace(
            self,
            alerts=self.alerts.over(self.display, self.groups),
            drills=self.drills.over(self.display, self.groups),
            holds=self.holds.over(self.display, self.groups),
        )

    def pages(self) -> list[Page]:
        """The pages that the sets name for this display, those of alerts first."""
        mine = self.covering()
        meetings = [hold for hold in mine.holds.entries if isinstance(hold, Meeting)]
        entries = (*mine.alerts.entries, *mine.drills.entries, *meetings)
        return [page for entry in entries for page in entry.pages]


def showing_at(
    holdings: Holdings,
    moment: int,
    presented: frozenset[str] = frozenset(),
    circumstances: Circumstances = Circumstances(),
) -> Showing:
    """Say what is due at `moment` (UTC ms); `presented` are the ids of alerts and drills shown here
    before.

    `until` is the next moment at which the answer can change, at most a day ahead, as long as the
    circumstances stay the same.
    """
    if holdings.manifest and holdings.manifest.retired:
        return Showing("fallback", "retired", "none", None, 0, moment + DAY)
    if circumstances.time_unsure:
        return _fallback(holdings.manifest, "clock-unsure", moment, moment + DAY)
    mine = holdings.covering()
    showing = (
        _hold_at(mine, moment, (Blank, SafeSlide))
        or _alert_at(mine.alerts, "alert", moment, presented)
        or _hold_at(mine, moment, (Meeting,))
        or _alert_at(mine.drills, "drill", moment, presented)
        or _off_at(mine.manifest, moment)
        or _programme_at(mine, moment, circumstances.cut_off_since)
    )
    edges = [layer.edges(moment) for layer in (mine.alerts, mine.drills, mine.holds)]
    if (manifest := mine.manifest) and manifest.panel:
        edges.append(manifest.panel.changes_after(moment, manifest.utc_offsets))
    return replace(showing, until=min([showing.until, moment + DAY, *chain(*edges)]))


def _hold_at(holdings: Holdings, moment: int, kinds: tuple[type[Hold], ...]) -> Showing | None:
    """The newest running hold of these kinds: what was decided last is what counts."""
    running = [
        hold
        for hold in holdings.holds.begun(moment)
        if isinstance(hold, kinds) and moment < hold.expires_at
    ]
    if not running:
        return None
    hold = max(running, key=lambda hold: (hold.begins_at, hold.id))
    if isinstance(hold, Meeting) and hold.pages:
        place, since, until = _place(
            [page.seconds * SECOND for page in hold.pages], hold.begins_at, moment
        )
        if len(hold.pages) == 1:
            since, until = hold.begins_at, hold.expires_at
        blob, item = hold.pages[place].blob, f"{hold.id}.{hold.revision}.{place + 1}"
        return Showing("hold", hold.id, item[-MAX_ITEM_LETTERS:], blob, since, until)
    safe = holdings.manifest.safe if holdings.manifest else None
    blank = isinstance(hold, Blank)
    return Showing(
        source="hold",
        reason=hold.id,
        item=BLANK if blank else "safe",
        blob=None if blank else safe,
        since=hold.begins_at,
        until=hold.expires_at,
    )


def _off_at(manifest: Manifest | None, moment: int) -> Showing | None:
    """Outside its hours a panel is off and the glass dark: nothing counts as played then."""
    if manifest is None or manifest.panel is None:
        return None
    dark = manifest.panel.dark_at(moment, manifest.utc_offsets)
    return Showing("off", "panel-hours", BLANK, None, *dark) if dark else None


def _alert_at(
    layer: Layer[AnyAlert], source: str, moment: int, presented: frozenset[str]
) -> Showing | None:
    """The highest running alert alone, or its equals in turn; a green page when no alert runs."""
    due = [
        alert
        for alert in layer.begun(moment)
        if isinstance(alert, Alert) or (isinstance(alert, AllClear) and alert.id in presented)
    ]
    running = [alert for alert in due if moment < alert.expires_at]
    if not running:
        return None
    top = max(_rank(alert) for alert in running)
    # The newest begins the turn: it must be on the glass at once, not after its equals.
    equals = sorted(
        (alert for alert in running if _rank(alert) == top),
        key=lambda alert: (-alert.begins_at, alert.id),
    )
    anchor = max(alert.begins_at for alert in equals)
    ended = (alert for alert in due if alert.begins_at < alert.expires_at <= moment)
    anchor = max([anchor, *(alert.expires_at for alert in ended if _rank(alert) >= top)])
    pages = [(alert, number, page) for alert in equals for number, page in enumerate(alert.pages)]
    place, since, until = _place([page.seconds * SECOND for _, _, page in pages], anchor, moment)
    alert, number, page = pages[place]
    alone = len(pages) == 1
    return Showing(
        source=source,
        reason=alert.id,
        item=f"{alert.id}.{alert.revision}.{number + 1}"[-MAX_ITEM_LETTERS:],
        blob=page.blob,
        since=anchor if alone else since,
        until=alert.expires_at if alone else until,
        text=f"{alert.headline}\n{alert.text}",
        revision=alert.revision,
    )


def _rank(alert: AnyAlert) -> tuple[bool, int]:
    return isinstance(alert, Alert), alert.level


def _programme_at(holdings: Holdings, moment: int, cut_off_since: int | None) -> Showing:
    """The schedule, with the pages of priority bulletins inserted where a slide ends.

    Each turn is the bulletins' pages, then the schedule for at least a minute. A bulletin waits
    for the slide that runs, but not longer than `LONGEST_WAIT`: a function of time, as loops are.
    """
    scheduled = _scheduled_at(holdings, moment, cut_off_since)
    bulletins = [
        one
        for one in holdings.alerts.begun(moment)
        if isinstance(one, Bulletin) and moment < one.expires_at
    ]
    if not bulletins:
        return scheduled
    bulletins.sort(key=lambda one: (-one.level, -one.begins_at, one.id))
    pages = [(one, number, page) for one in bulletins for number, page in enumerate(one.pages)]
    lengths = [page.seconds * SECOND for _, _, page in pages]
    turn = sum(lengths) + max(MINUTE, 3 * sum(lengths))
    anchor = max(one.begins_at for one in bulletins)
    nominal = anchor + max(0, moment - anchor) // turn * turn
    began = _next_gap(holdings, nominal, cut_off_since)
    if not began <= moment < began + sum(lengths):
        ahead = began if began > moment else _next_gap(holdings, nominal + turn, cut_off_since)
        return replace(scheduled, until=min(scheduled.until, ahead))
    place, since, until = _place(lengths, began, moment)
    one, number, page = pages[place]
    return Showing(
        source="bulletin",
        reason=one.id,
        item=f"{one.id}.{one.revision}.{number + 1}"[-MAX_ITEM_LETTERS:],
        blob=page.blob,
        since=since,
        until=min(until, one.expires_at),
        text=f"{one.headline}\n{one.text}",
        revision=one.revision,
    )


def _next_gap(holdings: Holdings, moment: int, cut_off_since: int | None) -> int:
    """When the slide that runs at `moment` ends, or `moment` itself when that takes too long."""
    ends = _scheduled_at(holdings, moment, cut_off_since).until
    return ends if ends - moment <= LONGEST_WAIT else moment


def _scheduled_at(holdings: Holdings, moment: int, cut_off_since: int | None) -> Showing:
    """The loop of all entries of the highest priority that are on now, or a fallback slide.

    What is scheduled plays on when the controller is lost: only the gaps then say so.
    """
    manifest = holdings.manifest
    if manifest is None:
        return _fallback(None, "no-manifest", 0, moment + DAY)
    if moment >= manifest.valid_until:
        return _fallback(manifest, "programme-ended", manifest.valid_until, moment + DAY)
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
        return _fallback(manifest, reason, since, until)
    top = max(stretch.entry.priority for stretch in held)
    first = [stretch for stretch in held if stretch.entry.priority == top]
    anchor = _anchor(stretches, first, moment)
    items = [(stretch, item) for stretch in first for item in stretch.loop.items]
    place, since, item_until = _place([item.shown_ms for _, item in items], anchor, moment)
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
    place, since, until = _place([item.shown_ms for item in items], anchor, moment)
    alone = len(items) == 1
    return Part(area, items[place], anchor if alone else since), moment + DAY if alone else until


def _fallback(manifest: Manifest | None, reason: str, since: int, until: int) -> Showing:
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


def _place(lengths: Sequence[int], anchor: int, moment: int) -> tuple[int, int, int]:
    """Index of the item on at `moment` in a loop begun at `anchor`, and from when to when (ms).

    Before `anchor` (a slow clock) the first item stands already.
    """
    moment = max(moment, anchor)
    start = moment - (moment - anchor) % sum(lengths)
    for index, length in enumerate(lengths):
        if moment < start + length:
            return index, start, start + length
        start += length
    raise AssertionError("a place in a loop is always inside it")
