"""What is due on a display at a moment and until when: one function for player, preview and tests.

Order on the glass: alert, then schedule, then the safe slide. Places inside a loop are functions of
time, never counters, so that players of one group agree and a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from players.contract import documents
from players.contract.alerts import Alert, AlertSet, AllClear
from players.contract.daypart import occurrences
from players.contract.limits import DAY
from players.contract.manifest import Manifest, PlaylistEntry, UtcOffset
from players.contract.playlist import PlaylistDocument, SlideItem, Ticker
from players.contract.types import BlobRef


@dataclass(frozen=True)
class Showing:
    """One picture on the glass: from `since` (when this stretch began) until `until` at the latest.

    `source` is alert, schedule or fallback; `reason` the id of alert or entry, or why the safe
    slide is up. `blob` is None only when nothing at all is held. `text` is what an alert says
    when its page is missing.
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


@dataclass(frozen=True)
class Holdings:
    """All that a display goes by, verified and parsed once; `unknown` names the kinds skipped."""

    display: str
    manifest: Manifest | None
    entries: tuple[PlaylistEntry, ...]
    loops: Mapping[str, tuple[SlideItem, ...]]
    tickers: Mapping[str, Ticker]
    groups: tuple[str, ...]
    alerts: tuple[Alert | AllClear, ...]
    unknown: tuple[str, ...]

    @classmethod
    def of(
        cls,
        display: str,
        manifest: Manifest | None,
        playlists: Mapping[str, PlaylistDocument],
        alerts: AlertSet | None,
    ) -> Holdings:
        """Gather verified documents; `playlists` maps the SHA-256 of a document to it."""
        entries, unknown = documents.playlist_entries(manifest.entries) if manifest else ([], [])
        loops: dict[str, tuple[SlideItem, ...]] = {}
        for sha256, playlist in playlists.items():
            items, unknown_items = documents.slide_items(playlist.items)
            loops[sha256] = tuple(items)
            unknown += unknown_items
        raised, unknown_alerts = documents.alert_entries(alerts.entries) if alerts else ([], [])
        return cls(
            display=display,
            manifest=manifest,
            entries=tuple(entries),
            loops=loops,
            tickers={
                sha256: playlist.ticker for sha256, playlist in playlists.items() if playlist.ticker
            },
            groups=tuple(manifest.groups) if manifest else (),
            alerts=tuple(_newest_revisions(raised)),
            unknown=tuple(sorted({*unknown, *unknown_alerts})),
        )

    def covering(self) -> list[Alert | AllClear]:
        """The alerts of the set that mean this display."""
        return [
            alert for alert in self.alerts if alert.covers.covers(self.display, list(self.groups))
        ]


def showing_at(holdings: Holdings, moment: int, presented: frozenset[str] = frozenset()) -> Showing:
    """Say what is due at `moment` (UTC ms); `presented` are the ids of alerts shown here before.

    `until` is the next moment at which the answer can change, at most a day ahead.
    """
    showing = _alert_at(holdings, moment, presented) or _scheduled_at(holdings, moment)
    changes = [showing.until, moment + DAY]
    for alert in holdings.covering():
        changes += [edge for edge in (alert.begins_at, alert.expires_at) if edge > moment]
    return _ending(showing, min(changes))


def _alert_at(holdings: Holdings, moment: int, presented: frozenset[str]) -> Showing | None:
    """The highest running alert alone, or its equals in turn; a green page when no alert runs."""
    running = [
        alert for alert in holdings.covering() if alert.begins_at <= moment < alert.expires_at
    ]
    alerts: Sequence[Alert | AllClear] = [alert for alert in running if isinstance(alert, Alert)]
    if not alerts:
        alerts = [alert for alert in running if alert.id in presented]
    if not alerts:
        return None
    highest = max(alert.level for alert in alerts)
    equals = sorted(
        (alert for alert in alerts if alert.level == highest),
        key=lambda alert: (alert.raised_at, alert.id),
    )
    anchor = max(alert.begins_at for alert in equals)
    pages = [(alert, number, page) for alert in equals for number, page in enumerate(alert.pages)]
    place, since, until = _place([page.seconds for _, _, page in pages], anchor, moment)
    alert, number, page = pages[place]
    alone = len(pages) == 1
    return Showing(
        source="alert",
        reason=alert.id,
        item=f"{alert.id}.{alert.revision}.{number + 1}",
        blob=page.blob,
        since=anchor if alone else since,
        until=alert.expires_at if alone else until,
        text=f"{alert.headline}\n{alert.text}",
        revision=alert.revision,
    )


def _scheduled_at(holdings: Holdings, moment: int) -> Showing:
    """The loop of all entries of the highest priority that are on now, or the safe slide."""
    manifest = holdings.manifest
    if manifest is None:
        return Showing("fallback", "no-manifest", "none", None, 0, moment + DAY)
    if moment >= manifest.valid_until:
        return _safe(manifest, "programme-ended", manifest.valid_until, moment + DAY)
    spells = {entry.id: _spells(entry, moment, manifest.utc_offsets) for entry in holdings.entries}
    on = [entry for entry in holdings.entries if holdings.loops.get(entry.document.sha256)]
    on = [entry for entry in on if _start_of(spells[entry.id], moment) is not None]
    changes = [
        edge for spell in spells.values() for edges in spell for edge in edges if edge > moment
    ]
    until = min([*changes, manifest.valid_until, moment + DAY])
    if not on:
        ended = [
            edge for spell in spells.values() for edges in spell for edge in edges if edge <= moment
        ]
        return _safe(manifest, "nothing-scheduled", max(ended, default=manifest.issued_at), until)
    top = max(entry.priority for entry in on)
    first = [entry for entry in on if entry.priority == top]
    anchor = _anchor(holdings.entries, spells, first, moment)
    loop = [(entry, item) for entry in first for item in holdings.loops[entry.document.sha256]]
    place, since, item_until = _place([item.seconds for _, item in loop], anchor, moment)
    entry, item = loop[place]
    if len(loop) == 1:
        since, item_until = anchor, until
    ticker = holdings.tickers.get(entry.document.sha256)
    return Showing("schedule", entry.id, item.id, item.blob, since, min(item_until, until), ticker)


def _safe(manifest: Manifest, reason: str, since: int, until: int) -> Showing:
    return Showing("fallback", reason, "safe", manifest.safe, since, until)


def _ending(showing: Showing, until: int) -> Showing:
    if until >= showing.until:
        return showing
    return Showing(**{**vars(showing), "until": until})


def _spells(
    entry: PlaylistEntry, moment: int, offsets: Sequence[UtcOffset]
) -> list[tuple[int, int]]:
    return [
        spell
        for daypart in entry.dayparts
        for spell in occurrences(daypart, entry.first_date, entry.last_date, moment, offsets)
    ]


def _start_of(spells: list[tuple[int, int]], moment: int) -> int | None:
    return max((starts for starts, ends in spells if starts <= moment < ends), default=None)


def _anchor(
    entries: Sequence[PlaylistEntry],
    spells: Mapping[str, list[tuple[int, int]]],
    first: Sequence[PlaylistEntry],
    moment: int,
) -> int:
    """When the loop on now began: its last entry came on, or one not below it went off."""
    top = first[0].priority
    began = [start for entry in first if (start := _start_of(spells[entry.id], moment)) is not None]
    ended = [
        ends
        for entry in entries
        if entry.priority >= top
        for _, ends in spells[entry.id]
        if ends <= moment
    ]
    return max(began + ended)


def _place(seconds: Sequence[int], anchor: int, moment: int) -> tuple[int, int, int]:
    """Index of the item on at `moment` in a loop begun at `anchor`, and from when to when."""
    into = (moment - anchor) % (sum(seconds) * 1000)
    start = moment - into
    for index, length in enumerate(seconds):
        if moment < start + length * 1000:
            return index, start, start + length * 1000
        start += length * 1000
    raise AssertionError("a place in a loop is always inside it")


def _newest_revisions(alerts: Sequence[Alert | AllClear]) -> list[Alert | AllClear]:
    newest: dict[str, Alert | AllClear] = {}
    for alert in alerts:
        if alert.id not in newest or alert.revision > newest[alert.id].revision:
            newest[alert.id] = alert
    return list(newest.values())
