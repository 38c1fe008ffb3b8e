"""Attribution: to which field of the form the words on a picture belong."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from signage.render.contents import Written
from signage.render.typefaces import Face

# Who says it: set smaller than what is said.
_FINE_FIELDS = frozenset({"source", "answered_by", "sender"})


class Told(NamedTuple):
    """A block of words with the field it came from; None for what the layout itself writes."""

    field: str | None
    written: Written

    @property
    def face(self) -> Face:
        """The face the words are set in."""
        return self.written.block.face

    @property
    def cap(self) -> int:
        """The height of the capitals in px."""
        return self.face.cap

    @property
    def is_fine(self) -> bool:
        """Whether these words may be smaller than those that people came for."""
        return self.field is None or self.field in _FINE_FIELDS


def attributed(written: Iterable[Written], words: Mapping[str, str]) -> list[Told]:
    """Return each block with its field of `words` (by field name)."""
    blocks = [(one, _bare(one.text)) for one in written]
    bare = {name: text for name in words if (text := _bare(words[name]))}
    # A label such as "Giờ" also stands in "7 giờ 30": fields written whole are not looked for.
    whole = {name for name, text in bare.items() if any(block == text for _, block in blocks)}
    return [Told(_field_of(block, bare, whole), one) for one, block in blocks]


def _field_of(block: str, bare: Mapping[str, str], whole: set[str]) -> str | None:
    """Return the field that equals the block, holds it or stands in it, in this order."""
    if not block:
        return None
    same = (name for name in whole if bare[name] == block)
    part = (name for name, text in bare.items() if name not in whole and block in text)
    # "Nguồn:" before a source is the layout's own; the longest field in a block names it.
    inside = [name for name, text in bare.items() if name not in whole and text in block]
    inside.sort(key=lambda name: -len(bare[name]))
    return next(same, None) or next(part, None) or next(iter(inside), None)


def _bare(text: str) -> str:
    """Return the letters and digits alone: layouts change cases, bullets, blanks and lines."""
    return "".join(filter(str.isalnum, text)).casefold()
