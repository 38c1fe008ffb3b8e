"""What a player of the small Pleiku says, sealed with its own key, as it comes from the broker."""

from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents
from players.contract.reports import (
    Health,
    Held,
    OnGlass,
    Play,
    Plays,
    Presence,
    Presented,
    Screenshot,
    Status,
)
from players.contract.signature import Kind, encoded, seal
from signage.store import Store
from signage.workflows.reports.hearing import Message, Taken, take_in
from tests.signage.pleiku import DISPLAYS, NOON

FLEET = "pleiku"
KEYS = {display.id: Ed25519PrivateKey.generate() for display in DISPLAYS}
BOOT, NEXT_BOOT = "a" * 16, "b" * 16
JOURNAL = "1" * 16


def pair(store: Store) -> None:
    """Give every display of the small Pleiku a player."""
    with store.transaction():
        for display in DISPLAYS:
            public = encoded(KEYS[display.id].public_key())
            store.displays.save(msgspec.structs.replace(display, player_key=public))


def status(display: str = "hoa-lu", *, serial: int | None = None, **changes: object) -> Status:
    fields: dict[str, object] = {
        "schema": 1,
        "fleet": FLEET,
        "display": display,
        "boot": BOOT,
        "number": 1,
        "at": NOON,
        "started_at": NOON,
        "showing": None,
        "next": None,
        "holds": {} if serial is None else {"manifest": Held(serial=serial, sha256="0" * 64)},
        "alerts": [],
        "version": "1",
        "kinds": [],
        "formats": [],
        "output": "png_folder",
        "clock_offset": 0,
        "connected": True,
        "health": Health(cache_bytes=0, disk_free=0, missing=0, frames=0),
    }
    return Status(**(fields | changes))


def glass(source: str, reason: str, *, sha256: str = "0" * 64) -> OnGlass:
    return OnGlass(source=source, reason=reason, item="s1", sha256=sha256, since=NOON)


def presented(alert: str, revision: int = 1, at: int | None = NOON + 40) -> Presented:
    return Presented(id=alert, revision=revision, received_at=NOON + 10, presented_at=at)


def screenshot(at: int = NOON, display: str = "hoa-lu", picture: bytes = b"png") -> Screenshot:
    return Screenshot(
        fleet=FLEET,
        display=display,
        at=at,
        sha256="0" * 64,
        media_type="image/png",
        width=384,
        height=192,
        picture=picture,
    )


def plays(*numbers: int, display: str = "hoa-lu", journal: str = JOURNAL) -> Plays:
    return Plays(
        schema=1,
        fleet=FLEET,
        display=display,
        journal=journal,
        holds_up_to=max(numbers, default=0),
        plays=[play(number) for number in numbers],
    )


def play(number: int) -> Play:
    return Play(
        number=number,
        source="schedule",
        reason="e1",
        item="s1",
        sha256="0" * 64,
        started_at=NOON + number,
        shown_ms=10_000,
    )


def presence(
    state: str, *, boot: str = BOOT, connection: int = 1, display: str = "hoa-lu", **more: object
) -> Message:
    said = msgspec.json.encode(Presence(state=state, boot=boot, connection=connection))
    return message("presence", said, display=display, **more)


def said(report: Status | Plays | Screenshot, *, by: str | None = None, **more: object) -> Message:
    """The report, sealed by the player of `by` (its own display by default)."""
    kind = {Status: Kind.STATUS, Plays: Kind.PLAYS, Screenshot: Kind.SCREENSHOT}[type(report)]
    sealed = seal(documents.encode(report), kind, KEYS[by or report.display])
    return message(kind.value, sealed, **({"display": report.display} | more))


def message(
    kind: str,
    payload: bytes,
    *,
    display: str = "hoa-lu",
    at: int = NOON,
    fleet: str = FLEET,
    retained: bool = False,
) -> Message:
    return Message(f"signage/1/{fleet}/displays/{display}/{kind}", payload, at, retained)


def hear(store: Store, *messages: Message) -> Taken:
    return take_in(store, FLEET, messages)


def held_numbers(store: Store, display: str = "hoa-lu") -> Sequence[int]:
    rows = store.reports.plays(display, limit=1000)
    return sorted(row.play.number for row in rows)
