"""Films of the library that are ready at once, in the sizes that a test needs."""

import hashlib
from functools import lru_cache

from signage.domain.media import Asset
from signage.domain.people import User
from signage.domain.playlist import Playlist
from signage.domain.slide import Words
from signage.domain.video import MASTER, VideoRendition
from signage.store import Store
from signage.workflows.content import editing
from tests.signage.ingest.bad_files import encoded, photo
from tests.signage.ingest.bad_films import film
from tests.signage.pleiku import CITY_OFFICER, HOUSE_SCREEN, NOON, SMALL_BOARD

SMALL = SMALL_BOARD.size
LENGTH_MS = 2_500


def library_film(
    store: Store, *sizes: tuple[int, int], by: User = CITY_OFFICER, name: str = "Chợ Tết.mp4"
) -> Asset:
    """A film as the jobs leave it: normalised, for the screens, and in each of `sizes` px."""
    original = hashlib.sha256(name.encode()).hexdigest()
    made = {size: rendition(store, original, size) for size in (MASTER, HOUSE_SCREEN.size, *sizes)}
    master = made[MASTER]
    asset = Asset(
        sha256=original,
        unit=by.unit,
        filename=name,
        media_type="image/jpeg",
        width=320,
        height=180,
        bytes=master.poster_bytes,
        uploaded_by=by.id,
        uploaded_at=NOON,
        clean_sha256=master.poster,
        kind="video",
        seconds_ms=LENGTH_MS,
        sound=True,
    )
    with store.transaction():
        store.assets.add(asset)
        for one in made.values():
            store.videos.save(one)
    return asset


def rendition(store: Store, original: str, size: tuple[int, int]) -> VideoRendition:
    """One copy: real bytes of a film and of its poster; large ones are small in truth."""
    pixels = size if 0 < size[0] < 400 else (320, 180)
    data, poster = _film(pixels), encoded(photo().resize(pixels))
    return VideoRendition(
        video=original,
        width=size[0],
        height=size[1],
        blob=store.blobs.put(data),
        bytes=len(data),
        poster=store.blobs.put(poster),
        poster_bytes=len(poster),
        seconds_ms=LENGTH_MS,
        sound=True,
    )


@lru_cache
def _film(pixels: tuple[int, int]) -> bytes:
    return film(size=pixels, seconds=LENGTH_MS / 1000)


def add_film(
    store: Store,
    playlist: Playlist,
    asset: Asset,
    *,
    seconds: int | None = None,
    by: User = CITY_OFFICER,
) -> Playlist:
    return editing.add_slide(
        store,
        playlist.id,
        Words(layout="video", fields={}, video=asset.sha256, seconds=seconds),
        version=playlist.version,
        by=by,
        at=NOON,
    )
