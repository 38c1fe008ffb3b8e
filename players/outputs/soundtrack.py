"""Decodes the sound of a film as one unbroken stream, round after round; silence where it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from players.contract.playlist import VideoItem

RATE: Final = 48_000
SAMPLE_BYTES: Final = 4
"""Two channels of 16 bits, signed, in the byte order of the machine."""
SAMPLES_PER_MS: Final = RATE // 1000
BUFFER: Final = 1024
"""Samples that a sound card takes at a time; pieces are whole multiples, so that none has a gap."""
PIECE: Final = 48 * BUFFER
"""Samples; about a second."""


def pieces(path: Path, item: VideoItem, since: int, moment: int) -> Iterator[tuple[float, bytes]]:
    """Yield pieces of sound, each with the moment (player time, ms) at which it is due, for ever.

    `since` is when the film's item came on. What can't be decoded is silence.
    """
    size = PIECE * SAMPLE_BYTES
    waiting, due = bytearray(), float(moment)
    while True:
        start, end = item.round_at(moment - since)
        place = moment - since - start
        missing = (end - start - place) * SAMPLES_PER_MS * SAMPLE_BYTES
        for part in chain(_decoded(path, place), repeat(bytes(size))):
            waiting += part[:missing]
            missing -= min(missing, len(part))
            while len(waiting) >= size:
                yield due, bytes(waiting[:size])
                del waiting[:size]
                due += PIECE / SAMPLES_PER_MS
            if not missing:
                break
        moment = since + end


def _decoded(path: Path, place: int) -> Iterator[bytes]:
    """The sound of the file from `place` (ms) on, to its end or to what is broken."""
    import av  # an extra, as in films.py

    try:
        with av.open(str(path), format="mp4") as container:
            if not container.streams.audio:
                return
            stream = container.streams.audio[0]
            stamp = int(place / 1000 / float(stream.time_base or 1))
            container.seek(stamp, stream=stream, backward=True)
            resampler = av.AudioResampler("s16", "stereo", RATE)
            at: int | None = None
            for frame in container.decode(stream):
                for sound in resampler.resample(frame):
                    if at is None:
                        at = round((float(frame.time or 0) * 1000 - place) * SAMPLES_PER_MS)
                        yield bytes(max(0, at) * SAMPLE_BYTES)
                    data = bytes(sound.planes[0])[: sound.samples * SAMPLE_BYTES]
                    yield data[max(0, -at) * SAMPLE_BYTES :]
                    at += sound.samples
    except av.FFmpegError:
        return
