"""The alert set and the drill set of a profile: messages laid over the schedule."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct, field

from players.contract import limits
from players.contract.types import (
    END,
    AnyKind,
    BlobRef,
    Count,
    Document,
    LongText,
    Moment,
    Name,
    Number,
    ShortText,
)


class Covers(Struct, frozen=True, kw_only=True):
    """Which displays are meant: by id, by group, or all of the fleet."""

    everything: bool = False
    displays: Annotated[list[Name], Meta(max_length=1000)] = []
    groups: Annotated[list[Name], Meta(max_length=200)] = []

    def covers(self, display: str, groups: list[str]) -> bool:
        return (
            self.everything or display in self.displays or not set(groups).isdisjoint(self.groups)
        )


class Page(Struct, frozen=True, kw_only=True):
    """One screenful of an alert and how long it stands before the next."""

    blob: BlobRef
    seconds: Annotated[int, Meta(ge=limits.MIN_ITEM_SECONDS, le=limits.MAX_ITEM_SECONDS)]

    def __post_init__(self) -> None:
        if self.blob.bytes > limits.MAX_PAGE_BYTES:
            raise ValueError(f"a page of an alert has at most {limits.MAX_PAGE_BYTES} bytes")


class Laid(Struct, frozen=True, kw_only=True):
    """What every entry of a set has: it is laid over the schedule here, from then until then."""

    id: Name
    revision: Number
    covers: Covers
    begins_at: Moment
    expires_at: Moment


class _Entry(Laid, frozen=True, kw_only=True):
    level: Annotated[int, Meta(ge=0, le=5)]
    raised_at: Moment
    headline: ShortText
    text: LongText
    sender: ShortText
    pages: Annotated[list[Page], Meta(min_length=1, max_length=limits.MAX_PAGES)]


ATTENTION = "attention"
"""The signal that every player knows; one of another name is silence (rule V)."""


class Alert(_Entry, frozen=True, kw_only=True, tag_field="kind", tag="alert"):
    """An emergency message. `text` is shown plainly by a player that lacks the pages so far.

    `sound` names the signal that is heard where the manifest allows sound; a drill has none.
    """

    sound: Name | None = None


class AllClear(_Entry, frozen=True, kw_only=True, tag_field="kind", tag="all_clear"):
    """The green page of an alert that is over: only where that alert was presented (rule T)."""


class Bulletin(_Entry, frozen=True, kw_only=True, tag_field="kind", tag="bulletin"):
    """A priority bulletin: inserted next and again and again in the programme, taking nothing over.

    A player that does not know the kind leaves it out (rule V): it never takes a board over.
    """


class AlertSet(Document, frozen=True, kw_only=True):
    """All alerts of one profile, or all drills.

    A set replaces the one before; an alert not in it is over. `exercise` is true exactly when the
    drill key sealed it: a drill can't be passed off as an alert, nor an alert as a drill.
    """

    profile: Name
    entries: Annotated[list[AnyKind], Meta(max_length=limits.MAX_ALERTS)]
    exercise: bool = False


AnyAlert = Alert | AllClear | Bulletin


def refusal_of_alerts(entries: Iterable[AnyAlert]) -> str | None:
    """Say what is wrong with the entries of an alert set that can be read, or None."""
    for entry in entries:
        if entry.expires_at - entry.begins_at > limits.MAX_ALERT_LIFE:
            return f"alert {entry.id} would last longer than 72 hours"
    return None


Serials = Annotated[dict[Name, Count], Meta(max_length=limits.MAX_PROFILES)]
"""The serial of a set by profile."""


class Beat(Document, frozen=True, kw_only=True):
    """The pulse: the controller's time, and the serials to hold: what is withheld is noticed."""

    keys: Count
    alerts: Serials
    drills: Serials = field(default_factory=dict)
    holds: Serials = field(default_factory=dict)


class TimeAnswer(Struct, frozen=True, kw_only=True):
    """Answer to a player's own nonce, sealed with the beat key: the fresh time (rule T)."""

    fleet: Name
    nonce: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}" + END)]
    now: Moment
