"""Where a playlist stands, said plainly: draft, waiting, on air, returned, withdrawn."""

import msgspec

from signage.domain.playlist import Playlist
from signage.domain.review import State, Submission
from signage.domain.schedule import ScheduleEntry
from signage.web import formats
from signage.web.context import store
from signage.workflows.publication import scheduling


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist's place on its way to the displays.

    `word` is draft, waiting, returned, withdrawn, approved (no hours yet), planned (from a later
    day on) or on_air; `has_changes` says that the draft differs from what was last submitted;
    `displays` counts the displays on which the approved one is scheduled.
    """

    word: str
    latest: Submission | None
    approved: Submission | None
    has_changes: bool
    entries: list[ScheduleEntry]
    displays: int


def standing_of(playlist: Playlist) -> Standing:
    """Work out where `playlist` stands today."""
    latest = store().submissions.latest_of(playlist.id)
    approved = store().submissions.approved_of(playlist.id)
    today = formats.today().isoformat()
    entries = [
        entry for entry in store().schedule.all(playlist=playlist.id) if entry.last_date >= today
    ]
    running = [entry for entry in entries if entry.first_date <= today]
    targets = sorted({target for entry in running for target in entry.targets})
    return Standing(
        word=_word(latest, approved, entries, running),
        latest=latest,
        approved=approved,
        has_changes=latest is None or latest.document != playlist.draft,
        entries=entries,
        displays=len(scheduling.displays_of(store(), targets)) if targets else 0,
    )


def _word(
    latest: Submission | None,
    approved: Submission | None,
    entries: list[ScheduleEntry],
    running: list[ScheduleEntry],
) -> str:
    if latest is None:
        return "draft"
    if latest.state is State.SUBMITTED:
        return "waiting"
    if latest.state is State.RETURNED:
        return "returned"
    if approved is None:
        return "withdrawn" if latest.state is State.WITHDRAWN else "draft"
    if running:
        return "on_air"
    return "planned" if entries else "approved"
