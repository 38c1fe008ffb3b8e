"""Which pages are pushed ahead to players, and how many displays hold those of an alert."""

from collections.abc import Iterable

import msgspec

from signage.domain.act import ActKind, Proposal
from signage.domain.alert import Alert, AlertState, Pages
from signage.domain.display import Display
from signage.store import Store

MAX_PAGES_AHEAD = 24
"""Of one profile: players keep the newest 32."""
MAX_BYTES_AHEAD = 16_000_000
"""Of one profile, encoded."""

Page = tuple[str, str]
"""Profile and SHA-256."""


class Armed(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the displays of an alert hold all its pages, of how many that are online."""

    ready: int
    online: int


def pages_to_arm(proposals: Iterable[Proposal]) -> set[Page]:
    """The pages of what is proposed now, the newest proposals first, within the limits."""
    wanted: set[Page] = set()
    room: dict[str, tuple[int, int]] = {}
    for proposal in proposals:
        for profile, pages in shown_by(proposal.alert, proposal.kind).items():
            for page in pages:
                left, free = room.get(profile, (MAX_PAGES_AHEAD, MAX_BYTES_AHEAD))
                if (profile, page.blob) not in wanted and left > 0 and page.bytes <= free:
                    wanted.add((profile, page.blob))
                    room[profile] = left - 1, free - page.bytes
    return wanted


def shown_by(alert: Alert, kind: ActKind) -> Pages:
    """The pages that would be on the glass."""
    over = kind is ActKind.CLEAR or alert.state is AlertState.CLEARED
    return alert.green if over else alert.pages


def armed(store: Store, proposal: Proposal, displays: Iterable[Display]) -> Armed:
    """How many of `displays` say that they hold every page of what is proposed."""
    pages = shown_by(proposal.alert, proposal.kind)
    statuses, presences = store.reports.statuses(), store.reports.presences()
    ready = online = 0
    for display in displays:
        seen = presences.get(display.id)
        if seen is None or seen.presence.state != "online":
            continue
        online += 1
        told = statuses.get(display.id)
        held = set(told.status.armed) if told else set()
        wanted = {page.blob for page in pages.get(display.profile, [])}
        ready += bool(wanted) and wanted <= held
    return Armed(ready=ready, online=online)
