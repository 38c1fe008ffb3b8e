"""Which letters a face has, and text brought into the one spelling that is looked up."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from signage.domain.sentences import N_, Refused

_BLANKS = re.compile(r"[ \t\u2000-\u200a\u3000]+")
_LINE_ENDS = re.compile(r" *(?:\r\n|\r|\n|\u2028|\u2029) *")
MAX_LETTERS_NAMED = 12


def clean_text(text: str) -> str:
    """Return `text` in NFC, without signs that have no ink, with single blanks.

    Line breaks stay. Text pasted from Word and from web pages carries soft hyphens, byte-order
    marks and zero-width blanks; text from macOS arrives decomposed.
    """
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"})
    text = _BLANKS.sub(" ", "".join(kept))
    return _LINE_ENDS.sub("\n", text).strip(" \n")


@lru_cache(maxsize=32)
def letters_of(path: Path) -> frozenset[str]:
    """Return the letters for which the face at `path` has a glyph."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing_letters(text: str, path: Path) -> list[str]:
    """Return the letters of `text`, in order of appearance, that the face at `path` lacks."""
    known = letters_of(path)
    return [letter for letter in dict.fromkeys(text) if letter not in known and letter != "\n"]


def refuse_missing_letters(text: str, paths: Iterable[Path], *, field: str | None = None) -> None:
    """Raise Refused naming the letters of `text` that one of the faces at `paths` lacks."""
    missing = list(dict.fromkeys(c for path in paths for c in missing_letters(text, path)))
    if not missing:
        return
    named = ", ".join(_named(letter) for letter in missing[:MAX_LETTERS_NAMED])
    raise Refused(
        N_("Phông chữ của bảng không có ký tự: {letters}. Hãy xóa hoặc thay bằng ký tự khác."),
        field=field,
        letters=named,
    )


def _named(letter: str) -> str:
    if unicodedata.category(letter).startswith("M"):
        return f"◌{letter} (U+{ord(letter):04X})"
    return f"“{letter}” (U+{ord(letter):04X})"
