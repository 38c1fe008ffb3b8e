"""What is due on a display at a moment and until when: one function for player, preview and tests.

Order on the glass: dark or safe-slide hold, alert, meeting, drill, panel off, schedule, fallback.
Places inside a loop are functions of time, never counters, so that players of one group
agree and a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from players.contract.alerts import Alert, AllClear, AnyAlert, Bulletin
from players.contract.holdings import ORDINARY, Circumstances, Holdings
from players.contract.holds import Blank, Hold, Meeting, SafeSlide
from players.contract.layers import Layer
from players.contract.limits import DAY, MINUTE, SECOND
from players.contract.manifest import Manifest
from players.contract.schedule import fallback, scheduled_at
from players.contract.showing import BLANK, MAX_ITEM_LETTERS, Showing, Signal
from players.contract.turns import turn_at

LONGEST_WAIT = 30 * SECOND
"""A priority bulletin waits so long for the slide before it."""


def showing_at(
    holdings: Holdings,
    moment: int,
    presented: frozenset[str] = frozenset(),
    circumstances: Circumstances = ORDINARY,
) -> Showing:
    """Say what is due at `moment` (UTC ms); `presented` are the ids of alerts and drills shown here
    before.

    `until` is the next moment at which the answer can change, at most a day ahead, as long as the
    circumstances stay the same.
    """
    if holdings.manifest and holdings.manifest.retired:
        return Showing("fallback", "retired", "none", None, 0, moment + DAY)
    if circumstances.time_unsure:
        return fallback(holdings.manifest, "clock-unsure", moment, moment + DAY)
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
        place, since, until = turn_at(
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
    place, since, until = turn_at([page.seconds * SECOND for _, _, page in pages], anchor, moment)
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
        signal=_signal_of(equals) if source == "alert" else None,
    )


def _signal_of(alerts: Iterable[AnyAlert]) -> Signal | None:
    """What is heard while these take turns: the newest that has a sound; no drill ever has."""
    sounding = (one for one in alerts if isinstance(one, Alert) and one.sound)
    return next((Signal(str(one.sound), one.begins_at) for one in sounding), None)


def _rank(alert: AnyAlert) -> tuple[bool, int]:
    return isinstance(alert, Alert), alert.level


def _programme_at(holdings: Holdings, moment: int, cut_off_since: int | None) -> Showing:
    """The schedule, with the pages of priority bulletins inserted where a slide ends.

    Each turn is the bulletins' pages, then the schedule for at least a minute. A bulletin waits
    for the slide that runs, but not longer than `LONGEST_WAIT`: a function of time, as loops are.
    """
    scheduled = scheduled_at(holdings, moment, cut_off_since)
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
    place, since, until = turn_at(lengths, began, moment)
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
    ends = scheduled_at(holdings, moment, cut_off_since).until
    return ends if ends - moment <= LONGEST_WAIT else moment
