"""The hold set of a profile: displays kept dark, on the safe slide or in a meeting, with an end."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, field

from players.contract import limits
from players.contract.alerts import Laid, Page
from players.contract.types import AnyKind, Document, Name, ShortText


class _Hold(Laid, frozen=True, kw_only=True):
    why: ShortText = ""


class Blank(_Hold, frozen=True, kw_only=True, tag_field="kind", tag="blank"):
    """The display is dark: above everything, alerts too."""


class SafeSlide(_Hold, frozen=True, kw_only=True, tag_field="kind", tag="safe"):
    """The display shows its safe slide and nothing else: above everything, alerts too."""


class Meeting(_Hold, frozen=True, kw_only=True, tag_field="kind", tag="meeting"):
    """People meet in front of the display: only an alert interrupts.

    It shows `pages` in turn; without pages, or where none is at hand, the safe slide.
    """

    pages: Annotated[list[Page], Meta(max_length=limits.MAX_PAGES)] = field(default_factory=list)


Hold = Blank | SafeSlide | Meeting


class HoldSet(Document, frozen=True, kw_only=True):
    """All holds of one profile. A set replaces the one before; a hold not in it is lifted."""

    profile: Name
    entries: Annotated[list[AnyKind], Meta(max_length=limits.MAX_HOLDS)]


def refusal_of_holds(entries: Iterable[Hold]) -> str | None:
    """Say what is wrong with the entries of a hold set that can be read, or None."""
    for entry in entries:
        if entry.expires_at - entry.begins_at > limits.MAX_HOLD_LIFE:
            return f"hold {entry.id} would last longer than 7 days"
    return None
