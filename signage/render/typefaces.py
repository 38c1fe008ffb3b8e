"""Faces: fonts at a size, with the room that Vietnamese letters take in them."""

import math
from functools import lru_cache
from pathlib import Path

import fontpkg_noto_sans
from PIL import ImageDraw, ImageFont, features

from signage.render.pixel_faces import PIXEL_SIZES, face_path

REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700

# Noto Sans sets U+0306 above â ê ô ơ ư; most faces do not, and fontsource's subsets lose it.
NOTO_SANS: Path = fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"

# The tallest and the deepest letters of Vietnamese, and those of Jrai and Bahnar.
_TALLEST, _DEEPEST = "ẪỂỖ", "Ộgjyự"
_TALLEST_WITH_BREVE = "Ê̆Ô̆Ơ̆"
_BREVE = "\u0306"

LINE_HEIGHT_EM = 1.45
BREVE_LINE_HEIGHT_EM = 1.6
_REFERENCE_PX = 500


class Unfit(RuntimeError):
    """This machine cannot set Vietnamese and Jrai text."""


def require_raqm() -> None:
    """Raise Unfit unless Pillow can lay out text with Raqm; called when a process starts.

    Without it the breve of ê̆ ô̆ ơ̆ ư̆ stands beside its letter, and nobody sees an error.
    """
    if not features.check("raqm"):
        raise Unfit(
            "Pillow on this machine lacks Raqm: text with combining marks would be wrong."
            " Install Pillow from its wheel, or the system package libraqm0."
        )


class Face:
    """One font at one size. All measures are in px; `above` and `below` from the baseline.

    `cap` is the height of H, `above` and `below` the reach of the tallest and deepest letters of
    Vietnamese, `line` the distance of two baselines.
    """

    def __init__(
        self, font: ImageFont.FreeTypeFont, path: Path, advances: "_Advances", *, pixel: bool
    ) -> None:
        self.path = path
        self.size = round(font.size)
        self.pixel = pixel
        self.cap = -_ink(font, "H")[0]
        self.above = -_ink(font, _TALLEST)[0]
        self.below = _ink(font, _DEEPEST)[1]
        self.line = self._line_height(self.above, LINE_HEIGHT_EM)
        self._font = font
        self._advances = advances
        self._breve_above: int | None = None

    def above_of(self, text: str) -> int:
        """Return how far the letters of `text` may reach above the baseline."""
        if _BREVE not in text:
            return self.above
        if self._breve_above is None:
            self._breve_above = max(self.above, -_ink(self._font, _TALLEST_WITH_BREVE)[0])
        return self._breve_above

    def line_of(self, text: str) -> int:
        """Return the distance of two baselines for `text`: stacked breves need more."""
        if _BREVE not in text:
            return self.line
        return self._line_height(self.above_of(text), BREVE_LINE_HEIGHT_EM)

    def length(self, text: str) -> int:
        """Return the width of `text` on one line."""
        return math.ceil(self._advances.em(text) * self.size)

    def draw(self, on: ImageDraw.ImageDraw, x: int, baseline: int, text: str) -> None:
        """Draw `text` in full ink with its left end at `x`."""
        on.text((x, baseline), text, fill=255, font=self._font, anchor="ls")

    def _line_height(self, above: int, least_em: float) -> int:
        ink = above + self.below
        # A pixel face has its leading in the cell; one free row keeps two lines apart.
        return ink + 1 if self.pixel else max(ink + 1, math.ceil(self.size * least_em))


class _Advances:
    """The widths of text in em for one style: outlines scale, so one measure serves all sizes."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self._font = font
        # Texts share most of their syllables; the bound only stops a process that lives for months.
        self.em = lru_cache(maxsize=20_000)(self._measure)

    def _measure(self, text: str) -> float:
        return self._font.getlength(text) / self._font.size


def _ink(font: ImageFont.FreeTypeFont, text: str) -> tuple[int, int]:
    """Return the top and bottom of the ink of `text`, in px below the baseline."""
    _, top, _, bottom = font.getbbox(text, anchor="ls")
    return math.floor(top), math.ceil(bottom)


@lru_cache(maxsize=1024)
def outline_face(size: int, weight: int = REGULAR, width: int = 100) -> Face:
    """Return Noto Sans at `size` px; `weight` 100 to 900, `width` 62 to 100 percent."""
    font = _noto(size, weight, width)
    return Face(font, NOTO_SANS, _noto_advances(weight, width), pixel=False)


@lru_cache(maxsize=64)
def pixel_face(size: int, weight: int = REGULAR) -> Face:
    """Return the pixel face of `size` px, or Noto Sans where none has been generated."""
    path = face_path(size, weight >= SEMIBOLD)
    if path is None:
        return outline_face(size, max(weight, SEMIBOLD))
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    return Face(font, path, _Advances(font), pixel=True)


@lru_cache(maxsize=32)
def _noto_advances(weight: int, width: int) -> _Advances:
    return _Advances(_noto(_REFERENCE_PX, weight, width))


def _noto(size: int, weight: int, width: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(NOTO_SANS, size, layout_engine=ImageFont.Layout.RAQM)
    font.set_variation_by_axes([weight, width])
    return font


__all__ = [
    "BOLD",
    "MEDIUM",
    "NOTO_SANS",
    "PIXEL_SIZES",
    "REGULAR",
    "SEMIBOLD",
    "Face",
    "Unfit",
    "outline_face",
    "pixel_face",
    "require_raqm",
]
