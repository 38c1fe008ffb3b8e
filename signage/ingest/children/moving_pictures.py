"""Reads an animation (GIF, APNG, WebP, AVIF) as a film."""

import sys
from collections.abc import Iterator
from fractions import Fraction

import av
from PIL import Image, ImageChops, ImageSequence

from signage.ingest.child import Stop
from signage.ingest.children.film_source import Piece, Source
from signage.ingest.children.pictures import prepare
from signage.render.clean_copy import ALLOWED_FORMATS

MAX_PICTURES = 3000
MAX_SECONDS = 120.0
LEAST_SECONDS = 6.0
"""Animations are made to go round and round: a short one is repeated up to this length."""
_SMALL = (64, 64)
_SEEN = 12
"""Of 255: a smaller difference is not seen."""
_USUAL_MS, _LEAST_MS = 100, 20


def source() -> Source:
    """Return the animation on standard input; stops when nothing in it moves."""
    prepare()
    image = Image.open(sys.stdin.buffer, formats=ALLOWED_FORMATS)
    lengths, moves = [], False
    before: Image.Image | None = None
    for number, picture in enumerate(ImageSequence.Iterator(image)):
        if number >= MAX_PICTURES:
            raise Stop("too_costly")
        small = _on_white(picture).resize(_SMALL, Image.Resampling.BOX)
        moves = moves or (before is not None and _differs(small, before))
        before = small
        lengths.append(_length_of(picture))
    if not moves:
        raise Stop("still")
    once = sum(lengths)
    if once > MAX_SECONDS:
        raise Stop("too_costly")
    rounds = max(1, round(LEAST_SECONDS / once))
    return Source(_pieces(image, lengths, rounds), rate=30, seconds=once * rounds)


def _pieces(image: Image.Image, lengths: list[float], rounds: int) -> Iterator[Piece]:
    when = 0.0
    for _ in range(rounds):
        for number, length in enumerate(lengths):
            image.seek(number)
            frame = av.VideoFrame.from_image(_on_white(image))  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = 0, Fraction(1, 1000)
            yield "picture", when, frame
            when += length


def _on_white(picture: Image.Image) -> Image.Image:
    rgba = picture.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")


def _differs(one: Image.Image, other: Image.Image) -> bool:
    """Whether somebody would see it: what a camera or an encoder trembles is no movement."""
    grey = ImageChops.difference(one, other).convert("L")
    return any(grey.histogram()[_SEEN + 1 :])


def _length_of(picture: Image.Image) -> float:
    said = picture.info.get("duration") or _USUAL_MS
    return max(_LEAST_MS, min(float(said), 60_000)) / 1000
