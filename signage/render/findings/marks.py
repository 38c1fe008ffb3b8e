"""Marks: whether the tone marks of Vietnamese stay apart at the size in which words are set."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from signage.domain.finding import Finding, Severity
from signage.domain.reading import in_second_script
from signage.domain.sentences import N_
from signage.render.findings.attribution import Told
from signage.render.typefaces import Face

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_FAMILIES = ("aăâ", "eê", "i", "oôơ", "uư", "y")
_SECOND_SCRIPT = (
    "ăâ\u0306â",
    "ĕê\u0306ê",
    "ĭi",
    "ŏôô\u0306ơơ\u0306",
    "ŭưư\u0306u",
    "čc",
    "ñn",
    "ƀb",
)

# Two letters that differ by less ink than three full px can't be told apart from afar; in the
# pixel faces every dot is either lit or not, so two dots do. Measured on all pairs of both faces:
# from 24 px on every pair differs by more, so nothing needs to be looked at.
LEAST_DIFFERENCE_PX = 3.0
LEAST_DOTS = 2.0
DISTINCT_FROM_PX = 24
MAX_PAIRS_NAMED = 4


def marks(told: Iterable[Told], profile_id: str) -> list[Finding]:
    """Return the fields with letters that look like others of the alphabet at their size."""
    found = []
    for one in told:
        pairs = alike(one.face, one.written.text)
        if pairs:
            found.append(_finding(one, pairs, profile_id))
    return list({one.field: one for one in reversed(found)}.values())[::-1]


def alike(face: Face, text: str) -> list[str]:
    """Return the marked letters of `text` that `face` draws like another one, as "ễ/ế"."""
    if face.size >= DISTINCT_FROM_PX:
        return []
    second = in_second_script(text)
    pairs = []
    for letter in dict.fromkeys(_letters(text)):
        pairs += [f"{letter}/{other}" for other in _likenesses(face, letter, second=second)]
    return pairs


def _finding(told: Told, pairs: list[str], profile_id: str) -> Finding:
    # In a pixel face one dot is lost at most, and the word around it tells the rest.
    severity: Severity = "note" if told.face.pixel else "warn"
    return Finding(
        code="tone_marks",
        severity=severity,
        msgid=N_(
            "Ở cỡ {size} điểm, các chữ {pairs} trông gần giống nhau."
            " Hãy bớt chữ để chữ lớn hơn, hoặc viết hoa."
        ),
        params={"size": told.face.size, "pairs": ", ".join(pairs[:MAX_PAIRS_NAMED])},
        field=told.field,
        profile=profile_id,
    )


def _letters(text: str) -> list[str]:
    """Return the letters of `text` with the marks that follow them."""
    letters: list[str] = []
    for letter in text:
        if unicodedata.combining(letter) and letters:
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters


@lru_cache(maxsize=20_000)
def _likenesses(face: Face, letter: str, *, second: bool) -> tuple[str, ...]:
    least = LEAST_DOTS if face.pixel else LEAST_DIFFERENCE_PX
    return tuple(
        other
        for other in _siblings(letter, second=second)
        if _difference(_glyph(face, letter), _glyph(face, other)) < least
    )


@lru_cache(maxsize=2_000)
def _siblings(letter: str, *, second: bool) -> tuple[str, ...]:
    """Return the letters of the alphabet that differ from a marked `letter` by marks alone."""
    if len(letter) == 1 and letter.isascii():
        return ()
    families = [_with_tones(family) for family in _FAMILIES]
    if second:
        families += [tuple(_letters(family)) for family in _SECOND_SCRIPT]
    cased = families + [tuple(one.upper() for one in family) for family in families]
    own = [other for family in cased if letter in family for other in family if other != letter]
    return tuple(dict.fromkeys(own))


def _with_tones(family: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", base + tone) for base in family for tone in _TONES)


@lru_cache(maxsize=4_000)
def _glyph(face: Face, letter: str) -> Image.Image:
    mask = Image.new("L", (face.size * 2, face.size * 3))
    face.draw(ImageDraw.Draw(mask), face.size // 2, face.size * 2, letter)
    return mask


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Return by how much ink two masks differ, in full px."""
    shades = ImageChops.difference(one, other).histogram()
    return sum(count * shade for shade, count in enumerate(shades) if count) / 255


def forget() -> None:
    """Forget the letters compared so far, so that a bench sees what the first slide costs."""
    for remembered in (_likenesses, _siblings, _glyph):
        remembered.cache_clear()
