"""What people do on the journey; once done on the pages, once by the interface for programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from signage.domain.display import Profile


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert says."""

    headline: str
    area: str
    body: str
    sender: str
    level: int


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """The pictures that a person saw, in order, by profile: slides, and the strip of the ticker."""

    slides: dict[str, list[bytes]]
    strips: dict[str, bytes]


class Hands(Protocol):
    """The officer writes, the approver decides, the duty officer alerts. Ids are strings.

    What reaches the glass returns the moment of the click (ms). Whatever is refused raises
    `Unexpected` with the sentence that the person gets.
    """

    def upload(self, picture: Path) -> str:
        """The officer uploads a picture; returns the name under which slides can use it."""

    def new_playlist(self, title: str, displays: Sequence[str]) -> str:
        """The officer begins a playlist for `displays`."""

    def add_slide(
        self, playlist: str, layout: str, fields: dict[str, str], *, seconds: int, picture: str = ""
    ) -> None:
        """The officer adds a slide at the end."""

    def change_slide(self, playlist: str, number: int, fields: dict[str, str]) -> None:
        """The officer changes words of the slide that is `number` (0 is the first)."""

    def add_ticker(self, playlist: str, text: str) -> None:
        """The officer adds a line that runs along the bottom."""

    def previews(self, playlist: str, profiles: Sequence[Profile]) -> Drawn:
        """The officer looks at the draft at the exact pixels of each profile."""

    def submit(self, playlist: str) -> str:
        """The officer submits; returns the submission."""

    def submit_own_and_approve(self, title: str, displays: Sequence[str]) -> str:
        """The approver writes, submits and tries to approve it; returns the refusal's sentence."""

    def review(self, submission: str, profiles: Sequence[Profile]) -> Drawn:
        """The approver looks at what was submitted."""

    def approve(self, submission: str) -> int:
        """The approver approves exactly what was reviewed."""

    def schedule(self, playlist: str, displays: Sequence[str], *, priority: int) -> None:
        """The officer schedules a playlist from today on, all day."""

    def write_alert(self, words: Words, displays: Sequence[str]) -> str:
        """The duty officer writes an alert and sees it drawn; nothing is on a display yet."""

    def alert_pages(self, alert: str, profiles: Sequence[Profile]) -> dict[str, list[bytes]]:
        """The pages of an alert, or of its all clear, as the duty officer sees them by profile."""

    def raise_alert(self, alert: str, *, screens: int) -> int:
        """The duty officer confirms with the number of screens."""

    def amend(self, alert: str, words: Words) -> int:
        """The duty officer changes what a running alert says."""

    def all_clear(self, alert: str) -> int:
        """The duty officer gives the all clear."""

    def switch_off(self, display: str) -> int:
        """The duty officer keeps a display dark, with a code of the authenticator."""

    def switch_on(self, display: str) -> int:
        """The duty officer ends the hold of a display, with another code."""

    def withdraw(self, submission: str, reason: str) -> int:
        """The approver takes a submission off every display."""
