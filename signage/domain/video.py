"""Videos as every player decodes them: one profile of H.264, in the exact size of a display."""

import math

import msgspec

from signage.domain.fit import AUTO, fills
from signage.domain.slide import MAX_FILM_SLIDE_SECONDS, MIN_SLIDE_SECONDS

MASTER_SIZE = (1920, 1080)
"""The box into which an upload is brought first, in px."""
MASTER = (0, 0)
"""Stands for the size of the normalised film itself."""
MAX_FRAMES_PER_SECOND = 30
SHARE_THAT_MAY_GO = 0.07
"""By itself a film is cut to the shape of a display when no more than this share is lost, else it
is whole between black bars: of a picture for television nothing that matters stands in the outer
3.5 % of each side (EBU R 95)."""


class VideoRendition(msgspec.Struct, frozen=True, kw_only=True):
    """One film: H.264 High yuv420p in MP4, an index each second, at most 30 frames a second.

    `video` is the hash of the uploaded file; `blob` and `poster` (a JPEG of the same size) are
    blobs; sizes are in px, 0 × 0 for the normalised film of the upload's own size; `fit` is how it
    meets a size of another shape.
    """

    video: str
    width: int
    height: int
    blob: str
    bytes: int
    poster: str
    poster_bytes: int
    seconds_ms: int
    sound: bool
    fit: str = AUTO


def crop_of(
    source: tuple[int, int], target: tuple[int, int], fit: str = AUTO
) -> tuple[int, int, int, int]:
    """Return the part (left, top, width, height) of `source` that shows in `target`, all in px.

    The whole of it unless it is to fill `target`.
    """
    width, height = source
    one, other = width * target[1], target[0] * height
    if not fills(fit, source, target, may_go=SHARE_THAT_MAY_GO):
        return 0, 0, width, height
    if one > other:
        kept = max(1, other // target[1])
        return (width - kept) // 2, 0, kept, height
    kept = max(1, one // target[0])
    return 0, (height - kept) // 2, width, kept


def fitted(source: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Return the largest even size in px with the shape of `source` that goes into `box`."""
    scale = min(box[0] / source[0], box[1] / source[1], 1)
    return _even(source[0] * scale, box[0]), _even(source[1] * scale, box[1])


def inside(source: tuple[int, int], target: tuple[int, int]) -> tuple[int, int]:
    """Return the size in px at which the whole of `source` shows in `target`, larger or smaller."""
    scale = min(target[0] / source[0], target[1] / source[1])
    return _even(source[0] * scale, target[0]), _even(source[1] * scale, target[1])


def film_size(area: tuple[int, int]) -> tuple[int, int]:
    """Return the size in px of the film for an area of a display: even, a row less at most."""
    return max(2, area[0] - area[0] % 2), max(2, area[1] - area[1] % 2)


def seconds_of(length_ms: int) -> int:
    """Return for how many seconds a slide stays so that a film of this length is seen once."""
    return min(max(math.ceil(length_ms / 1000), MIN_SLIDE_SECONDS), MAX_FILM_SLIDE_SECONDS)


def shown_ms(seconds: int, length_ms: int) -> int:
    """Return how long exactly a film stays that should be shown for `seconds`.

    Less by the fraction of a second in which it would begin once more, to be cut at once.
    """
    asked = seconds * 1000
    rest = asked % length_ms
    return asked - rest if asked >= length_ms and rest < 1000 else asked


def _even(length: float, most: int) -> int:
    # The colours of yuv420p stand for two by two pixels.
    return max(2, min(round(length / 2) * 2, most - most % 2))
