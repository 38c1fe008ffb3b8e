"""Opens a video: how large and how long it is, and that its first picture can be decoded."""

import sys
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from signage.domain.media import MAX_VIDEO_SECONDS
from signage.ingest.child import Line, Stop

MAX_LONG_SIDE, MAX_SHORT_SIDE = 4096, 2304
_USUAL_RATE = 30


def run(line: Line, *, form: str) -> None:
    """Tell sizes in px as it is shown, the length, and about how many pictures there are."""
    with opened(form) as container:
        stream = film_of(container)
        first = first_picture(container, stream)
        seconds = length_of(container, stream)
        rate = float(stream.average_rate or _USUAL_RATE)
        width, height = shown_size(first, stream)
        line.tell(
            {
                "width": width,
                "height": height,
                "seconds_ms": round(seconds * 1000),
                "frames": round(seconds * min(rate, 240)),
            }
        )


def opened(form: str) -> InputContainer:
    """Return the video on standard input, as nothing but a `form` ("mov" or "matroska").

    Left to guess, FFmpeg would also follow a playlist to other files.
    """
    try:
        return av.open(sys.stdin.buffer, "r", format=form)
    except av.FFmpegError:
        raise Stop("unreadable") from None


def film_of(container: InputContainer) -> VideoStream:
    """Return the moving pictures; stops when there are none, or too many, or for too long."""
    films = [s for s in container.streams.video if not _is_cover(s)]
    if not films or not films[0].codec_context.codec.name:
        raise Stop("no_film")
    stream = films[0]
    width, height = stream.codec_context.width, stream.codec_context.height
    if max(width, height) > MAX_LONG_SIDE or min(width, height) > MAX_SHORT_SIDE:
        raise Stop("film_too_large")
    if length_of(container, stream) > MAX_VIDEO_SECONDS:
        raise Stop("too_long")
    return stream


def first_picture(container: InputContainer, stream: VideoStream) -> VideoFrame:
    """Return the first picture that can be decoded; stops when there is none."""
    try:
        for frame in container.decode(stream):
            return frame
    except av.FFmpegError:
        raise Stop("unreadable") from None
    raise Stop("no_film")


def length_of(container: InputContainer, stream: VideoStream) -> float:
    """Return the length in seconds, 0 when the file does not say."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / av.time_base


def shown_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Return width and height in px as people see it: turned, and with square pixels."""
    width, height = frame.width, frame.height
    aspect = stream.codec_context.sample_aspect_ratio
    if aspect and 0.2 < aspect < 5:
        width = round(width * aspect)
    return (height, width) if frame.rotation % 180 else (width, height)


def _is_cover(stream: Any) -> bool:
    """Whether this is the cover of a song, which counts as a film of one picture."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)
