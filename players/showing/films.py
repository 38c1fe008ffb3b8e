"""Decodes the pictures of films ahead of time, each film in a thread of its own, with av."""

from __future__ import annotations

import importlib.util
import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from players.contract.limits import SECOND
from players.contract.playlist import VideoItem
from players.outputs import Frame
from players.outputs.fitting import fitted
from players.outputs.soundtrack import pieces

if TYPE_CHECKING:
    from av.container import InputContainer

MAX_FILM_PIXELS: Final = 4096 * 2304
AHEAD_BYTES: Final = 40_000_000
"""Ready pictures that may wait for their turn; a few of the largest, some more of small ones."""
MOST_AHEAD: Final = 12
LEAST_AHEAD: Final = 3
LATE: Final = 100
"""Ms; a picture that is decoded later than this after its turn is left out."""
FAR: Final = 1500
"""Ms; further than this from its turn, decoding begins anew at the right place."""
SLOW: Final = 2
"""An output that shows no more pictures a second gets only those that stand for themselves."""
TRY_AGAIN_SECONDS: Final = 30.0
ACCURATE: Final = 0x2 | 0x40000
"""SWS_BILINEAR and SWS_ACCURATE_RND of libswscale."""


def can_decode() -> bool:
    """Say whether this player shows films; without the extra `video` it shows their posters."""
    return importlib.util.find_spec("av") is not None


class Due(NamedTuple):
    """A picture that is ready, and from when on (player time, ms) it is to be seen."""

    moment: float
    frame: Frame


class Reel:
    """One film from `since` (player time, ms) on, decoded as far ahead as memory allows.

    `file` gives the film, or None when it is not there; `area` is what it has to fill; `now` is
    player time in ms; `rate` how many pictures a second the output shows. Until it `comes_on`, it
    waits with its first pictures ready.
    """

    def __init__(
        self,
        item: VideoItem,
        since: int,
        file: Callable[[], Path | None],
        *,
        area: tuple[int, int],
        now: Callable[[], float],
        rate: int,
        comes_on: int = 0,
    ) -> None:
        self._item, self._since, self._file, self._area = item, since, file, area
        self._comes_on = max(comes_on, since)
        self._now, self._slow = now, rate <= SLOW
        self._late = SECOND if self._slow else LATE
        self._changed = threading.Condition()
        self._ready: deque[Due] = deque()
        self._current: Frame | None = None
        self._aim: float | None = None
        self._closed = False
        self.trouble = ""
        """Why there is no film to see, in English; "" while all is well."""
        self.shown = self.dropped = 0
        """Pictures that were given to the output, and those that came too late for it."""
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)
        self._thread.start()

    def frame_at(self, moment: int) -> Frame | None:
        """The picture due at `moment`; the first one also before its time (see `outputs.Film`)."""
        with self._changed:
            passed = 0
            while self._ready and (self._ready[0].moment <= moment or self._current is None):
                self._current = self._ready.popleft().frame
                passed += 1
            if self._ready and self._ready[0].moment > moment + FAR:
                self._aim = moment  # the clock was set back
            if passed or self._aim is not None:
                self._changed.notify()
            self.shown += bool(passed)
            self.dropped += max(0, passed - 1)
            return self._current

    def sound_from(self, moment: int) -> Iterator[tuple[float, bytes]]:
        path = self._file() if self._item.sound else None
        return pieces(path, self._item, self._since, moment) if path else iter(())

    def close(self) -> None:
        """Let the film go; its last picture can still be had."""
        with self._changed:
            self._closed = True
            self._ready.clear()
            self._changed.notify()

    def is_rolling(self) -> bool:
        """Say whether the first picture is ready."""
        return bool(self._ready) or self._current is not None

    def _run(self) -> None:
        while not self._closed:
            try:
                path = self._file()
                if path is None:
                    raise FileNotFoundError("is not there")
                self._project(path)
            except Exception as error:  # noqa: BLE001 - decoders raise anything
                self.trouble = f"can't be shown: {error}"
                with self._changed:
                    self._changed.wait_for(lambda: self._closed, TRY_AGAIN_SECONDS)

    def _project(self, path: Path) -> None:
        """Decode round after round until the film is closed."""
        import av  # an extra: a player without it never gets here

        with av.open(str(path), format="mp4") as container:
            stream = container.streams.video[0]
            if stream.width * stream.height > MAX_FILM_PIXELS:
                raise ValueError(f"{stream.width}x{stream.height} pixels are too many")
            stream.thread_type = "AUTO"
            if self._slow:
                stream.codec_context.skip_frame = "NONKEY"
            step = SECOND / float(stream.average_rate or 30)
            size = _shown_size((stream.width, stream.height), self._area)
            ahead = min(MOST_AHEAD, max(LEAST_AHEAD, AHEAD_BYTES // (size[0] * size[1] * 4)))
            moment = max(self._now(), self._comes_on)
            while not self._closed:
                start, end = self._item.round_at(math.floor(moment) - self._since)
                begun = self._since + start
                frames = frames_from(container, moment - begun, SECOND if self._slow else step)
                moment = self._roll(frames, begun, self._since + end, size, ahead)
                self.trouble = ""

    def _roll(
        self,
        frames: Iterator[tuple[float, Any]],
        begun: int,
        ends: int,
        size: tuple[int, int],
        ahead: int,
    ) -> float:
        """Make the pictures of a round ready; gives the moment at which to go on."""
        late, first = 0, True
        for place, picture in frames:
            due = begun + place
            if due >= ends:
                break
            behind = self._now() - due
            # The first one always: on a PC that is too slow the film is then a row of stills.
            if behind > FAR and not first:
                self.dropped += late
                return self._now()
            if behind > self._late and not first:
                late += 1
                continue
            self.dropped += late
            late, first = 0, False
            if self._put(Due(due, frame_of(picture, size)), ahead):
                return self._taken_aim()
        if first and not self._is_disturbed():
            raise ValueError("it holds no picture for this moment")
        # What a broken file lacks at its end, its last picture stands for.
        with self._changed:
            self._changed.wait_for(
                self._is_disturbed, max(0.0, (ends - FAR - self._now()) / SECOND)
            )
        return self._taken_aim() if self._aim is not None else ends

    def _put(self, due: Due, ahead: int) -> bool:
        """Hand a picture over, when there is room; True when decoding has to begin anew."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_disturbed() or len(self._ready) < ahead)
            if not self._is_disturbed():
                self._ready.append(due)
            return self._is_disturbed()

    def _is_disturbed(self) -> bool:
        return self._closed or self._aim is not None

    def _taken_aim(self) -> float:
        with self._changed:
            aim, self._aim = self._aim, None
            self._ready.clear()
        return max(self._now() if aim is None else aim, self._since)


def frames_from(
    container: InputContainer, place: float, step: float
) -> Iterator[tuple[float, Any]]:
    """Decoded pictures with their places (ms), the first being the one that is on at `place`."""
    stream = container.streams.video[0]
    base = float(stream.time_base or 1) * SECOND
    first = stream.start_time or 0
    container.seek(int(max(place, 0) / base) + first, stream=stream, backward=True)
    for frame in container.decode(stream):
        if frame.pts is not None:
            at = (frame.pts - first) * base
            if at + step > place:
                yield at, frame


def frame_of(picture: Any, size: tuple[int, int]) -> Frame:
    # FFmpeg's quick way leaves the last columns unwritten where a width is no multiple of eight;
    # the accurate one takes three times as long.
    way = ACCURATE if size[0] % 8 else "BILINEAR"
    done = picture.reformat(width=size[0], height=size[1], format="bgra", interpolation=way)
    plane = done.planes[0]
    return Frame(done.width, done.height, plane.line_size, plane)


def _shown_size(film: tuple[int, int], area: tuple[int, int]) -> tuple[int, int]:
    """The size in which the film fills `area`; a row that is missing is no reason to scale it."""
    if all(0 <= room - have <= 1 for have, room in zip(film, area, strict=True)):
        return film
    return fitted(film, area)[2:]
