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

# The tallest and the deepest letters of Vietnamese, and those of Jrai and Bahnar. Which of the
# capitals is the tallest differs from face to face.
_TALLEST, _DEEPEST = "ẤẦẨẪẮẰẲẴÉẺẾỀỂỄÍỈỐỒỔỖỚỜỞỠỨỪỬỮỲỶỸẶỆỘ", "Ộgjyự"
_TALLEST_WITH_BREVE = "Â̆Ê̆Ô̆Ơ̆Ư̆"
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

    def __init__(self, style: "_Style", size: int, *, tight: bool = False) -> None:
        self.path = style.path
        self.size = size
        self.pixel = style.pixel
        self._tight = tight or style.pixel
        self.cap = round(style.cap * size)
        self.above = style.px(style.above, size)
        self.below = style.px(style.below, size)
        self.line = self._line_height(self.above, LINE_HEIGHT_EM)
        self._style = style

    def above_of(self, text: str) -> int:
        """Return how far the letters of `text` may reach above the baseline."""
        if _BREVE not in text:
            return self.above
        return self._style.px(self._style.breve_above, self.size)

    def line_of(self, text: str) -> int:
        """Return the distance of two baselines for `text`: stacked breves need more."""
        if _BREVE not in text:
            return self.line
        return self._line_height(self.above_of(text), BREVE_LINE_HEIGHT_EM)

    def length(self, text: str) -> int:
        """Return the width of `text` on one line."""
        return math.ceil(self._style.em(text) * self.size)

    def reach(self, text: str) -> tuple[int, int]:
        """Return the top and bottom of the ink of `text`, in px below the baseline."""
        top, bottom = self._style.reach(text)
        return round(top * self.size), round(bottom * self.size)

    def draw(self, on: ImageDraw.ImageDraw, x: int, baseline: int, text: str) -> None:
        """Draw `text` in full ink with its left end at `x`."""
        on.text((x, baseline), text, fill=255, font=self._style.font(self.size), anchor="ls")

    def _line_height(self, above: int, least_em: float) -> int:
        ink = above + self.below
        # A pixel face has its leading in the cell; one free row keeps two lines apart.
        return ink + 1 if self._tight else max(ink + 1, math.ceil(self.size * least_em))


class _Style:
    """A face at all sizes. Outlines scale, so one measure serves them all; lengths are in em."""

    def __init__(self, path: Path, reference_px: int, axes: tuple[int, int] | None) -> None:
        self.path = path
        self.pixel = axes is None
        self._axes = axes
        reference = self.font(reference_px)
        self._reference = reference
        self.cap = -_ink(reference, "H")[0] / reference_px
        self.above = -_ink(reference, _TALLEST)[0] / reference_px
        self.below = _ink(reference, _DEEPEST)[1] / reference_px
        with_breve = -_ink(reference, _TALLEST_WITH_BREVE)[0] / reference_px
        self.breve_above = max(self.above, with_breve)
        # Texts share most of their syllables; the bound only stops a process that lives for months.
        self.em = lru_cache(maxsize=20_000)(self._measure)
        self.reach = lru_cache(maxsize=2_000)(self._measure_reach)

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        return _font(self.path, size, self._axes)

    def px(self, em: float, size: int) -> int:
        """Return a reach of ink at `size`; an outline's hinting may add up to a pixel."""
        return round(em * size) if self.pixel else math.ceil(em * size + 1)

    def _measure(self, text: str) -> float:
        return self._reference.getlength(text) / self._reference.size

    def _measure_reach(self, text: str) -> tuple[float, float]:
        top, bottom = _ink(self._reference, text)
        return top / self._reference.size, bottom / self._reference.size


def _ink(font: ImageFont.FreeTypeFont, text: str) -> tuple[int, int]:
    """Return the top and bottom of the ink of `text`, in px below the baseline."""
    _, top, _, bottom = font.getbbox(text, anchor="ls")
    return math.floor(top), math.ceil(bottom)


@lru_cache(maxsize=1024)
def outline_face(size: int, weight: int = REGULAR, width: int = 100) -> Face:
    """Return Noto Sans at `size` px; `weight` 100 to 900, `width` 62 to 100 percent."""
    return Face(_style(NOTO_SANS, _REFERENCE_PX, (weight, width)), size)


@lru_cache(maxsize=64)
def pixel_face(size: int, weight: int = REGULAR) -> Face:
    """Return the pixel face of `size` px, or Noto Sans where none has been generated."""
    path = face_path(size, weight >= SEMIBOLD)
    if path is None:
        style = _style(NOTO_SANS, _REFERENCE_PX, (max(weight, SEMIBOLD), 100))
        return Face(style, size, tight=True)  # lines as near as those it stands in for
    return Face(_style(path, size, None), size)


@lru_cache(maxsize=64)
def _style(path: Path, reference_px: int, axes: tuple[int, int] | None) -> _Style:
    return _Style(path, reference_px, axes)


@lru_cache(maxsize=256)
def _font(path: Path, size: int, axes: tuple[int, int] | None) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    if axes:
        font.set_variation_by_axes(list(axes))
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
