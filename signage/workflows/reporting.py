"""Takes in what players report, verified with each player's key; tells what is on the glass."""

from collections.abc import Iterable, Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.contract import documents, topics
from players.contract.limits import LOST_AFTER, MAX_SCREENSHOT_BYTES, MAX_SEALED_BYTES, SECOND
from players.contract.reports import Play, Plays, Presence, Screenshot, Status
from players.contract.signature import Kind, Unsealed, key_id, open_sealed, public_key
from signage.domain.alert import Alert, AlertState, displays_covered
from signage.domain.display import Display
from signage.domain.people import Action, User, require
from signage.domain.units import chain_of
from signage.store import Store
from signage.store.reports import PlayRow, Reported, Seen
from signage.workflows.people import visible_units

LATE_AFTER = 20 * SECOND
"""A display that is online but still lacks what was sealed this long ago counts as late."""


class Message(msgspec.Struct, frozen=True):
    """Something that came in from the broker."""

    topic: str
    payload: bytes
    received_at: int


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch of messages came to. `acknowledge` holds display, journal and highest play."""

    changed: bool
    acknowledge: list[tuple[str, str, int]]
    refused: list[str]


def take_in(store: Store, fleet: str, messages: Iterable[Message]) -> Taken:
    """Verify and keep a batch of reports together; what is not genuine changes nothing."""
    keys = {d.id: _key(d) for d in store.displays.all(retired=True) if d.player_key}
    changed = False
    acknowledge: dict[tuple[str, str], int] = {}
    refused: list[str] = []
    with store.transaction():
        for message in messages:
            try:
                found = topics.report_of(message.topic)
                if found is None or found[0] != fleet or found[1] not in keys:
                    raise Unsealed("not the report of a display of this fleet")
                acknowledged = _keep(store, found[1], found[2], message, keys[found[1]], fleet)
                if acknowledged:
                    acknowledge[found[1], acknowledged[0]] = acknowledged[1]
                changed = True
            except Unsealed as error:
                refused.append(f"{message.topic[:120]}: {error}")
    pairs = [(display, journal, up_to) for (display, journal), up_to in acknowledge.items()]
    return Taken(changed=changed, acknowledge=pairs, refused=refused)


def _keep(
    store: Store,
    display: str,
    kind: str,
    message: Message,
    key: dict[str, Ed25519PublicKey],
    fleet: str,
) -> tuple[str, int] | None:
    """Keep one report; gives journal and highest play held when plays came in."""
    if kind == "presence":
        _keep_presence(store, display, message)
        return None
    limit = MAX_SCREENSHOT_BYTES if kind == "screenshot" else MAX_SEALED_BYTES
    payload, _ = open_sealed(message.payload, Kind(kind), key, max_bytes=limit)
    if kind == "status":
        status = documents.decode(payload, Status)
        _require_same(display, fleet, status.display, status.fleet)
        _keep_status(store, status, message.received_at)
    elif kind == "screenshot":
        screenshot = documents.decode(payload, Screenshot)
        _require_same(display, fleet, screenshot.display, screenshot.fleet)
        _keep_screenshot(store, screenshot)
    else:
        plays = documents.decode(payload, Plays)
        _require_same(display, fleet, plays.display, plays.fleet)
        return _keep_plays(store, plays, message.received_at)
    return None


def _require_same(display: str, fleet: str, said_display: str, said_fleet: str) -> None:
    if (display, fleet) != (said_display, said_fleet):
        raise Unsealed(f"{said_display} of {said_fleet} speaks on the topic of {display}")


def _keep_presence(store: Store, display: str, message: Message) -> None:
    presence = documents.decode(message.payload[:2000], Presence)
    known = store.reports.presences().get(display)
    same_start = known is not None and known.presence.boot == presence.boot
    if known and same_start and presence.connection < known.presence.connection:
        return  # the will of an older connection must not end the newer one
    store.reports.save_presence(display, presence, message.received_at)


def _keep_status(store: Store, status: Status, received_at: int) -> None:
    known = store.reports.status(status.display)
    if known and known.status.boot == status.boot and known.status.number > status.number:
        return
    store.reports.save_status(status, received_at)
    store.reports.save_presented(status.display, status.alerts)


def _keep_screenshot(store: Store, screenshot: Screenshot) -> None:
    known = store.reports.screenshot(screenshot.display)
    if known is None or known.at <= screenshot.at:
        store.reports.save_screenshot(screenshot)


def _keep_plays(store: Store, plays: Plays, received_at: int) -> tuple[str, int]:
    """Keep plays that follow without a gap on what is held; a gap waits to be sent again."""
    held = store.reports.plays_up_to(plays.display, plays.journal)
    following: list[Play] = []
    for play in sorted(plays.plays, key=lambda play: play.number):
        first_ever = held == 0 and not following
        if play.number == held + len(following) + 1 or first_ever:
            following.append(play)
    store.reports.save_plays(plays.display, plays.journal, following, received_at)
    return plays.journal, store.reports.plays_up_to(plays.display, plays.journal)


def _key(display: Display) -> dict[str, Ed25519PublicKey]:
    key = public_key(display.player_key or "")
    return {key_id(key): key}


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
        titles = _titles(store)
        running = [alert for alert in store.alerts.live() if not alert.is_over(at)]
        chains = {unit: chain_of(unit, units) for unit in units}
        tiles = []
        for display in displays:
            reported, seen = statuses.get(display.id), presences.get(display.id)
            showing = reported.status.showing if reported else None
            following = reported.status.next if reported else None
            alert = _alert_on(display, running, displays, chains)
            tiles.append(
                Tile(
                    display=display,
                    site=sites.get(display.site, ""),
                    unit=units[display.unit].name,
                    width=profiles[display.profile].width,
                    height=profiles[display.profile].height,
                    link=_link(store, fleet, display, reported, seen, at),
                    reported=reported,
                    seen=seen,
                    source=showing.source if showing else "",
                    title=titles.get(showing.reason, "") if showing else "",
                    since=showing.since if showing else None,
                    until=showing.until if showing else None,
                    next_title=titles.get(following.reason, "") if following else "",
                    screenshot_at=pictures.get(display.id),
                    problem=reported.status.health.problem if reported else "",
                    progress=_progress(store, alert, display.id) if alert else None,
                )
            )
    return tiles


def proof(store: Store, alert_id: str, *, at: int) -> list[tuple[Display, AlertProgress, str]]:
    """For each display an alert means: how far it is, with the link state; trouble first."""
    alert = store.alerts.get(alert_id)
    if alert is None:
        return []
    with store.snapshot():
        units = store.units.by_id()
        chains = {unit: chain_of(unit, units) for unit in units}
        presences, statuses = store.reports.presences(), store.reports.statuses()
        rows = [
            (
                display,
                _progress(store, alert, display.id),
                _presence_of(statuses.get(display.id), presences.get(display.id), at),
            )
            for display in displays_covered(alert.targets, store.displays.all(), chains)
        ]
    order = {"waiting": 0, "received": 1, "shown": 2}
    return sorted(rows, key=lambda row: (order[row[1].state], row[2] == "online", row[0].name))


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


def _titles(store: Store) -> dict[str, str]:
    """People's words for what statuses name by id: schedule entries and alerts."""
    playlists = {p.playlist: p.document.title for p in store.submissions.approved()}
    entries = store.schedule.all(ended=True)
    titles = {entry.id: playlists.get(entry.playlist, "") for entry in entries}
    return titles | {alert.id: alert.words.headline for alert in store.alerts.recent()}


def _presence_of(reported: Reported | None, seen: Seen | None, at: int) -> str:
    if reported is None and seen is None:
        return "never"
    if seen and seen.presence.state == "lost":
        return "lost"
    newest = max(reported.received_at if reported else 0, seen.at if seen else 0)
    return "lost" if at - newest > LOST_AFTER else "online"


def _link(
    store: Store,
    fleet: str,
    display: Display,
    reported: Reported | None,
    seen: Seen | None,
    at: int,
) -> str:
    presence = _presence_of(reported, seen, at)
    latest = store.publications.latest(topics.manifest(fleet, display.id))
    if presence != "online" or latest is None:
        return presence
    held = reported.status.holds.get(Kind.MANIFEST.value) if reported else None
    behind = held is None or held.serial < latest.serial
    return "late" if behind and at - latest.issued_at > LATE_AFTER else "online"


def _alert_on(
    display: Display,
    running: Sequence[Alert],
    displays: Sequence[Display],
    chains: dict[str, tuple[str, ...]],
) -> Alert | None:
    means = [
        alert
        for alert in running
        if display in displays_covered(alert.targets, [display], chains) and display in displays
    ]
    raised = [alert for alert in means if alert.state is AlertState.RAISED] or means
    return max(raised, key=lambda alert: (alert.words.level, alert.revised_at or 0), default=None)


def _progress(store: Store, alert: Alert, display: str) -> AlertProgress:
    presented = store.reports.presented(alert.id, alert.revision).get(display)
    state = "waiting" if presented is None else "shown" if presented.presented_at else "received"
    took = None
    if presented and presented.presented_at:
        took = max(0, presented.presented_at - alert.begins_at)
    return AlertProgress(alert=alert.id, revision=alert.revision, state=state, took_ms=took)
