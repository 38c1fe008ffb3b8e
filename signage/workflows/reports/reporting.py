"""Tells what is on the glass, by what the players themselves have reported."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from players.contract import topics
from players.contract.limits import LOST_AFTER, MAX_OUT_OF_STEP, SECOND
from players.contract.reports import Health, Presented
from players.contract.signature import Kind
from signage.domain.alert import Alert, AlertState, displays_covered
from signage.domain.display import Display
from signage.domain.people import Action, User, require
from signage.domain.units import chain_of
from signage.store import Store
from signage.store.publications import Mark
from signage.store.reports import PlayRow, Reported, Seen
from signage.workflows.accounts.people import visible_units
from signage.workflows.reports.hearing import Message, Taken, take_in

__all__ = [
    "AlertProgress",
    "Message",
    "Taken",
    "Tile",
    "displays_showing",
    "plays_of",
    "proof",
    "take_in",
    "wall",
]

LATE_AFTER = 20 * SECOND
"""A display that is online but still lacks what was sealed this long ago counts as late."""


class AlertProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How an alert fares on one display: `state` is shown, received or waiting; times in ms."""

    alert: str
    revision: int
    state: str
    took_ms: int | None


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One display on the wall. `link` is online, late, lost or never; times are UTC ms.

    `title` names what is on the glass in people's words: a playlist, an alert, or "".
    """

    display: Display
    site: str
    unit: str
    width: int
    height: int
    link: str
    reported: Reported | None
    seen: Seen | None
    source: str
    title: str
    since: int | None
    until: int | None
    next_title: str
    screenshot_at: int | None
    problem: str
    progress: AlertProgress | None

    @property
    def clock_off_ms(self) -> int | None:
        """How far its clock is off by the player's own word, when that is more than it may be."""
        pace = self.reported.status.pace if self.reported else None
        if pace is None or self.link not in {"online", "late"}:
            return None
        off = abs(pace.clock_error)
        return off if off > MAX_OUT_OF_STEP else None


def wall(store: Store, fleet: str, *, by: User, at: int) -> list[Tile]:
    """Every display that `by` may see, with what is really on its glass by its own sealed word."""
    with store.snapshot():
        units = store.units.by_id()
        sites = {site.id: site.name for site in store.sites.all()}
        profiles = store.profiles.by_id()
        visible = visible_units(store, by)
        displays = [d for d in store.displays.all() if d.unit in visible]
        statuses, presences = store.reports.statuses(), store.reports.presences()
        pictures = store.reports.screenshot_times()
        marks = store.publications.marks(Kind.MANIFEST)
        titles = _titles(store, statuses.values())
        progress = _progress_of_all(store, displays, at)
    tiles = []
    for display in displays:
        reported, seen = statuses.get(display.id), presences.get(display.id)
        showing = reported.status.showing if reported else None
        following = reported.status.next if reported else None
        latest = marks.get(topics.manifest(fleet, display.id))
        tiles.append(
            Tile(
                display=display,
                site=sites.get(display.site, ""),
                unit=units[display.unit].name,
                width=profiles[display.profile].width,
                height=profiles[display.profile].height,
                link=_link(latest, reported, seen, at),
                reported=reported,
                seen=seen,
                source=showing.source if showing else "",
                title=titles.get(showing.reason, "") if showing else "",
                since=showing.since if showing else None,
                until=showing.until if showing else None,
                next_title=titles.get(following.reason, "") if following else "",
                screenshot_at=pictures.get(display.id),
                problem=_problem(reported.status.health) if reported else "",
                progress=progress.get(display.id),
            )
        )
    return tiles


def proof(store: Store, alert_id: str, *, at: int) -> list[tuple[Display, AlertProgress, str]]:
    """For each display an alert means: how far it is, with the link state; trouble first.

    Of equal trouble, places without a loudspeaker come first: there the display is all there is.
    """
    alert = store.alerts.get(alert_id)
    if alert is None:
        return []
    with store.snapshot():
        presences, statuses = store.reports.presences(), store.reports.statuses()
        presented = store.reports.presented(alert.id, alert.revision)
        meant = displays_covered(alert.targets, store.displays.all(), _chains(store))
        loud = sites_with_loudspeaker(store)
    rows = [
        (
            display,
            _progress(alert, presented.get(display.id)),
            _presence_of(statuses.get(display.id), presences.get(display.id), at),
        )
        for display in meant
    ]
    order = {"waiting": 0, "received": 1, "shown": 2}
    return sorted(
        rows,
        key=lambda row: (
            order[row[1].state],
            row[2] == "online",
            row[0].site in loud,
            row[0].name,
        ),
    )


def sites_with_loudspeaker(store: Store) -> set[str]:
    """Ids of the sites where people also hear."""
    return {site.id for site in store.sites.all() if site.has_loudspeaker}


def displays_showing(store: Store, blobs: Sequence[str]) -> list[str]:
    """Ids of displays whose newest status says that one of `blobs` is on their glass."""
    return [
        display
        for display, reported in store.reports.statuses().items()
        if reported.status.showing and reported.status.showing.sha256 in blobs
    ]


def plays_of(
    store: Store, display_id: str, *, by: User, before: int | None = None, limit: int = 50
) -> list[PlayRow]:
    """Proof of play of one display, newest first, of plays that began before a moment (ms)."""
    display = store.displays.get(display_id)
    require(by, Action.VIEW, store.units.chain(display.unit))
    return store.reports.plays(display_id, before=before, limit=limit)


def _titles(store: Store, reported: Collection[Reported]) -> dict[str, str]:
    """People's words for what these statuses name by id: schedule entries and alerts."""
    on_glass = [one.status.showing for one in reported] + [one.status.next for one in reported]
    reasons = {glass.reason for glass in on_glass if glass}
    playlists = store.schedule.playlists_of(reasons)
    on_air = store.submissions.titles_on_air(set(playlists.values()))
    alerts = [*store.alerts.recent(), *store.alerts.live()]
    return {
        **{entry: on_air.get(playlist, "") for entry, playlist in playlists.items()},
        **{alert.id: alert.words.headline for alert in alerts},
        **{drill.id: drill.words.headline for drill in store.drills.recent()},
        **{hold.id: hold.why for hold in store.holds.recent()},
    }


def _problem(health: Health) -> str:
    """What is wrong now, else the newest thing that went wrong."""
    return health.problems[0] if health.problems else health.problem


def _chains(store: Store) -> dict[str, tuple[str, ...]]:
    units = store.units.by_id()
    return {unit: chain_of(unit, units) for unit in units}


def _presence_of(reported: Reported | None, seen: Seen | None, at: int) -> str:
    if reported is None and seen is None:
        return "never"
    heard_at = reported.received_at if reported else 0
    if seen and seen.presence.state == "lost" and seen.at >= heard_at:
        return "lost"
    return "lost" if at - max(heard_at, seen.at if seen else 0) > LOST_AFTER else "online"


def _link(latest: Mark | None, reported: Reported | None, seen: Seen | None, at: int) -> str:
    presence = _presence_of(reported, seen, at)
    if presence != "online" or latest is None:
        return presence
    held = reported.status.holds.get(Kind.MANIFEST.value) if reported else None
    behind = held is None or held.serial < latest.serial
    return "late" if behind and at - latest.issued_at > LATE_AFTER else "online"


def _progress_of_all(
    store: Store, displays: Sequence[Display], at: int
) -> Mapping[str, AlertProgress]:
    """For each display that an alert means now, how the foremost of them fares there."""
    chains = _chains(store)
    progress: dict[str, AlertProgress] = {}
    running = [alert for alert in store.alerts.live() if not alert.is_over(at)]
    for alert in sorted(running, key=_rank):  # the foremost last: it overwrites the others
        presented = store.reports.presented(alert.id, alert.revision)
        for display in displays_covered(alert.targets, displays, chains):
            progress[display.id] = _progress(alert, presented.get(display.id))
    return progress


def _rank(alert: Alert) -> tuple[bool, int, int]:
    return alert.state is AlertState.RAISED, alert.words.level, alert.revised_at or 0


def _progress(alert: Alert, presented: Presented | None) -> AlertProgress:
    state = "waiting" if presented is None else "shown" if presented.presented_at else "received"
    took = None
    if presented and presented.presented_at:
        took = max(0, presented.presented_at - alert.begins_at)
    return AlertProgress(alert=alert.id, revision=alert.revision, state=state, took_ms=took)
