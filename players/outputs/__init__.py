"""The surfaces a player can show on. A new one is one file and one line in OUTPUTS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from players.contract.playlist import Ticker

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


class Film(Protocol):
    """A film that is decoded ahead; asking takes no time and never fails."""

    def frame_at(self, moment: int) -> Frame | None:
        """The picture due at `moment` (player time), the same object while it is.

        The one before it where decoding is late or has failed; None before there is any: then the
        picture of the scene stands. Main thread only.
        """


@dataclass(frozen=True)
class Scene:
    """All that is on the glass at once: a picture, and maybe a strip that runs along the bottom.

    Of a film the picture is its poster, and `film` gives what is due, in the place of the picture.
    """

    source: str
    reason: str
    item: str
    picture: Picture
    strip: Picture | None = None
    ticker: Ticker | None = None
    film: Film | None = None

    def moves(self) -> bool:
        return self.film is not None or (self.strip is not None and self.ticker is not None)


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
    from players.outputs.window import (
        Window,
    )  # pygame is an extra: only a player with a screen has it

    return Window(settings.output, settings.width, settings.height, title=settings.display)


class Kind(NamedTuple):
    """A line of OUTPUTS: a description for people, and how to open the output."""

    description: str
    open: Callable[[Settings], Output]


OUTPUTS: dict[str, Kind] = {
    "png_folder": Kind("writes each picture into a folder; needs no screen", _png_folder),
    "window": Kind("shows a borderless window at exact pixels of a screen", _window),
}
"""What `output.kind` may say."""
