"""Rows of figures: set in the largest face that holds whatever they may say."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from PIL import Image, ImageDraw

from players.contract.widgets import Glyph
from signage.domain.lunar import weekday_name
from signage.render.fitting import Block, TooMuch, fit
from signage.render.typefaces import Face

_MONDAY = date(2024, 1, 1)
_WEEKDAYS = {f"weekday{day}": weekday_name(_MONDAY + timedelta(days=day)) for day in range(7)}
_LEAP = {"leap": " nhuận"}
# What stands at most for a field, by the names of glyphs.
_WIDEST: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("hour", "minute", "second", "day", "month"), ("0", "0")),
    **dict.fromkeys(("lunar_day", "lunar_month"), ("0", "0")),
    **dict.fromkeys(("hours_left", "minutes_left", "seconds_left"), ("0", "0")),
    **dict.fromkeys(("year", "days_left"), ("0", "0", "0", "0")),
    "weekday": tuple(_WEEKDAYS),
    "lunar_leap": ("leap",),
}


class Row:
    """What `says` may say, set in `face`: `width` px at most, `height` px of ink.

    `says` mixes fields of `players.contract.widgets` with words; `then` are words alone.
    """

    def __init__(self, says: Sequence[str], face: Face, then: Sequence[str] = ()) -> None:
        self.says = tuple(says)
        self.face = face
        self._then = tuple(then)
        self._texts = dict(_texts(self.says, then))
        cells = {name: self._cell(text) for name, text in self._texts.items()}
        self.glyphs = tuple(_side_by_side(cells))
        self.width = max(_width(self.says, cells), sum(cells[word] for word in then))

    @property
    def height(self) -> int:
        """How many rows of px have ink."""
        return self._ink[1] - self._ink[0]

    def fits(self, room: tuple[int, int]) -> bool:
        """Say whether the row goes into `room` px; nothing is drawn for that."""
        tops, bottoms = zip(*(self.face.reach(text) for text in self._texts.values()), strict=True)
        return self.width <= room[0] and max(bottoms) - min(tops) <= room[1]

    @property
    def sample(self) -> Block:
        """Something that the row may say, as set words: to be measured as all words are."""
        said = self.says or self._then
        words = (self._texts[name] for token in said for name in _sample_of(token))
        return fit("".join(words) or "0", (10**6, 10**6), (self.face,))

    def mask(self) -> Image.Image:
        """Return all glyphs side by side, in full ink (mode L)."""
        top, bottom = self._ink
        return self._drawn.crop((0, top, self._drawn.width, bottom))

    def _cell(self, text: str) -> int:
        # All figures are equally wide, or a clock would tremble.
        alike = "0123456789" if text.isdigit() else [text]
        return max([1, *(self.face.length(one) for one in alike)])

    @cached_property
    def _drawn(self) -> Image.Image:
        last = self.glyphs[-1]
        mask = Image.new("L", (last.left + last.width, self.face.above + self.face.below))
        pen = ImageDraw.Draw(mask)
        for glyph in self.glyphs:
            text = self._texts[glyph.name]
            free = glyph.width - self.face.length(text)
            self.face.draw(pen, glyph.left + free // 2, self.face.above, text)
        return mask

    @cached_property
    def _ink(self) -> tuple[int, int]:
        box = self._drawn.getbbox()
        return (box[1], box[3]) if box else (0, 1)


def fit_row(
    says: Sequence[str],
    room: tuple[int, int],
    faces: Sequence[Face],
    *,
    then: Sequence[str] = (),
) -> Row:
    """Set `says` in the first of `faces` (largest first) in which it fits `room`; else TooMuch."""
    low, high = 0, len(faces)
    while low < high:
        middle = (low + high) // 2
        if Row(says, faces[middle], then).fits(room):
            high = middle
        else:
            low = middle + 1
    if low == len(faces):
        raise TooMuch(0)
    return Row(says, faces[low], then)


def _texts(says: Iterable[str], then: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each glyph that may be needed, and its text."""
    for token in says:
        widest = _WIDEST.get(token)
        if widest is None:
            yield token, token
        elif "0" in widest:
            yield from zip("0123456789", "0123456789", strict=True)
        else:
            yield from ((name, _WEEKDAYS.get(name) or _LEAP[name]) for name in widest)
    yield from ((word, word) for word in then)


def _side_by_side(cells: dict[str, int]) -> Iterator[Glyph]:
    left = 0
    for name, width in cells.items():
        yield Glyph(name, left, width)
        left += width


def _width(says: Iterable[str], cells: dict[str, int]) -> int:
    widths = []
    for field in says:
        several = [cells[name] for name in _WIDEST.get(field, (field,))]
        widths.append(max(several) if field == "weekday" else sum(several))
    return sum(widths)


def _sample_of(field: str) -> tuple[str, ...]:
    return _WIDEST.get(field, (field,))[: 1 if field == "weekday" else None]
