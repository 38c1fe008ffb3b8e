"""What the generator draws itself: the bar of Ƀ and the breve over a letter."""

from signage.render.pixel_faces.additions import as_overlay, breve_pairs, with_capital_b_bar
from signage.render.pixel_faces.alphabet import BREVE
from signage.render.pixel_faces.pcf import Glyph


def ink(*rows: str) -> frozenset[tuple[int, int]]:
    """Pixels from a drawing whose last row stands on the baseline."""
    return frozenset(
        (x, y) for y, row in enumerate(reversed(rows)) for x, sign in enumerate(row) if sign == "#"
    )


CAPITAL_B = ink("###.", "#..#", "#..#", "###.", "#..#", "#..#", "###.")
E = ink(".##.", "####", "#...", ".###")
E_WITH_HAT = E | {(1, 6), (2, 6)}
BREVE_INK = ink("#..#", ".##.")


def shifted(pixels, right, up):
    return frozenset((x + right, y + up) for x, y in pixels)


def test_the_bar_of_the_missing_letter_crosses_its_stem():
    barred = with_capital_b_bar({ord("B"): Glyph(6, shifted(CAPITAL_B, 1, 0))})[ord("Ƀ")]
    assert barred.ink == shifted(CAPITAL_B, 1, 0) | {(0, 4), (2, 4)}


def test_a_stem_at_the_edge_gets_a_wider_cell_for_its_bar():
    barred = with_capital_b_bar({ord("B"): Glyph(5, CAPITAL_B)})[ord("Ƀ")]
    assert (barred.advance, min(x for x, _ in barred.ink)) == (6, 0)


def test_a_letter_that_the_source_has_is_kept():
    own = Glyph(5, frozenset({(0, 0)}))
    assert with_capital_b_bar({ord("Ƀ"): own})[ord("Ƀ")] is own


def test_a_breve_stands_one_pixel_above_the_hat():
    glyphs = {
        ord("e"): Glyph(5, E),
        ord("ê"): Glyph(5, E_WITH_HAT),
        ord(BREVE): Glyph(5, shifted(BREVE_INK, 0, 6)),
    }
    assert breve_pairs(glyphs)["ê"].ink == E_WITH_HAT | shifted(BREVE_INK, 0, 8)


def test_a_breve_is_centred_over_the_body_and_not_over_body_and_horn():
    horned = E | {(4, 4), (5, 5)}
    glyphs = {
        ord("o"): Glyph(6, E),
        ord("ơ"): Glyph(6, horned),
        ord(BREVE): Glyph(6, shifted(BREVE_INK, 2, 6)),
    }
    breve = breve_pairs(glyphs)["ơ"].ink - horned
    assert {x for x, _ in breve} == {0, 1, 2, 3}


def test_a_lone_combining_mark_stands_over_the_letter_before_it():
    assert as_overlay(Glyph(5, frozenset({(2, 6)}))) == Glyph(0, frozenset({(-3, 6)}))
