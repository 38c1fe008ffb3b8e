"""Test pictures for whoever hangs a wall: its wiring and colours, all white, shades, a grid."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Final

from PIL import Image, ImageDraw

from players.outputs.led.wiring import Panel
from players.showing.plain import face_of

WORDS: Final = (("R", (255, 0, 0)), ("G", (0, 255, 0)), ("B", (0, 0, 255)))
GROUNDS: Final = ((0, 0, 0), (44, 44, 44))
CABLE: Final = (110, 80, 0)
FIRST: Final = (0, 200, 0)
EDGE: Final = (150, 150, 150)
WHITE: Final = (255, 255, 255)
CELL: Final = 16
Cables = Sequence[Sequence[Panel]]
"""The panels of each receiver in the order of its cable."""


def pattern(name: str, cables: Cables, width: int, height: int) -> bytes:
    """The test picture `name` (one of PATTERNS) as a PNG."""
    picture = Image.new("RGB", (width, height))
    PATTERNS[name](picture, cables)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _wiring(picture: Image.Image, cables: Cables) -> None:
    """Each panel with its number along the cable, its upper edge, and the colours by their letters.

    What is seen on the wall is true whatever the settings say: the panel that shows 3 is the third
    on the cable; letters that are not upright or in another colour tell what to change.
    """
    draw = ImageDraw.Draw(picture)
    panels = [panel for cable in cables for panel in cable]
    for panel in panels:
        box = (panel.x, panel.y, panel.x + panel.width - 1, panel.y + panel.height - 1)
        edge = FIRST if panel.number == 1 else EDGE
        ground = GROUNDS[(panel.x // panel.width + panel.y // panel.height) % 2]
        draw.rectangle(box, fill=ground, outline=edge)
    for cable in cables:
        draw.line([_middle(panel) for panel in cable], fill=CABLE, width=2 if cable[1:] else 0)
    for panel in panels:
        _label(draw, panel)


def _label(draw: ImageDraw.ImageDraw, panel: Panel) -> None:
    left, right, top = panel.x, panel.x + panel.width, panel.y
    with_words = panel.height >= 24 and panel.width >= 24
    room = panel.height * (0.62 if with_words else 0.9)
    number = str(panel.number)
    size = int(min(room * 0.95, panel.width * 1.3 / len(number)))
    face = face_of(max(7, size), bold=True)
    middle = ((left + right) / 2, top + room / 2 + 1)
    draw.text(middle, number, WHITE, face, anchor="mm", stroke_width=1, stroke_fill=(0, 0, 0))
    tip, corner, upper = max(2, panel.height // 12), left + 2, top + 2
    arrow = [(corner, upper + tip), (corner + tip, upper), (corner + 2 * tip, upper + tip)]
    draw.polygon(arrow, fill=WHITE)
    if not with_words:
        return
    small = face_of(max(8, int(panel.height * 0.28)), bold=True)
    for place, (word, colour) in enumerate(WORDS):
        x = left + panel.width * (place + 0.5) / 3
        draw.text((x, top + panel.height - 2), word, colour, small, anchor="ms")


def _middle(panel: Panel) -> tuple[float, float]:
    return panel.x + panel.width / 2, panel.y + panel.height / 2


def _white(picture: Image.Image, cables: Cables) -> None:  # noqa: ARG001 - one signature
    """All white: for the white balance, the power supply and dead pixels."""
    picture.paste(WHITE, (0, 0, *picture.size))


def _gradient(picture: Image.Image, cables: Cables) -> None:  # noqa: ARG001
    """Grey, red, green and blue from dark to light: steps and colour casts show."""
    shades = Image.new("L", (picture.width, 1))
    shades.putdata([255 * x // max(1, picture.width - 1) for x in range(picture.width)])
    dark = Image.new("L", shades.size)
    bands = [
        (shades, shades, shades),
        (shades, dark, dark),
        (dark, shades, dark),
        (dark, dark, shades),
    ]
    for number, channels in enumerate(bands):
        top, bottom = (picture.height * (number + at) // len(bands) for at in (0, 1))
        band = Image.merge("RGB", channels).resize((picture.width, max(1, bottom - top)))
        picture.paste(band, (0, top))


def _grid(picture: Image.Image, cables: Cables) -> None:  # noqa: ARG001
    """A line every 16 pixels and a frame: no pixel is lost, doubled or scaled."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for x in range(0, width, CELL):
        draw.line([(x, 0), (x, height)], fill=(0, 90, 90))
    for y in range(0, height, CELL):
        draw.line([(0, y), (width, y)], fill=(0, 90, 90))
    draw.rectangle((0, 0, width - 1, height - 1), outline=WHITE)
    draw.line([(0, 0), (width - 1, height - 1)], fill=(120, 120, 0))
    draw.line([(0, height - 1), (width - 1, 0)], fill=(120, 120, 0))


PATTERNS: Final[dict[str, Callable[[Image.Image, Cables], None]]] = {
    "wiring": _wiring,
    "white": _white,
    "gradient": _gradient,
    "grid": _grid,
}
"""What `signage-player show --pattern` can show."""
