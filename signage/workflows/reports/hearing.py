"""Takes in what players report, verified with each player's own key; the rest changes nothing."""

from collections.abc import Collection, Iterable

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.contract import documents, topics
from players.contract.limits import (
    KIB,
    MAX_AHEAD,
    MAX_SCREENSHOT_BYTES,
    MAX_SEALED_BYTES,
    MINUTE,
)
from players.contract.reports import Play, Plays, Presence, Screenshot, Status
from players.contract.signature import Kind, Unsealed, key_id, open_sealed, public_key
from signage.store import Store
from signage.store.reports import JournalRow

MAX_REPORT_BYTES = {
    "status": MAX_SEALED_BYTES,
    "plays": MAX_SEALED_BYTES,
    "screenshot": MAX_SCREENSHOT_BYTES,
    "presence": 2 * KIB,
}
"""The largest report of each kind; whoever listens drops what is larger at once (rule E)."""
ASKING_TIME = 2 * MINUTE
"""How long missing plays are asked for; a player that still lacks them then has none."""

Report = Status | Plays | Screenshot | Presence
Keys = dict[str, Ed25519PublicKey]


class Message(msgspec.Struct, frozen=True):
    """Something that came in from the broker; `retained` says that it may be from long ago."""

    topic: str
    payload: bytes
    received_at: int
    retained: bool = False


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch of messages came to. `acknowledge` holds display, journal and highest play."""

    changed: bool
    acknowledge: list[tuple[str, str, int]]
    refused: list[str]


def take_in(store: Store, fleet: str, messages: Iterable[Message]) -> Taken:
    """Verify and keep a batch of reports together; what is not genuine changes nothing."""
    messages = [message for message in messages if message.payload]  # empty: a topic was cleared
    keys = _keys(store, {_display_of(message, fleet) for message in messages})
    genuine: list[tuple[str, Report, Message]] = []
    refused: list[str] = []
    for message in messages:
        try:
            display = _display_of(message, fleet)
            genuine.append((display, _opened(message, fleet, display, keys), message))
        except Unsealed as error:
            refused.append(f"{message.topic[:120]}: {error}")
    changed, acknowledge = False, dict[tuple[str, str], int]()
    if genuine:
        with store.transaction():
            for display, report, message in genuine:
                try:
                    changed |= _keep(store, display, report, message)
                except Unsealed as error:
                    refused.append(f"{message.topic[:120]}: {error}")
                if isinstance(report, Plays):
                    held = store.reports.journal(display, report.journal)
                    acknowledge[display, report.journal] = held.up_to
    pairs = [(display, journal, up_to) for (display, journal), up_to in acknowledge.items()]
    return Taken(changed=changed, acknowledge=pairs, refused=refused)


def _display_of(message: Message, fleet: str) -> str:
    """The display on whose topic the message came; "" for a topic that is none of ours."""
    found = topics.report_of(message.topic)
    return found[1] if found and found[0] == fleet else ""


def _keys(store: Store, displays: Collection[str]) -> dict[str, Keys]:
    """The key of each display's player; a retired display still says that it is wiped."""
    keys = {}
    for display in store.displays.named(displays):
        try:
            key = public_key(display.player_key or "")
        except Unsealed:
            continue  # a display without a usable key has nobody to speak for it
        keys[display.id] = {key_id(key): key}
    return keys


def _opened(message: Message, fleet: str, display: str, keys: dict[str, Keys]) -> Report:
    """The report as its player sealed it; sizes before signatures, signatures before parsing."""
    if display not in keys:
        raise Unsealed("not the report of a display of this fleet")
    kind = message.topic.rpartition("/")[2]
    if len(message.payload) > MAX_REPORT_BYTES[kind]:
        raise Unsealed(f"{len(message.payload)} bytes, more than a {kind} may have")
    if kind == "presence":
        return documents.decode(message.payload, Presence)
    payload, _ = open_sealed(message.payload, Kind(kind), keys[display])
    report: Status | Plays | Screenshot
    if kind == "status":
        report = documents.decode(payload, Status)
    elif kind == "plays":
        report = documents.decode(payload, Plays)
        if any("\0" in f"{play.source}{play.reason}{play.item}" for play in report.plays):
            raise Unsealed("a play holds a character that no database takes")
    else:
        report = documents.decode(payload, Screenshot)
    if (report.display, report.fleet) != (display, fleet):
        raise Unsealed(f"{report.display} of {report.fleet} speaks on the topic of {display}")
    return report


def _keep(store: Store, display: str, report: Report, message: Message) -> bool:
    """Keep one report; says whether it changed anything."""
    if isinstance(report, Presence):
        return _keep_presence(store, display, report, message)
    if isinstance(report, Status):
        return _keep_status(store, report, message)
    if isinstance(report, Screenshot):
        return _keep_screenshot(store, report, message.received_at)
    return _keep_plays(store, report, message.received_at)


def _keep_presence(store: Store, display: str, presence: Presence, message: Message) -> bool:
    """A will ends only the connection that it names: later ones go on."""
    known = store.reports.presence(display)
    if known and known.presence.boot == presence.boot:
        if presence.connection < known.presence.connection:
            return False
        if message.retained and presence == known.presence:
            return False  # since when it is so is known already
    elif known and presence.state == "lost":
        reported = store.reports.status(display)
        if reported is None or reported.status.boot != presence.boot:
            return False  # the will of an earlier start came after the player was up again
    store.reports.save_presence(display, presence, message.received_at)
    return True


def _keep_status(store: Store, status: Status, message: Message) -> bool:
    known = store.reports.status(status.display)
    if known and known.status.boot == status.boot:
        if status.number <= known.status.number:
            return False
    elif store.reports.has_booted(status.display, status.boot):
        raise Unsealed("a status of an earlier start came again")
    at = message.received_at
    # What the broker kept is as old as the player says, not as new as our connection.
    store.reports.save_status(status, min(at, status.at) if message.retained else at)
    ids = [one.id for one in status.alerts]
    revisions = store.alerts.revisions(ids) | dict.fromkeys(store.drills.known(ids), 1)
    # Of alerts that never were, no rows are kept, whatever a player says.
    presented = [one for one in status.alerts if one.revision <= revisions.get(one.id, 0)]
    if presented:
        store.reports.save_presented(status.display, presented)
    return True


def _keep_screenshot(store: Store, screenshot: Screenshot, received_at: int) -> bool:
    known = store.reports.screenshot_time(screenshot.display)
    # One dated in the future, by a clock that was wrong, must not stop those that follow.
    if known is not None and screenshot.at <= known <= received_at + MAX_AHEAD:
        return False
    store.reports.save_screenshot(screenshot)
    return True


def _keep_plays(store: Store, plays: Plays, received_at: int) -> bool:
    """Keep plays that follow without a gap on what is held; what is missing is asked for.

    An acknowledgement lower than what the player offers makes it send from there. When it still
    begins later after `ASKING_TIME`, it holds no more, and the journal goes on from there.
    """
    held = store.reports.journal(plays.display, plays.journal)
    offered = sorted((play for play in plays.plays if play.number > held.up_to), key=_number)
    if not offered:
        return False
    if offered[0].number > held.up_to + 1:
        asked_at = received_at if held.asked_at is None else held.asked_at
        if received_at - asked_at < ASKING_TIME:
            row = JournalRow(up_to=held.up_to, asked_at=asked_at)
            store.reports.save_journal(plays.display, plays.journal, row)
            return False
    following = [offered[0]]
    for play in offered[1:]:
        if play.number == following[-1].number + 1:
            following.append(play)
    store.reports.add_plays(plays.display, plays.journal, following, received_at)
    up_to = following[-1].number
    store.reports.save_journal(plays.display, plays.journal, JournalRow(up_to=up_to))
    return True


def _number(play: Play) -> int:
    return play.number
