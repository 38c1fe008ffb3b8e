"""Scenes of feast days: the ground, the ink and the motifs that a greeting stands in."""

import unicodedata
from collections.abc import Callable

import msgspec
from PIL import Image

from signage.render.colours import Colour
from signage.render.motifs import (
    BLOSSOM,
    STAR,
    SUNFLOWER,
    blossom,
    branch,
    disc,
    drum,
    star_lantern,
    stitched,
    wild_sunflower,
)
from signage.render.sheet import Sheet

_GOLD: Colour = (255, 214, 92)
_RED: Colour = (128, 16, 24)

# Where the motifs of a corner stand: x to the right, y up from the corner, and the size, all as
# shares of the corner's side.
_SPRAY = (
    (0.44, 0.20, 0.24), (0.72, 0.10, 0.17), (0.30, 0.52, 0.20), (0.22, 0.80, 0.14),
    (0.12, 0.26, 0.18), (0.58, 0.26, 0.13), (0.38, 0.36, 0.13),
)  # fmt: skip
_BUDS = ((0.86, 0.08), (0.15, 0.93), (0.80, 0.17), (0.33, 0.68))
_TWIGS = (
    ((-0.05, 0.28), (0.2, 0.22), (0.44, 0.19), (0.72, 0.09), (0.88, 0.07)),
    ((0.2, 0.22), (0.29, 0.5), (0.21, 0.8), (0.14, 0.94)),
    ((0.44, 0.19), (0.6, 0.25), (0.81, 0.18)),
    ((0.29, 0.5), (0.34, 0.69)),
)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What a greeting looks like; `words` in the greeting call for it.

    `garland` is the small motif of boards at a whole scale; `corner` draws into a square of a
    screen, whose side is `reach` of the height.
    """

    words: tuple[str, ...]
    paper: Colour
    ink: Colour
    quiet: Colour
    motif: Colour
    garland: Callable[[int], Image.Image]
    corner: Callable[[Sheet, "Corner"], None]
    star_above: bool = False
    reach: float = 0.45


class Corner(msgspec.Struct, frozen=True):
    """A square of `side` px at the foot on the left, or, turned half round, at the head right."""

    left: int
    top: int
    side: int
    turned: bool
    paper: Colour

    def place(self, x: float, y: float, size: int) -> tuple[int, int]:
        """Return the top left of a motif of `size` px whose middle lies at `x`, `y` (0 to 1)."""
        across, down = (1 - x, y) if self.turned else (x, 1 - y)
        return (
            self.left + round(across * self.side) - size // 2,
            self.top + round(down * self.side) - size // 2,
        )


def scene_for(text: str) -> Scene:
    """Return the scene that the words of a greeting call for; without any, Pleiku's own flower."""
    plain = unicodedata.normalize("NFC", text).casefold()
    for scene in SCENES:
        if any(word in plain for word in scene.words):
            return scene
    return SCENES[-1]


def _spring(sheet: Sheet, corner: Corner) -> None:
    """Draw a branch of apricot blossom, as it stands in the houses of the south at Tết."""
    mask = branch(corner.side, tuple(tuple((x, 1 - y) for x, y in line) for line in _TWIGS), 0.022)
    mask = mask.transpose(Image.Transpose.ROTATE_180) if corner.turned else mask
    sheet.stamp(mask, corner.left, corner.top, ink=(74, 34, 22), paper=corner.paper)
    _sprinkle(sheet, corner, blossom, (255, 205, 64), (196, 84, 20), scale=1.0)
    for x, y in _BUDS:
        size = max(3, round(corner.side * 0.05))
        sheet.stamp(disc(size), *corner.place(x, y, size), ink=(150, 170, 60), paper=corner.paper)


def _hills(sheet: Sheet, corner: Corner) -> None:
    mask = branch(corner.side, tuple(tuple((x, 1 - y) for x, y in line) for line in _TWIGS), 0.016)
    mask = mask.transpose(Image.Transpose.ROTATE_180) if corner.turned else mask
    sheet.stamp(mask, corner.left, corner.top, ink=(54, 118, 70), paper=corner.paper)
    _sprinkle(sheet, corner, wild_sunflower, (255, 200, 40), (150, 84, 16), scale=1.25)


def _sprinkle(
    sheet: Sheet,
    corner: Corner,
    flower: Callable[[int, int], tuple[Image.Image, Image.Image]],
    petal: Colour,
    heart: Colour,
    *,
    scale: float,
) -> None:
    for number, (x, y, share) in enumerate(_SPRAY):
        size = max(7, round(corner.side * share * scale))
        petals, middle = flower(size, number * 23 % 72)
        at = corner.place(x, y, size)
        sheet.stamp(petals, *at, ink=petal, paper=corner.paper)
        sheet.stamp(middle, *at, ink=heart, paper=petal)


def _drum(sheet: Sheet, corner: Corner) -> None:
    size = corner.side * 2
    left = corner.left if corner.turned else corner.left - corner.side
    top = corner.top - corner.side if corner.turned else corner.top
    sheet.stamp(drum(size), left, top, ink=(176, 62, 40), paper=corner.paper)


def _autumn(sheet: Sheet, corner: Corner) -> None:
    if corner.turned:
        size = round(corner.side * 0.62)
        moon = disc(size)
        sheet.stamp(moon, *corner.place(0.42, 0.42, size), ink=(255, 240, 196), paper=corner.paper)
        return
    for x, y, share in ((0.32, 0.36, 0.5), (0.74, 0.24, 0.36), (0.18, 0.8, 0.26)):
        size = round(corner.side * share)
        frame, inner = star_lantern(size)
        at = corner.place(x, y, size)
        sheet.stamp(frame, *at, ink=_GOLD, paper=corner.paper)
        sheet.stamp(inner, *at, ink=(236, 92, 72), paper=corner.paper)


SCENES = (
    Scene(
        words=("trung thu", "rằm tháng tám"),
        paper=(20, 32, 84), ink=(255, 236, 176), quiet=(190, 204, 240), motif=_GOLD,
        garland=lambda scale: stitched(STAR, scale), corner=_autumn,
    ),
    Scene(
        words=("năm mới", "tết", "xuân", "giao thừa"),
        paper=_RED, ink=_GOLD, quiet=(240, 214, 206), motif=(255, 205, 64),
        garland=lambda scale: stitched(BLOSSOM, scale), corner=_spring,
    ),
    Scene(
        words=("quốc khánh", "độc lập", "giải phóng", "2/9", "30/4", "1/5", "3/2", "19/5", "19/8",
               "17/3", "hùng vương", "đảng", "cách mạng"),
        paper=_RED, ink=_GOLD, quiet=(240, 214, 206), motif=(255, 221, 64),
        garland=lambda scale: stitched(STAR, scale), corner=_drum, star_above=True, reach=0.36,
    ),
    Scene(
        words=(),
        paper=(12, 58, 48), ink=(255, 236, 176), quiet=(186, 220, 208), motif=(255, 200, 40),
        garland=lambda scale: stitched(SUNFLOWER, scale), corner=_hills,
    ),
)  # fmt: skip
"""The first whose word stands in the greeting holds; the last is for all others."""
