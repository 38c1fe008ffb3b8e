"""Writes a film as every player decodes it: H.264 in MP4, in a box or in an exact size."""

import io
import time
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageStat

from players.contract.limits import MAX_BLOB_BYTES
from signage.domain.media import MAX_VIDEO_SECONDS
from signage.domain.video import MAX_FRAMES_PER_SECOND
from signage.ingest.child import Line, Stop
from signage.ingest.children import moving_pictures
from signage.ingest.children.film_frames import Fitting
from signage.ingest.children.film_size import film_of, length_of, opened
from signage.ingest.children.film_source import Source, decoded

FILM_NAME = "film.mp4"
_TELL_EVERY = 0.4
_POSTER_WITHIN = 3.0
_SHARE_THAT_MUST_BE_THERE = 0.9
_AUDIO_RATE = 48_000
_AUDIO_BITS = 128_000
_MOST_BITS = 10_000_000
_MAX_EARLY = 500
# The rates of cinema and of television are kept; all others become 30.
_KEPT_RATES = (24, 25)


def run(
    line: Line, *, form: str, width: int, height: int, exact: bool, fit: str, threads: int
) -> None:
    """Write film.mp4 into the folder of this process and tell about it, with its poster.

    Unless `exact`, `width` and `height` are a box that the film must not leave.
    """
    fitting = Fitting((width, height), exact=exact, fit=fit)
    if form == "pictures":
        source = moving_pictures.source()
        _write(line, source, fitting, threads)
        return
    with opened(form) as container:
        stream = film_of(container)
        stream.thread_count = threads
        stream.thread_type = "AUTO"
        length = length_of(container, stream)
        source = Source(
            pictures=decoded(container, stream),
            rate=float(stream.average_rate or MAX_FRAMES_PER_SECOND),
            seconds=length,
            audio=container.streams.audio[0] if container.streams.audio else None,
        )
        _write(line, source, fitting, threads)


class _Writer:
    """The MP4 being written: pictures at an even pace, and sound as it comes."""

    def __init__(self, source: Source, rate: int, threads: int) -> None:
        self.rate = rate
        self.count = 0
        self._threads = threads
        self._most_bits = _bits_that_fit(source.seconds)
        self._file = av.open(
            FILM_NAME,
            "w",
            format="mp4",
            options={"movflags": "+faststart", "fflags": "+bitexact"},
        )
        self._video: av.VideoStream | None = None
        self._audio: av.AudioStream | None = None
        self._resampler: av.AudioResampler | None = None
        self.has_sound = False
        self._early: list[av.AudioFrame] = []
        if source.audio is not None:
            self._audio = self._file.add_stream("aac", rate=_AUDIO_RATE, layout="stereo")
            self._audio.bit_rate = _AUDIO_BITS
            self._resampler = av.AudioResampler("fltp", "stereo", _AUDIO_RATE)

    def show(self, frame: av.VideoFrame) -> None:
        """Write one more picture."""
        if self._video is None:
            self._video = self._film(frame.width, frame.height)
            for piece in self._early:
                self.sound(piece)
        # The encoder copies what it is given, so a picture may be shown more than once.
        frame.pts, frame.time_base = self.count, Fraction(1, self.rate)
        frame.pict_type = av.video.frame.PictureType.NONE
        self._file.mux(self._video.encode(frame))
        self.count += 1

    def sound(self, frame: av.AudioFrame) -> None:
        """Write a piece of sound."""
        if self._resampler is None or self._audio is None:
            return
        if self._video is None:
            # The file begins with the first packet: by then both streams must be known.
            self._early = [*self._early[-_MAX_EARLY:], frame]
            return
        self.has_sound = True
        for piece in self._resampler.resample(frame):
            self._file.mux(self._audio.encode(piece))

    def close(self) -> None:
        """Finish the file."""
        for stream in (self._video, self._audio):
            if stream is not None:
                self._file.mux(stream.encode(None))
        self._file.close()

    def _film(self, width: int, height: int) -> av.VideoStream:
        stream = self._file.add_stream("libx264", rate=self.rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.thread_count = self._threads
        context.time_base = Fraction(1, self.rate)
        context.options = {
            "preset": "veryfast",
            "profile": "high",
            "crf": "21",
            "maxrate": str(self._most_bits),
            "bufsize": str(2 * self._most_bits),
            # One closed group a second, so that a player may begin at each of them.
            "g": str(self.rate),
            "keyint_min": str(self.rate),
            "sc_threshold": "0",
            "bf": "2",
            "flags": "+cgop+bitexact",
            "colorspace": "bt709",
            "color_primaries": "bt709",
            "color_trc": "bt709",
            "color_range": "tv",
        }
        return stream


def _write(line: Line, source: Source, fitting: Fitting, threads: int) -> None:
    rate = _rate_of(source.rate)
    writer = _Writer(source, rate, threads)
    told = _Pace(line, source.seconds)
    poster = first = last = None
    seen = 0.0
    for kind, when, frame in source.pictures:
        if kind == "sound":
            writer.sound(frame)
            continue
        if when > MAX_VIDEO_SECONDS:
            raise Stop("too_long")
        seen = max(seen, when)
        if last is not None:
            _fill(writer, last, until=when)
        last = fitting.fitted(frame)
        first = first or last
        if poster is None and when <= _POSTER_WITHIN and _shows_something(last):
            poster = last
        told(when)
    if last is None or first is None:
        raise Stop("no_film")
    if source.seconds > 1 and seen < source.seconds * _SHARE_THAT_MUST_BE_THERE - 1:
        raise Stop("truncated")
    _fill(writer, last, until=max(source.seconds, seen + 1 / rate))
    writer.close()
    words = {
        "width": last.width,
        "height": last.height,
        "seconds_ms": writer.count * 1000 // rate,
        "sound": writer.has_sound,
        "bytes": Path(FILM_NAME).stat().st_size,
    }
    line.tell(words, _jpeg(poster or first))


def _fill(writer: _Writer, frame: av.VideoFrame, *, until: float) -> None:
    """Show `frame` until the next one is due, at an even pace; perhaps not at all."""
    until = min(until, MAX_VIDEO_SECONDS)
    while writer.count / writer.rate < until - 0.5 / writer.rate:
        writer.show(frame)


def _bits_that_fit(seconds: float) -> int:
    """Return the bits a second with which the film stays below what players take as one blob."""
    room = MAX_BLOB_BYTES * 8 * 0.9 / (seconds or MAX_VIDEO_SECONDS)
    return min(_MOST_BITS, round(room) - _AUDIO_BITS)


def _rate_of(rate: float) -> int:
    near = [kept for kept in _KEPT_RATES if abs(rate - kept) < 0.1]
    return near[0] if near else MAX_FRAMES_PER_SECOND


class _Pace:
    """Tells the share that is done, now and then."""

    def __init__(self, line: Line, seconds: float) -> None:
        self._line, self._seconds, self._told_at = line, max(seconds, 0.1), 0.0

    def __call__(self, when: float) -> None:
        now = time.monotonic()
        if now - self._told_at > _TELL_EVERY:
            self._told_at = now
            self._line.tell({"share": min(1.0, when / self._seconds)})


def _shows_something(frame: av.VideoFrame) -> bool:
    """Whether this is more than the black that many films begin with."""
    grey = _image(frame.reformat(64, 36, "gray")).convert("L")
    return ImageStat.Stat(grey).stddev[0] > 6


def _jpeg(frame: av.VideoFrame) -> bytes:
    stream = io.BytesIO()
    _image(frame).save(stream, "JPEG", quality=90, subsampling=0)
    return stream.getvalue()


def _image(frame: av.VideoFrame) -> Image.Image:
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    return picture
