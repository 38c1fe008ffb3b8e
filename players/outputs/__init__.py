"""The surfaces a player can show on. A new one is one file and one line in OUTPUTS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from players.contract.playlist import CUT, Ticker
from players.contract.types import Area
from players.contract.widgets import Almanac, Widget

if TYPE_CHECKING:
    from PIL.Image import Image

    from players.settings import Settings


@dataclass(frozen=True)
class Picture:
    """A picture that an output made ready: its name, its pixels, the encoded bytes and the output's
    own form.
    """

    sha256: str
    width: int
    height: int
    encoded: bytes
    native: object = None


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a film: rows of `pitch` bytes, four to a pixel: blue, green, red, nothing."""

    width: int
    height: int
    pitch: int
    pixels: Any
    """Holds the bytes; `memoryview` reads them without a copy."""

    def image(self) -> Image:
        """The picture as Pillow has it, in RGB."""
        from PIL import Image  # late: a window needs no Pillow to show a film

        size = self.width, self.height
        return Image.frombytes("RGB", size, self.pixels, "raw", ("BGRX", self.pitch, 1))


class Audible(Protocol):
    """Something that can be heard: the sound of a film, the signal of an alert."""

    def sound_from(self, moment: int) -> Iterator[tuple[float, bytes]]:
        """Pieces of sound (see `soundtrack`) from `moment` on, each with the moment it is due.

        Nothing when it has none or must not be heard. From any thread; takes time.
        """


class Film(Audible, Protocol):
    """A film that is decoded ahead; asking for pictures takes no time and never fails."""

    def frame_at(self, moment: int) -> Frame | None:
        """The picture due at `moment` (player time), the same object while it is.

        The one before it where decoding is late or has failed; None before there is any: then the
        picture of the scene stands. Main thread only.
        """


@dataclass(frozen=True)
class Figures:
    """A widget with the picture of its sheet, and what tells it the time."""

    widget: Widget
    sheet: Picture
    almanac: Almanac


@dataclass(frozen=True)
class Arrival:
    """How a picture comes on, and since when (player time) it is due."""

    how: str = CUT
    since: int = 0


@dataclass(frozen=True)
class Pane:
    """A picture (or a film) in an area of the glass, and the figures that stand on it."""

    picture: Picture
    area: Area
    figures: tuple[Figures, ...] = ()
    arrival: Arrival = Arrival()
    film: Film | None = None


@dataclass(frozen=True)
class Entrance:
    """A transition that runs: `before` leaves, within `area` of the glass, from `began` on."""

    before: Scene
    how: str
    area: Area
    began: int


@dataclass(frozen=True)
class Scene:
    """All that is on the glass at once: a picture, and maybe a strip that runs along the bottom.

    The picture fills `area`; without one, all that the strip leaves. Of a film the picture is its
    poster, and `film` gives what is due, in the place of the picture. `beside` are further zones,
    `sound` is what is heard, where the display allows any.
    An output that can't draw an `entrance` shows the scene as it is after it.
    """

    source: str
    reason: str
    item: str
    picture: Picture
    strip: Picture | None = None
    ticker: Ticker | None = None
    film: Film | None = None
    sound: Audible | None = None
    area: Area | None = None
    figures: tuple[Figures, ...] = ()
    beside: tuple[Pane, ...] = ()
    arrival: Arrival = Arrival()
    entrance: Entrance | None = None

    def moves(self) -> bool:
        """Say whether there is something else to show before the scene is over."""
        films = self.film or any(pane.film for pane in self.beside)
        return self.runs() or bool(films)

    def runs(self) -> bool:
        """Say whether each frame of the output differs from the one before; films have their own
        frames, and count themselves those that were left out.
        """
        strip = self.strip is not None and self.ticker is not None
        return strip or self.entrance is not None

    def is_plain(self) -> bool:
        """Say whether there is nothing but one picture over the whole glass."""
        return not (self.moves() or self.figures or self.beside or self.area)

    def tells_the_same(self, other: Scene | None) -> bool:
        """Say whether the same picture is on for the same reason; what is beside may differ."""
        return other is not None and (
            (self.source, self.reason, self.item, self.picture.sha256)
            == (other.source, other.reason, other.item, other.picture.sha256)
        )


@dataclass(frozen=True)
class OutputReport:
    """What an output did since it was opened; `fps` and `link_percent` are of the last seconds.

    `late` counts frames that came late or not at all, `errors` those the network did not take;
    `trouble` is the sentence of the newest error, empty once it is over.
    """

    frames: int
    packets: int = 0
    bytes: int = 0
    late: int = 0
    errors: int = 0
    fps: int = 0
    link_percent: int = 0
    trouble: str = ""


@runtime_checkable
class Reports(Protocol):
    """An output that can tell more of itself than how many frames it was given."""

    def report(self) -> OutputReport:
        """From the main thread."""


@runtime_checkable
class Dims(Protocol):
    """An output that can be made darker."""

    def dim(self, brightness: float) -> None:
        """From 0 (dark) to 1 (as bright as it goes); from the main thread."""


@runtime_checkable
class Outlives(Protocol):
    """An output whose last frame is kept up by a process of its own while there is no player."""

    def outlive(self) -> None:
        """Before the first picture. Raises `OSError` where that can't be."""


class Output(Protocol):
    """A surface of `width` x `height` pixels. All but `prepare` belong to the main thread.

    `rate` is how often a second a running strip is redrawn; `patience` how many seconds the output
    can be left alone before `breathe` is called.
    """

    kind: str
    width: int
    height: int
    rate: int
    patience: float

    def prepare(self, encoded: bytes) -> Picture:
        """Decode a picture; from any thread. Raises any exception on bytes that are no picture."""

    def show(self, scene: Scene, moment: int) -> None:
        """Put the scene on the glass as it is at `moment` (player time), then return."""

    def breathe(self) -> None:
        """Answer the system; draw again what it lost."""

    def grab(self) -> Callable[[], Image]:
        """Take what was really presented; the rest of the work is done when the result is called,
        anywhere.
        """

    def close(self) -> None:
        """Let go of the surface."""


def _png_folder(settings: Settings) -> Output:
    from players.outputs.png_folder import PngFolder

    return PngFolder(
        settings.output.folder, settings.width, settings.height, keep=settings.output.keep
    )


def _window(settings: Settings) -> Output:
    from players.outputs.window.surface import (
        Window,
    )  # pygame is an extra: only a player with a screen has it

    return Window(settings.output, settings.width, settings.height, title=settings.display)


def _led_wall(settings: Settings) -> Output:
    from players.outputs.led.wall import (
        LedWall,
    )  # numpy is an extra: only a player of a wall has it

    return LedWall(
        settings.output.receivers(),
        settings.width,
        settings.height,
        name=settings.display,
        state=Path(settings.state),
    )


class Kind(NamedTuple):
    """A line of OUTPUTS: a description for people, how to open the output, and the extra of this
    package that it needs.
    """

    description: str
    open: Callable[[Settings], Output]
    extra: str = ""


OUTPUTS: dict[str, Kind] = {
    "led_wall": Kind("sends to the receivers of an LED wall: DDP, sACN, Art-Net", _led_wall, "led"),
    "png_folder": Kind("writes each picture into a folder; needs no screen", _png_folder),
    "window": Kind("shows a borderless window at exact pixels of a screen", _window, "window"),
}
"""What `output.kind` may say."""
