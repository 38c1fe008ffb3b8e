"""Reads the glass: the pixels in a player's PNG folder, nothing that the player says of itself."""

import io
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec
from PIL import Image, UnidentifiedImageError

LOOK_EVERY = 0.004


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that may be on a glass: encoded bytes of the picture, and of a ticker strip."""

    name: str
    picture: bytes
    strip: bytes | None = None


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the glass: its number, when its file was written (kernel's clock, ms)."""

    number: int
    at: int
    path: Path


def frames(folder: Path, *, after: int = 0) -> list[Frame]:
    """Return the changes of the glass in `folder` with a number above `after`, in order."""
    found = []
    for path in folder.glob("[0-9]*-*.png"):
        number = int(path.name.partition("-")[0])
        if number > after:
            found.append(Frame(number=number, at=path.stat().st_mtime_ns // 1_000_000, path=path))
    return sorted(found, key=lambda frame: frame.number)


def last_number(folder: Path) -> int:
    """Return the number of the newest change; 0 when there was none."""
    return max((frame.number for frame in frames(folder)), default=0)


def picture_of(path: Path) -> Image.Image | None:
    """Return the pixels of a picture file, or None while it is not completely written."""
    try:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            return image.convert("RGB")
    except (OSError, UnidentifiedImageError, SyntaxError):
        return None


def shows(glass: Image.Image, view: View) -> bool:
    """Say whether the glass shows exactly `view`: its picture, and its strip at some place."""
    strip = _decoded(view.strip) if view.strip else None
    band = min(strip.height, glass.height) if strip else 0
    area = glass.crop((0, 0, glass.width, glass.height - band))
    if area.height:
        picture = _decoded(view.picture)
        if picture.size != area.size or picture.tobytes() != area.tobytes():
            return False
    if strip is None:
        return True
    return _runs_through(glass.crop((0, glass.height - band, glass.width, glass.height)), strip)


def _runs_through(band: Image.Image, strip: Image.Image) -> bool:
    """Say whether `band` is a window on `strip` repeated without end."""
    if band.height != strip.height:
        return False
    repeated = Image.new("RGB", (band.width + strip.width, strip.height))
    for left in range(0, repeated.width, strip.width):
        repeated.paste(strip, (left, 0))
    return any(
        repeated.crop((offset, 0, offset + band.width, band.height)).tobytes() == band.tobytes()
        for offset in _places(band, repeated, strip.width)
    )


def _places(band: Image.Image, repeated: Image.Image, width: int) -> Iterator[int]:
    """Offsets at which the row that tells most of the band is found again."""
    rows = [_row(band, y) for y in range(band.height)]
    telling = max(range(band.height), key=lambda y: len(set(rows[y])))
    row, line = rows[telling], _row(repeated, telling)
    at = line.find(row)
    while 0 <= at < 3 * width:
        if at % 3 == 0:
            yield at // 3
        at = line.find(row, at + 1)


def _row(image: Image.Image, y: int) -> bytes:
    return image.crop((0, y, image.width, y + 1)).tobytes()


@lru_cache(maxsize=48)
def _decoded(encoded: bytes) -> Image.Image:
    with Image.open(io.BytesIO(encoded)) as image:
        return image.convert("RGB")


def moments(seconds: float) -> Iterator[float]:
    """Yield the seconds left, again and again, until `seconds` are over; looks at least twice."""
    deadline = time.monotonic() + seconds
    yield seconds
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(LOOK_EVERY)
        yield left
    yield 0.0
