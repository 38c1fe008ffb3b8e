"""What players report, sealed with their own key: status, plays, screenshot; unsealed: presence."""

from typing import Annotated

from msgspec import Meta, Struct

from players.contract import limits
from players.contract.types import (
    END,
    Count,
    Document,
    Hex16,
    Moment,
    Name,
    Number,
    Sha256,
    Sha256OrNone,
    ShortText,
)

MAX_HELD = 64
MAX_WORDS = 64
MAX_PROBLEMS = 16
MAX_OBEYED = 8
Word = Annotated[str, Meta(max_length=80)]


class OnGlass(Struct, frozen=True, kw_only=True):
    """What is on the glass and why; `source` and `reason` as in `showing.Showing`."""

    source: Annotated[str, Meta(pattern=r"^[a-z_]{1,20}" + END)]
    reason: Annotated[str, Meta(max_length=80)]
    item: Annotated[str, Meta(max_length=80)]
    sha256: Sha256OrNone
    since: Moment
    until: Moment | None = None


class Held(Struct, frozen=True, kw_only=True):
    """Serial and SHA-256 of the sealed bytes of a document that the player holds."""

    serial: Count
    sha256: Sha256


class Presented(Struct, frozen=True, kw_only=True):
    """When a revision of an alert came to this player and was first on its glass (player time)."""

    id: Name
    revision: Number
    received_at: Moment
    presented_at: Moment | None = None


class Obeyed(Struct, frozen=True, kw_only=True):
    """A command to this player: its number (serial), and what came of it: done, or why not."""

    number: Number
    act: Annotated[str, Meta(max_length=20)]
    result: Annotated[str, Meta(max_length=80)]
    at: Moment


class PanelState(Struct, frozen=True, kw_only=True):
    """The panel behind the glass: how it is reached, how it shall be, what it says of itself.

    `is_on` is None where it can't be asked; `problem` says why it does not obey.
    """

    kind: Annotated[str, Meta(max_length=20)]
    wanted_on: bool
    is_on: bool | None
    volume: Annotated[int, Meta(ge=0, le=100)] | None
    problem: ShortText = ""


class Health(Struct, frozen=True, kw_only=True):
    """How the player fares: bytes of cache and disk, blobs to fetch, frames, what is wrong.

    `problem` is the newest thing that went wrong, at `problem_at`, and may be over; `problems` is
    all that is wrong now, the newest first.
    `late_frames` of something that moves were left out, `black_frames` came out black although the
    picture is not; `restarts` are those by the watchdog since it was started.
    """

    cache_bytes: Count
    disk_free: Count
    missing: Count
    frames: Count
    problem: ShortText = ""
    problem_at: Moment = 0
    problems: Annotated[list[ShortText], Meta(max_length=MAX_PROBLEMS)] = []
    late_frames: Count = 0
    black_frames: Count = 0
    restarts: Count = 0


class Pace(Struct, frozen=True, kw_only=True):
    """How well a display keeps step with others, in milliseconds.

    `clock_error` is how far player time was ahead of the controller's by the last beats, after all
    corrections; `drift_ppm` what the system clock gains; `latest_change` how long after its moment
    an item came on, at worst of the last sixty.
    """

    clock_error: Annotated[int, Meta(ge=-(2**53), le=2**53)]
    drift_ppm: Annotated[int, Meta(ge=-(2**53), le=2**53)]
    latest_change: Count


class Sending(Struct, frozen=True, kw_only=True):
    """What an output that sends to a board over the network did since the player started.

    `late` frames went out late or not at all, `errors` is what the network did not take; `fps` and
    `link_percent` are of the last seconds.
    """

    packets: Count
    late: Count
    errors: Count
    fps: Annotated[int, Meta(ge=0, le=1000)]
    link_percent: Annotated[int, Meta(ge=0, le=1000)]


class Status(Struct, frozen=True, kw_only=True):
    """A player's own account of itself; `number` grows by one within a `boot`."""

    schema: Number
    fleet: Name
    display: Name
    boot: Hex16
    number: Count
    at: Moment
    started_at: Moment
    showing: OnGlass | None
    next: OnGlass | None
    holds: Annotated[dict[str, Held], Meta(max_length=MAX_HELD)]
    alerts: Annotated[list[Presented], Meta(max_length=limits.MAX_ALERTS)]
    version: Annotated[str, Meta(max_length=40)]
    kinds: Annotated[list[Word], Meta(max_length=MAX_WORDS)]
    formats: Annotated[list[Word], Meta(max_length=MAX_WORDS)]
    output: Annotated[str, Meta(max_length=40)]
    clock_offset: Annotated[int, Meta(ge=-(2**53), le=2**53)]
    connected: bool
    health: Health
    sending: Sending | None = None
    pace: Pace | None = None
    brightness: Annotated[int, Meta(ge=0, le=100)] | None = None
    """Percent, where this player dims the display."""
    armed: Annotated[list[Sha256], Meta(max_length=limits.MAX_ARMED)] = []
    """Pages that came ahead of the alert that may name them, and are kept ready."""
    command: Obeyed | None = None
    """The newest of `commands`."""
    commands: Annotated[list[Obeyed], Meta(max_length=MAX_OBEYED)] = []
    """Of this start of the player, the newest first."""
    panel: PanelState | None = None


class Play(Struct, frozen=True, kw_only=True):
    """One showing that took place: what, why, since when (player time), for how many ms."""

    number: Number
    source: Annotated[str, Meta(max_length=20)]
    reason: Annotated[str, Meta(max_length=80)]
    item: Annotated[str, Meta(max_length=80)]
    sha256: Sha256OrNone
    started_at: Moment
    shown_ms: Count


class Plays(Struct, frozen=True, kw_only=True):
    """A batch of one journal, in order and without gaps.

    `holds_up_to` says what a restored controller may ask for.
    """

    schema: Number
    fleet: Name
    display: Name
    journal: Hex16
    holds_up_to: Count
    plays: Annotated[list[Play], Meta(max_length=limits.MAX_PLAYS)]


class PlaysAck(Document, frozen=True, kw_only=True):
    """The controller has stored the plays of `journal` up to and including `up_to`."""

    display: Name
    journal: Hex16
    up_to: Count


class Screenshot(Struct, frozen=True, kw_only=True):
    """A small picture of what was presented, not rendered again; `picture` is base64 in JSON."""

    fleet: Name
    display: Name
    at: Moment
    sha256: Sha256OrNone
    media_type: Annotated[str, Meta(pattern=r"^image/(png|jpeg)" + END)]
    width: Annotated[int, Meta(ge=1, le=1920)]
    height: Annotated[int, Meta(ge=1, le=1920)]
    picture: Annotated[bytes, Meta(max_length=limits.MAX_PICTURE_BYTES)]


class Presence(Struct, frozen=True, kw_only=True):
    """Online, or lost by last will.

    Boot and connection number keep a late will from ending a newer connection.
    """

    state: Annotated[str, Meta(pattern=r"^(online|lost)" + END)]
    boot: Hex16
    connection: Count
