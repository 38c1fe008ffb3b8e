"""The manifest: what one display shows and when, for weeks ahead, with everything else by hash."""

from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from players.contract import limits
from players.contract.daypart import Daypart
from players.contract.panel import PanelHours
from players.contract.types import AnyKind, BlobRef, Count, Document, LocalDate, Moment, Name


class UtcOffset(Struct, frozen=True, kw_only=True):
    """From `begins_at` on, local time is UTC plus `minutes`: a player PC may lack zone data."""

    begins_at: Moment
    minutes: Annotated[int, Meta(ge=-840, le=840)]


class PlaylistEntry(Struct, frozen=True, kw_only=True, tag_field="kind", tag="playlist"):
    """A playlist on this display between two local dates (both included) in its dayparts."""

    id: Name
    priority: Annotated[int, Meta(ge=1, le=9)]
    first_date: LocalDate
    last_date: LocalDate
    dayparts: Annotated[list[Daypart], Meta(min_length=1, max_length=limits.MAX_DAYPARTS)]
    document: BlobRef

    def __post_init__(self) -> None:
        if self.document.bytes > limits.MAX_DOCUMENT_BYTES:
            raise ValueError(f"a playlist document has at most {limits.MAX_DOCUMENT_BYTES} bytes")


class Fallbacks(Struct, frozen=True, kw_only=True):
    """What stands in when nothing is due and the safe slide would say too little; each optional.

    `comms_loss`: the controller has not been heard for long. `power_recovery`: started with a clock
    that can't be right. `end_of_programme`: the manifest has run out.
    """

    comms_loss: BlobRef | None = None
    power_recovery: BlobRef | None = None
    end_of_programme: BlobRef | None = None

    def blobs(self) -> list[BlobRef]:
        slides = (self.comms_loss, self.power_recovery, self.end_of_programme)
        return [slide for slide in slides if slide]


Percent = Annotated[int, Meta(ge=1, le=100)]


class Light(Struct, frozen=True, kw_only=True):
    """How bright a display may be that can be dimmed, in percent of all it can, and where it stands
    (WGS 84, millionths of a degree): the player works out the sun by itself.

    `day` with the sun high, `night` with it well below the horizon, at least `alert` for an alert.
    """

    latitude_e6: Annotated[int, Meta(ge=-90_000_000, le=90_000_000)]
    longitude_e6: Annotated[int, Meta(ge=-180_000_000, le=180_000_000)]
    day: Percent = 100
    night: Percent = 8
    alert: Percent = 40


class Manifest(Document, frozen=True, kw_only=True):
    """Sealed wanted state of one display.

    `sound` false means: nothing is ever heard here, of films or of alerts. `retired` true means:
    wipe the cache, show nothing of this fleet again.
    """

    display: Name
    groups: Annotated[list[Name], Meta(max_length=64)]
    profile: Name
    width: Annotated[int, Meta(ge=1, le=16384)]
    height: Annotated[int, Meta(ge=1, le=16384)]
    valid_until: Moment
    utc_offsets: Annotated[list[UtcOffset], Meta(min_length=1, max_length=64)]
    entries: Annotated[list[AnyKind], Meta(max_length=limits.MAX_ENTRIES)]
    safe: BlobRef
    fallbacks: Fallbacks = Fallbacks()
    light: Light | None = None
    panel: PanelHours | None = None
    sound: bool = False
    retired: bool = False

    def __post_init__(self) -> None:
        begins = [row.begins_at for row in self.utc_offsets]
        if any(later <= earlier for earlier, later in pairwise(begins)):
            raise ValueError("the table of UTC offsets is not in order of time")


def refusal_of_manifest(manifest: Manifest) -> str | None:
    """Say what is wrong inside a manifest that can be read, or None."""
    if manifest.valid_until - manifest.issued_at > limits.MAX_MANIFEST_LIFE:
        return "manifest is valid for more than 60 days"
    return None


class Wanted(Struct, frozen=True, kw_only=True):
    """What a manifest says, without serial and time: equal hashes mean nothing to publish."""

    display: Name
    groups: list[Name]
    profile: Name
    width: Count
    height: Count
    utc_minutes: list[int]
    entries: list[PlaylistEntry]
    safe: BlobRef
    fallbacks: Fallbacks = Fallbacks()
    light: Light | None = None
    panel: PanelHours | None = None
    sound: bool = False
    retired: bool = False
