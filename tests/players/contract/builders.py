"""Documents as a city would have them; a test says only the fields that it cares about."""

import base64
import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents
from players.contract.alerts import Alert, AlertSet, AllClear, Bulletin, Covers, Page
from players.contract.daypart import Daypart
from players.contract.holdings import Holdings
from players.contract.holds import Hold, HoldSet
from players.contract.keys import Key, KeyList, Role
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.manifest import Fallbacks, Manifest, PlaylistEntry, UtcOffset
from players.contract.playlist import (
    FILM_TYPE,
    Item,
    PlaylistDocument,
    SlideItem,
    VideoItem,
    Zone,
)
from players.contract.signature import encoded, key_id
from players.contract.types import Area, BlobRef
from players.contract.widgets import Glyph, Widget

MONDAY = 1_763_917_200_000  # Monday 2025-11-24 00:00 in Viet Nam
HANOI = [UtcOffset(begins_at=0, minutes=420)]
EVERY_DAY = list(range(7))
ALL_DAY = Daypart(weekdays=EVERY_DAY, starts=0, ends=0)
LIFE = 45 * DAY


def hanoi(hour: int, minute: int = 0, second: int = 0, *, day: int = 0) -> int:
    """The moment of a wall-clock time in Viet Nam, `day` days after that Monday."""
    return MONDAY + day * DAY + hour * HOUR + minute * MINUTE + second * 1000


def fixed_key(number: int = 1) -> Ed25519PrivateKey:
    """A key that everybody knows: its seed is one byte, repeated."""
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def trusted(*keys: Ed25519PrivateKey) -> dict[str, Any]:
    return {key_id(key.public_key()): key.public_key() for key in keys}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def blob(name: str, **fields: Any) -> BlobRef:
    picture = {"bytes": 63_000, "media_type": "image/png", "width": 384, "height": 192}
    return BlobRef(sha256=sha256(name), **{**picture, **fields})


def head(**fields: Any) -> dict[str, Any]:
    start = {"schema": 1, "fleet": "pleiku", "epoch": 1, "serial": MONDAY, "issued_at": MONDAY}
    return {**start, **fields}


def slide(name: str, seconds: int = 10, **fields: Any) -> SlideItem:
    return SlideItem(id=name, blob=blob(name), seconds=seconds, **fields)


def video(name: str, length_ms: int = 8_000, **fields: Any) -> VideoItem:
    """A film that is shown once, unless `shown_ms` says otherwise."""
    film = blob(f"film of {name}", bytes=3_000_000, media_type=FILM_TYPE)
    start = {"poster": blob(name), "film": film, "length_ms": length_ms, "shown_ms": length_ms}
    return VideoItem(id=name, **{**start, **fields})


def zone(name: str, *items: Item, **fields: Any) -> Zone:
    area = {"area": Area(x=272, y=0, width=112, height=168), **fields}
    return Zone(id=name, items=[documents.raw(item) for item in items], **area)


def figures(*words: str) -> list[Glyph]:
    """Ten figures, a colon and a slash, each of 8 pixels, then `words` of 40 pixels."""
    single = [Glyph(name, 8 * place, 8) for place, name in enumerate("0123456789:/")]
    return single + [Glyph(name, 96 + 40 * place, 40) for place, name in enumerate(words)]


def widget(*says: str, words: tuple[str, ...] = (), **fields: Any) -> Widget:
    sheet = blob("figures", width=96 + 40 * len(words), height=16)
    start = {"sheet": sheet, "glyphs": figures(*words), "x": 4, "y": 6, "width": 100}
    return Widget(says=list(says), **{**start, **fields})


def clock(**fields: Any) -> Widget:
    return widget("hour", ":", "minute", **fields)


def countdown(to: int = 29_400_300, **fields: Any) -> Widget:
    """To 2025-11-24 21:00 on the wall clock, unless told otherwise (minutes since 1970)."""
    says = ("days_left", "/", "hours_left", ":", "minutes_left", ":", "seconds_left")
    return widget(*says, to=to, then=["over"], words=("over",), **fields)


def playlist(name: str, *items: Item, **fields: Any) -> PlaylistDocument:
    return PlaylistDocument(
        schema=1,
        id=name,
        title=f"Chương trình {name}",
        items=[documents.raw(item) for item in items or (slide(f"{name}-1"),)],
        **fields,
    )


def entry(name: str, *dayparts: Daypart, **fields: Any) -> PlaylistEntry:
    document = blob(name, media_type=documents.DOCUMENT_TYPE, width=1, height=1)
    start = {"priority": 5, "first_date": "2025-11-01", "last_date": "2026-12-31"}
    return PlaylistEntry(
        id=name,
        dayparts=list(dayparts) or [ALL_DAY],
        **{"document": document, **start, **fields},
    )


FALLBACKS = Fallbacks(
    comms_loss=blob("comms loss"),
    power_recovery=blob("power recovery"),
    end_of_programme=blob("end of programme"),
)


def manifest(*entries: PlaylistEntry, **fields: Any) -> Manifest:
    start = {
        "display": "hoa-lu",
        "groups": ["unit:hoi-phu", "unit:pleiku-city", "tag:led"],
        "profile": "led-384x192",
        "width": 384,
        "height": 192,
        "valid_until": MONDAY + LIFE,
        "utc_offsets": HANOI,
        "entries": [documents.raw(one) for one in entries],
        "safe": blob("safe"),
    }
    return Manifest(**{**head(), **start, **fields})


def alert(name: str, **fields: Any) -> Alert:
    return Alert(**{**_words(name), **fields})


def all_clear(name: str, **fields: Any) -> AllClear:
    return AllClear(**{**_words(name), "revision": 2, "level": 0, **fields})


def bulletin(name: str, **fields: Any) -> Bulletin:
    return Bulletin(**{**_words(name), **fields})


def _words(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "revision": 1,
        "covers": Covers(everything=True),
        "level": 3,
        "raised_at": hanoi(10),
        "begins_at": hanoi(10),
        "expires_at": hanoi(14),
        "headline": "Cảnh báo lũ trên sông Ayun",
        "text": "Phường Hội Phú\nDi dời ngay khỏi vùng thấp.",
        "sender": "UBND thành phố Pleiku",
        "pages": [Page(blob=blob(f"page of {name}"), seconds=8)],
    }


def alert_set(*entries: Alert | AllClear, **fields: Any) -> AlertSet:
    raws = [documents.raw(one) for one in entries]
    return AlertSet(**{**head(), "profile": "led-384x192", "entries": raws, **fields})


def drill_set(*entries: Alert | AllClear, **fields: Any) -> AlertSet:
    return alert_set(*entries, exercise=True, **fields)


def hold(kind: type[Hold], name: str = "hall", **fields: Any) -> Hold:
    start = {"begins_at": hanoi(10), "expires_at": hanoi(14), "covers": Covers(everything=True)}
    return kind(**{"id": name, "revision": 1, "why": "Họp Ủy ban", **start, **fields})


def hold_set(*entries: Hold, **fields: Any) -> HoldSet:
    raws = [documents.raw(one) for one in entries]
    return HoldSet(**{**head(), "profile": "led-384x192", "entries": raws, **fields})


def holdings(
    *entries: PlaylistEntry,
    loops: dict[str, PlaylistDocument] | None = None,
    alerts: AlertSet | None = None,
    drills: AlertSet | None = None,
    holds: HoldSet | None = None,
    display: str = "hoa-lu",
    **fields: Any,
) -> Holdings:
    """What a display holds: each entry's document too, unless `loops` says what there is."""
    if loops is None:
        loops = {one.id: playlist(one.id) for one in entries}
    by_hash = {sha256(name): document for name, document in loops.items()}
    whole = manifest(*entries, display=display, **fields)
    return Holdings.of(display, whole, by_hash, alerts, drills, holds)


def key_of(key: Ed25519PrivateKey, role: str = Role.CONTENT, **fields: Any) -> Key:
    public = key.public_key()
    start = {"id": key_id(public), "public": encoded(public), "not_before": MONDAY - DAY}
    return Key(**{**start, "role": str(role), "not_after": MONDAY + 89 * DAY, **fields})


def key_list(*keys: Key, **fields: Any) -> KeyList:
    roots = [encoded(fixed_key(100).public_key())]
    return KeyList(**{**head(), "roots": roots, "threshold": 1, "keys": list(keys), **fields})


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()
