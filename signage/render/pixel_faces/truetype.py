"""Builds a TrueType face from bitmap glyphs, so that Pillow and Raqm can set text with it."""

import unicodedata
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables.ttProgram import Program

from signage.render.pixel_faces.additions import as_overlay, breve_pairs, with_capital_b_bar
from signage.render.pixel_faces.alphabet import BREVE
from signage.render.pixel_faces.outlines import contours_of
from signage.render.pixel_faces.pcf import BitmapFont, Glyph

UNITS_PER_PIXEL = 64
_NOTDEF = ".notdef"
# "PUSHB 0, POP": does nothing, but a face with a program is left alone by FreeType's automatic
# hinter, which would otherwise move the edges of two thirds of all glyphs off the pixel grid.
_DO_NOTHING = b"\xb0\x00\x21"


def write_face(font: BitmapFont, path: Path, *, size: int, bold: bool, notice: str) -> None:
    """Write `font` as a TrueType face whose em is `size` pixels. `notice` is its licence."""
    glyphs = _complete(font.glyphs)
    pairs = breve_pairs(glyphs)
    named = {_name(point): glyph for point, glyph in glyphs.items()}
    named |= {_pair_name(letter): glyph for letter, glyph in pairs.items()}
    named = {_NOTDEF: _empty_box(glyphs[ord("H")])} | named

    builder = FontBuilder(size * UNITS_PER_PIXEL, isTTF=True)
    # The same pixels give the same bytes: no time of making.
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(list(named))
    builder.setupCharacterMap({point: _name(point) for point in glyphs})
    builder.setupGlyf({name: _outline(glyph) for name, glyph in named.items()})
    builder.setupHorizontalMetrics({name: _metric(glyph) for name, glyph in named.items()})
    _describe(builder, font, glyphs, size=size, bold=bold, notice=notice)
    builder.addOpenTypeFeatures(_breve_feature(pairs))
    builder.save(path)


def _complete(glyphs: dict[int, Glyph]) -> dict[int, Glyph]:
    completed = with_capital_b_bar(glyphs)
    return {
        point: as_overlay(glyph) if unicodedata.category(chr(point)) == "Mn" else glyph
        for point, glyph in sorted(completed.items())
    }


def _outline(glyph: Glyph) -> object:
    pen = TTGlyphPen(None)
    for contour in contours_of(glyph.ink):
        first, *rest = [(x * UNITS_PER_PIXEL, y * UNITS_PER_PIXEL) for x, y in contour]
        pen.moveTo(first)
        for corner in rest:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _metric(glyph: Glyph) -> tuple[int, int]:
    left = min((x for x, _ in glyph.ink), default=0)
    return glyph.advance * UNITS_PER_PIXEL, left * UNITS_PER_PIXEL


def _describe(
    builder: FontBuilder,
    font: BitmapFont,
    glyphs: dict[int, Glyph],
    *,
    size: int,
    bold: bool,
    notice: str,
) -> None:
    ascent, descent = font.ascent * UNITS_PER_PIXEL, font.descent * UNITS_PER_PIXEL
    style = "Bold" if bold else "Regular"
    builder.setupHorizontalHeader(ascent=ascent, descent=-descent)
    builder.setupOS2(
        sTypoAscender=ascent,
        sTypoDescender=-descent,
        sTypoLineGap=0,
        usWinAscent=ascent + 3 * UNITS_PER_PIXEL,  # a breve over a hat stands above the cell
        usWinDescent=descent,
        usWeightClass=700 if bold else 400,
        fsSelection=0x20 if bold else 0x40,
        sxHeight=_height(glyphs[ord("x")]) * UNITS_PER_PIXEL,
        sCapHeight=_height(glyphs[ord("H")]) * UNITS_PER_PIXEL,
    )
    builder.setupNameTable(
        {
            "copyright": notice.splitlines()[0],
            "familyName": f"LED {size}",
            "styleName": style,
            "fullName": f"LED {size} {style}",
            "psName": f"LED{size}-{style}",
            "version": "Version 1.0",
            "licenseDescription": notice,
        }
    )
    builder.setupPost(isFixedPitch=1)
    builder.updateHead(macStyle=int(bold), created=0, modified=0)
    program = newTable("fpgm")
    program.program = Program()
    program.program.fromBytecode(_DO_NOTHING)
    builder.font["fpgm"] = program
    builder.font["maxp"].maxStackElements = 1


def _breve_feature(pairs: dict[str, Glyph]) -> str:
    rules = "\n".join(
        f"  sub {_name(ord(letter))} {_name(ord(BREVE))} by {_pair_name(letter)};"
        for letter in pairs
    )
    return (
        "languagesystem DFLT dflt;\nlanguagesystem latn dflt;\n"
        f"feature ccmp {{\n{rules}\n}} ccmp;\n"
    )


def _name(code_point: int) -> str:
    return f"uni{code_point:04X}"


def _pair_name(letter: str) -> str:
    return f"{_name(ord(letter))}_{_name(ord(BREVE))}"


def _height(glyph: Glyph) -> int:
    return max(y for _, y in glyph.ink) + 1


def _empty_box(like: Glyph) -> Glyph:
    right, top = max(x for x, _ in like.ink), max(y for _, y in like.ink)
    box = {(x, y) for x in range(right + 1) for y in range(top + 1)}
    inside = {(x, y) for x in range(1, right) for y in range(1, top)}
    return Glyph(like.advance, frozenset(box - inside))
