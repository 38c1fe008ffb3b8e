"""Draws what the source fonts lack: Ƀ, and letters that carry a breve of their own."""

from signage.render.pixel_faces.alphabet import BREVE, BREVE_PAIRS, bare_letter
from signage.render.pixel_faces.pcf import Glyph, Ink

_CROSSBAR_HEIGHT = 0.75  # of the capital's height: the middle of the upper bowl
_THICK_CAPITAL = 14  # capitals this tall have strokes of two pixels


def with_capital_b_bar(glyphs: dict[int, Glyph]) -> dict[int, Glyph]:
    """Add Ƀ, drawn from B with a bar across its stem, where the font has none."""
    if ord("Ƀ") in glyphs:
        return glyphs
    return glyphs | {ord("Ƀ"): _barred(glyphs[ord("B")])}


def _barred(capital: Glyph) -> Glyph:
    top = max(y for _, y in capital.ink)
    row = round(top * _CROSSBAR_HEIGHT)
    stem_left = min(x for x, y in capital.ink if y == row)
    stem_right = stem_left
    while (stem_right + 1, row) in capital.ink:
        stem_right += 1
    rows = (row, row - 1) if top >= _THICK_CAPITAL else (row,)
    bar = {(x, y) for x in range(stem_left - 1, stem_right + 2) for y in rows}
    # A stem at the very edge of its cell needs a wider cell, or the bar touches the letter before.
    shift = max(0, 1 - stem_left)
    ink = frozenset((x + shift, y) for x, y in capital.ink | bar)
    return Glyph(capital.advance + shift, ink)


def breve_pairs(glyphs: dict[int, Glyph]) -> dict[str, Glyph]:
    """For each letter that takes a combining breve, the glyph of both together."""
    breve = glyphs[ord(BREVE)].ink
    return {
        letter: _under_breve(glyphs[ord(letter)], breve, glyphs[ord(bare_letter(letter))].ink)
        for letter in BREVE_PAIRS
        if ord(letter) in glyphs
    }


def _under_breve(letter: Glyph, breve: Ink, body: Ink) -> Glyph:
    """Put the breve over the middle of the body, one pixel above the ink that is under it."""
    shift = (_doubled_middle(body) - _doubled_middle(breve)) // 2
    columns = {x + shift for x, _ in breve}
    # One column more on each side, so that the breve does not touch a horn or a hat beside it.
    near = range(min(columns) - 1, max(columns) + 2)
    highest = max(y for x, y in letter.ink if x in near)
    lift = highest + 2 - min(y for _, y in breve)
    placed = {(x + shift, y + lift) for x, y in breve}
    return Glyph(letter.advance, letter.ink | placed)


def _doubled_middle(ink: Ink) -> int:
    columns = [x for x, _ in ink]
    return min(columns) + max(columns)


def as_overlay(mark: Glyph) -> Glyph:
    """A combining mark that stands over the letter before it instead of in a cell of its own."""
    return Glyph(0, frozenset((x - mark.advance, y) for x, y in mark.ink))
