"""The playlist document: a blob, trusted through its hash in the manifest, that lists slides."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from players.contract import limits
from players.contract.types import AnyKind, Area, BlobRef, LocalMinute, Name, Number, ShortText
from players.contract.widgets import LunarMonth, Widget

CUT: Final = "cut"
TRANSITIONS: Final = {"crossfade": 400, "slide": 500}
"""How an item may come on, other than by a cut, and for how many ms it moves."""


class SlideItem(
    Struct, frozen=True, kw_only=True, tag_field="kind", tag="slide", omit_defaults=True
):
    """One picture for some seconds; it fills its area of the display.

    `transition` says how it comes on; one that is not in TRANSITIONS is a cut. From `expires` on it
    is not shown. `widgets` stand on the picture.
    """

    id: Name
    blob: BlobRef
    seconds: Annotated[int, Meta(ge=limits.MIN_ITEM_SECONDS, le=limits.MAX_ITEM_SECONDS)]
    transition: Annotated[str, Meta(max_length=20)] = CUT
    expires: LocalMinute | None = None
    widgets: Annotated[list[Widget], Meta(max_length=limits.MAX_WIDGETS)] = []

    def needs(self) -> set[str]:
        """The SHA-256 of every blob without which it can't be shown."""
        return {self.blob.sha256, *(widget.sheet.sha256 for widget in self.widgets)}

    @property
    def shown_ms(self) -> int:
        """How long it stays, in ms."""
        return self.seconds * limits.SECOND


FILM_TYPE: Final = "video/mp4"
"""Media type of every film: H.264, 8 bits, 4:2:0, with an index each second; sound, if any, AAC."""


class VideoItem(Struct, frozen=True, kw_only=True, tag_field="kind", tag="video"):
    """A film for `shown_ms`, round after round; it fills the display as a slide does.

    `length_ms` is one round. The poster, a picture of the film, stands until the film has come, and
    instead of it on a player that can't decode films. `sound` says that it may be heard.
    """

    id: Name
    poster: BlobRef
    film: BlobRef
    length_ms: Annotated[int, Meta(ge=1, le=limits.MAX_FILM_LENGTH)]
    shown_ms: Annotated[
        int,
        Meta(
            ge=limits.MIN_ITEM_SECONDS * limits.SECOND, le=limits.MAX_ITEM_SECONDS * limits.SECOND
        ),
    ]
    sound: bool = False
    transition: Annotated[str, Meta(max_length=20)] = CUT
    expires: LocalMinute | None = None

    def __post_init__(self) -> None:
        if self.film.media_type != FILM_TYPE:
            raise ValueError(f"a film is {FILM_TYPE}, not {self.film.media_type}")

    @property
    def blob(self) -> BlobRef:
        """The picture that stands for it."""
        return self.poster

    @property
    def widgets(self) -> list[Widget]:
        """Nothing stands on a film."""
        return []

    def needs(self) -> set[str]:
        """The SHA-256 of every blob without which it can't be shown."""
        return {self.poster.sha256}

    def round_at(self, elapsed: int) -> tuple[int, int]:
        """Start and end of the round that runs `elapsed` ms after the item came on, both from then.

        A function of time alone: displays agree, and one that restarts joins in the right place.
        A round ends early where the item's time does; an item alone in its loop begins again then.
        """
        elapsed = max(elapsed, 0)
        begun = elapsed - elapsed % self.shown_ms
        start = elapsed - (elapsed - begun) % self.length_ms
        return start, min(start + self.length_ms, begun + self.shown_ms)


Item = SlideItem | VideoItem


class Ticker(Struct, frozen=True, kw_only=True):
    """A strip that runs along the bottom edge while its document is on.

    It moves `step` pixels each `every` frames of 1/60 s and wraps without a seam. Its place is a
    function of time alone, so that two boards agree.
    """

    blob: BlobRef
    step: Annotated[int, Meta(ge=1, le=8)]
    every: Annotated[int, Meta(ge=1, le=8)] = 1

    def offset_at(self, moment: int) -> int:
        """Pixels of the strip that have left the display on the left at `moment`."""
        frames = moment * 60 // (1000 * self.every)
        return frames * self.step % self.blob.width


class Zone(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the glass with a loop of its own, beside the slides; it begins when theirs does."""

    id: Name
    area: Area
    items: Annotated[list[AnyKind], Meta(min_length=1, max_length=limits.MAX_ITEMS)]


class PlaylistDocument(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Slides in order, the ticker that runs under all of them, and zones beside them.

    The slides fill `area`; without one, the display less the ticker's band at the bottom. `lunar`
    is the calendar for widgets that tell the lunar day.
    """

    schema: Number
    id: Name
    title: ShortText
    items: Annotated[list[AnyKind], Meta(min_length=1, max_length=limits.MAX_ITEMS)]
    ticker: Ticker | None = None
    area: Area | None = None
    zones: Annotated[list[Zone], Meta(max_length=limits.MAX_ZONES)] = []
    lunar: Annotated[list[LunarMonth], Meta(max_length=limits.MAX_LUNAR_MONTHS)] = []
