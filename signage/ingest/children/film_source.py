"""Decodes a film and its sound in the order in which they are shown."""

from collections.abc import Iterator
from typing import Any, Literal

import av
import msgspec
from av.container import InputContainer
from av.video.stream import VideoStream

from signage.ingest.child import Stop

MAX_BROKEN_PACKETS = 50

Piece = tuple[Literal["picture", "sound"], float, Any]
"""What it is, the second at which it begins, and the decoded frame."""


class Source(msgspec.Struct, frozen=True):
    """Decoded pieces with the rate and the length (0: unknown) that the file declares."""

    pictures: Iterator[Piece]
    rate: float
    seconds: float
    audio: Any = None


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[Piece]:
    """Yield the pieces from the start; stops when too much of the file is broken."""
    wanted = [stream, *container.streams.audio[:1]]
    start: float | None = None
    broken = 0
    packets = container.demux(*wanted)
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            frames = packet.decode()
        except av.FFmpegError:
            broken += 1
            if broken > MAX_BROKEN_PACKETS:
                raise Stop("unreadable") from None
            continue
        for frame in frames:
            if isinstance(frame, av.AudioFrame):
                yield "sound", 0.0, frame
            elif isinstance(frame, av.VideoFrame) and frame.time is not None:
                start = frame.time if start is None else start
                yield "picture", max(0.0, frame.time - start), frame
