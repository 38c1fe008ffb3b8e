"""Mends letters that the source fonts draw badly: squeezed horns, acutes that look like hats."""

import unicodedata

from signage.render.pixel_faces.alphabet import bare_letter
from signage.render.pixel_faces.pcf import Glyph

_HORNED = "ơưƠƯ"
_ACUTE, _DOT_BELOW = "\u0301", "\u0323"


def with_open_horns(glyphs: dict[int, Glyph]) -> dict[int, Glyph]:
    """Draw ơ ư as they are under a dot, without it.

    10x20 squeezes the two into half their width, so that they look bolder than all around them;
    with a tone mark it gives them room.
    """
    mended = {}
    for letter in _HORNED:
        dotted = glyphs[_point(letter, _DOT_BELOW)]
        mended[ord(letter)] = Glyph(dotted.advance, _above_baseline(dotted))
    return glyphs | mended


def with_acutes_apart(glyphs: dict[int, Glyph]) -> dict[int, Glyph]:
    """Give ớ ứ the acute of ó ú, a pixel to the left of where that stands.

    In the 24 pixel faces it touches the horn, and both together read as the hat of ô.
    """
    mended = {}
    for letter in _HORNED:
        bare = bare_letter(letter)
        top = max(y for _, y in glyphs[ord(bare)].ink)
        accented = glyphs[_point(bare, _ACUTE)].ink
        acute = frozenset((x - 1, y) for x, y in accented if y > top)
        horned = glyphs[ord(letter)]
        mended[_point(letter, _ACUTE)] = Glyph(horned.advance, horned.ink | acute)
    return glyphs | mended


def _point(letter: str, mark: str) -> int:
    return ord(unicodedata.normalize("NFC", letter + mark))


def _above_baseline(glyph: Glyph) -> frozenset[tuple[int, int]]:
    return frozenset((x, y) for x, y in glyph.ink if y >= 0)
