"""Writes films for a background job: the normalised one, and one for each size of display."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from players.contract.limits import MAX_BLOB_BYTES
from signage.domain.fit import AUTO
from signage.domain.video import MASTER_SIZE
from signage.ingest.guard import JOB_NICENESS, Broken, Told, Unfit, ask
from signage.ingest.limits import Limits
from signage.ingest.opening import opened
from signage.ingest.refusals import speaking_of
from signage.ingest.rooms import room

FILM_NAME = "film.mp4"
THREADS = max(1, (os.cpu_count() or 2) - 1)
# Measured on one core of a busy server of 2024, with movement in the whole picture.
_DECODED_PIXELS_PER_SECOND = 250_000_000
_ENCODED_PIXELS_PER_SECOND = 75_000_000


class WrittenFilm(msgspec.Struct, frozen=True, kw_only=True):
    """One film at `path`, with its poster (JPEG of the same size): px, milliseconds, bytes."""

    path: Path
    poster: bytes
    width: int
    height: int
    seconds_ms: int
    sound: bool
    bytes: int


class Still(Exception):
    """Nothing moves in this animation: it is a picture."""


@contextmanager
def written_film(
    source: Path,
    *,
    form: str,
    seconds: float,
    size: tuple[int, int] | None = None,
    fit: str = AUTO,
    tell: Callable[[float], None],
) -> Iterator[WrittenFilm]:
    """Write the film at `source` in exactly `size` px, or in the box of all normalised films.

    The file is gone when the context ends. `tell` is told the share that is done, 0 to 1. Raises
    Refused, or Still.
    """
    width, height = size or MASTER_SIZE
    with (
        room() as folder,
        opened(source) as fd,
        speaking_of("video"),
    ):
        answers = ask(
            "film",
            fd,
            limits=_limits(seconds),
            folder=folder,
            niceness=JOB_NICENESS,
            form=form,
            width=width,
            height=height,
            exact=size is not None,
            fit=fit,
            threads=THREADS,
        )
        told = _last(answers, tell)
        yield WrittenFilm(path=folder / FILM_NAME, poster=told.data, **told.words)


def estimate_ms(frames: int, source: tuple[int, int], size: tuple[int, int]) -> int:
    """Return how many milliseconds writing a film should take, sizes in px."""
    taken = source[0] * source[1] / _DECODED_PIXELS_PER_SECOND
    given = size[0] * size[1] / _ENCODED_PIXELS_PER_SECOND
    return 1000 + round(frames * (taken + given) * 1000 / THREADS)


def _last(answers: Iterator[Told], tell: Callable[[float], None]) -> Told:
    """Return what the child says at the end, having passed its progress on."""
    try:
        for told in answers:
            if "share" not in told.words:
                return told
            tell(told.words["share"])
    except Unfit as unfit:
        if unfit.name == "still":
            raise Still from None
        raise
    raise Broken("the encoder did not say what it wrote")


def _limits(seconds: float) -> Limits:
    cpu = 120 + round(30 * seconds)
    return Limits(
        memory=3 << 30,
        cpu_seconds=cpu,
        wall_seconds=4 * cpu,
        silence_seconds=120,
        file_bytes=MAX_BLOB_BYTES,
        answer_bytes=100_000_000,
    )
