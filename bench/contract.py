"""How long sealing, opening and the timeline take for a full manifest of 170 entries."""

import hashlib
import statistics
import time
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents
from players.contract.daypart import Daypart
from players.contract.holdings import Holdings
from players.contract.limits import DAY, MINUTE
from players.contract.manifest import Manifest, PlaylistEntry, UtcOffset
from players.contract.playlist import PlaylistDocument, SlideItem
from players.contract.signature import Kind, key_id, open_sealed, seal
from players.contract.timeline import showing_at
from players.contract.types import BlobRef

ENTRIES = 170
SLIDES = 12
NOW = 1_764_040_000_000
ROUNDS = 101
KEY = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)


def run() -> list[dict[str, Any]]:
    """Median times in milliseconds, and sizes in bytes; nobody else publishes these numbers."""
    manifest = full_manifest()
    payload = documents.encode(manifest)
    sealed = seal(payload, Kind.MANIFEST, KEY)
    holdings = held(manifest)
    minutes = iter(range(10**6))
    rows = [
        ("payload of a 170-entry manifest", len(payload), "bytes"),
        ("the same sealed", len(sealed), "bytes"),
        ("encode and seal", median_ms(lambda: encode_and_seal(manifest)), "ms"),
        ("open, decode, read entries", median_ms(lambda: open_and_read(sealed)), "ms"),
        (
            "showing_at",
            median_ms(lambda: showing_at(holdings, NOW + next(minutes) * 7 * MINUTE)),
            "ms",
        ),
    ]
    return [
        {"bench": "contract", "metric": metric, "value": value, "unit": unit, "peer": None}
        for metric, value, unit in rows
    ]


def encode_and_seal(manifest: Manifest) -> bytes:
    return seal(documents.encode(manifest), Kind.MANIFEST, KEY)


def open_and_read(sealed: bytes) -> list[PlaylistEntry]:
    payload, _ = open_sealed(sealed, Kind.MANIFEST, {key_id(KEY.public_key()): KEY.public_key()})
    return documents.playlist_entries(documents.decode(payload, Manifest).entries)[0]


def full_manifest() -> Manifest:
    """A manifest with as many entries as fit: dayparts through the whole day, nine priorities."""
    return Manifest(
        schema=1,
        fleet="pleiku",
        epoch=1,
        serial=NOW,
        issued_at=NOW,
        display="hoa-lu",
        groups=["unit:hoi-phu", "unit:pleiku-city", "tag:led"],
        profile="led-384x192",
        width=384,
        height=192,
        valid_until=NOW + 45 * DAY,
        utc_offsets=[UtcOffset(begins_at=0, minutes=420)],
        entries=[documents.raw(entry(number)) for number in range(ENTRIES)],
        safe=blob("safe"),
    )


def entry(number: int) -> PlaylistEntry:
    starts = number * 37 % 1440
    return PlaylistEntry(
        id=f"entry-{number}",
        priority=number % 9 + 1,
        first_date="2025-11-01",
        last_date="2026-03-31",
        dayparts=[Daypart(weekdays=list(range(7)), starts=starts, ends=(starts + 240) % 1440)],
        document=blob(f"playlist {number}", documents.DOCUMENT_TYPE),
    )


def held(manifest: Manifest) -> Holdings:
    playlists = {
        blob(f"playlist {number}").sha256: PlaylistDocument(
            schema=1,
            id=f"playlist-{number}",
            title=f"Playlist {number}",
            items=[
                documents.raw(SlideItem(id=f"s-{slide}", blob=blob(f"s-{slide}"), seconds=10))
                for slide in range(SLIDES)
            ],
        )
        for number in range(ENTRIES)
    }
    return Holdings.of("hoa-lu", manifest, playlists, None)


def blob(name: str, media_type: str = "image/png") -> BlobRef:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return BlobRef(sha256=sha256, bytes=60_000, media_type=media_type, width=384, height=192)


def median_ms(work: Callable[[], object]) -> float:
    """Median of many rounds: one slow round on a busy machine says nothing."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter_ns()
        work()
        times.append((time.perf_counter_ns() - began) / 1e6)
    return round(statistics.median(times), 3)


if __name__ == "__main__":
    for row in run():
        print(f"{row['metric']:34} {row['value']:>10} {row['unit']}")
