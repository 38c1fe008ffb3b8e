"""Fits text into a room: the largest face that holds it, then its lines."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from signage.render.breaking import (
    break_lines,
    line_count,
    torn_words,
)
from signage.render.paragraphs import Paragraph, paragraphs_of
from signage.render.typefaces import Face

_PARAGRAPH_GAP_EM = 0.35
# A heading on fewer lines is easier to take in: worth letters a little smaller.
_FEWER_LINES_WORTH = 0.82
_WHOLE_WORDS_WORTH = 0.68
# In a narrow column every second word is torn at the largest size; a little smaller, few are.
_NARROW_WORDS, _FEW_TORN_WORTH = 4, 0.85


class TooMuch(Exception):
    """The text does not fit even in the smallest face; `words` is about how many would."""

    def __init__(self, words: int) -> None:
        super().__init__(words)
        self.words = words


class Line(NamedTuple):
    """A line of a block: its left end and baseline in px; `marker` stands at the block's left."""

    text: str
    x: int
    baseline: int
    width: int
    marker: str


class Block(NamedTuple):
    """Text set in one face. `height` holds all its ink, `width` its longest line, in px."""

    face: Face
    lines: tuple[Line, ...]
    width: int
    height: int

    @property
    def cap_top(self) -> int:
        """Where the capitals of the first line begin: the top that the eye sees."""
        return self.lines[0].baseline - self.face.cap

    @property
    def last_baseline(self) -> int:
        """The baseline of the last line: the bottom that the eye sees."""
        return self.lines[-1].baseline


def fit(
    text: str, room: tuple[int, int], faces: Sequence[Face], *, lines: int = 99, even: bool = False
) -> Block:
    """Set `text` in the first of `faces` (largest first) in which it fits `room`; else TooMuch.

    `lines` is the most lines it may take. `even` is for headings: lines of like length, and
    fewer of them when that costs little.
    """
    paragraphs = paragraphs_of(text)
    at = _first_fitting(paragraphs, room, faces, lines)
    if at is None:
        raise TooMuch(_words_that_fit(text, room, faces[-1], lines))
    if even:
        at = _with_fewer_lines(paragraphs, room, faces, at)
        return _with_whole_words(paragraphs, room, faces[at:])
    block = _set(paragraphs, room, faces[at], even=False)
    return _with_few_torn(paragraphs, room, faces[at:], block, lines)


def loosened(block: Block, height: int) -> Block:
    """Return `block` with up to a fifth more leading where `height` px leave room for it.

    A pixel face stands tight in its cell; outlines have their leading in the line height.
    """
    gaps = len(block.lines) - 1
    extra = min(block.face.size // 5, (height - block.height) // gaps) if gaps else 0
    if not block.face.pixel or extra <= 0:
        return block
    lines = tuple(
        line._replace(baseline=line.baseline + number * extra)
        for number, line in enumerate(block.lines)
    )
    return block._replace(lines=lines, height=block.height + gaps * extra)


def _first_fitting(
    paragraphs: Sequence[Paragraph], room: tuple[int, int], faces: Sequence[Face], lines: int
) -> int | None:
    """Return the index of the largest face that holds the text; sizes fall, so bisect."""
    low, high = 0, len(faces)
    while low < high:
        middle = (low + high) // 2
        if _fits(paragraphs, room, faces[middle], lines):
            high = middle
        else:
            low = middle + 1
    return low if low < len(faces) else None


def _with_fewer_lines(
    paragraphs: Sequence[Paragraph], room: tuple[int, int], faces: Sequence[Face], at: int
) -> int:
    count = _count(paragraphs, room[0], faces[at]) or 1
    least = faces[at].size * _FEWER_LINES_WORTH
    for fewer in range(1, count):
        found = _first_fitting(paragraphs, room, faces, fewer)
        if found is not None and faces[found].size >= least:
            return found
    return at


def _with_whole_words(
    paragraphs: Sequence[Paragraph], room: tuple[int, int], faces: Sequence[Face]
) -> Block:
    """Set a heading in the largest of `faces`, or a little smaller where fewer words are torn."""
    best = _set(paragraphs, room, faces[0], even=True)
    torn = torn_words([line.text for line in best.lines])
    for face in faces[1:]:
        if not torn or face.size < faces[0].size * _WHOLE_WORDS_WORTH:
            break
        block = _set(paragraphs, room, face, even=True)
        now_torn = torn_words([line.text for line in block.lines])
        if now_torn < torn and len(block.lines) <= len(best.lines):
            best, torn = block, now_torn
    return best


def _with_few_torn(
    paragraphs: Sequence[Paragraph],
    room: tuple[int, int],
    faces: Sequence[Face],
    best: Block,
    lines: int,
) -> Block:
    """Set text of few words a line a little smaller, or on a line more, where that tears less."""
    words = sum(line.text.count(" ") + 1 for line in best.lines)
    if len(best.lines) < 2 or words > _NARROW_WORDS * len(best.lines):
        return best
    faults = _faults(best)
    least = faces[0].size * _FEW_TORN_WORTH
    for face, spare in product(faces, (False, True)):
        if not faults or face.size < least:
            break
        block = _set(paragraphs, room, face, even=False, spare=spare)
        fits = block.height <= room[1] and len(block.lines) <= lines
        if fits and (fewer := _faults(block)) < faults:
            best, faults = block, fewer
    return best


def _faults(block: Block) -> int:
    """Return how many words `block` tears, and how many lines hold one that ends no phrase."""
    lines = [line.text for line in block.lines]
    return torn_words(lines) + sum(" " not in line and line[-1:] not in ",;:.!?" for line in lines)


def _count(paragraphs: Sequence[Paragraph], width: int, face: Face) -> int | None:
    total = 0
    for paragraph in paragraphs:
        count = line_count(paragraph.measured(face), width - paragraph.indent(face))
        if count is None:
            return None
        total += count
    return total


def _fits(paragraphs: Sequence[Paragraph], room: tuple[int, int], face: Face, lines: int) -> bool:
    count = _count(paragraphs, room[0], face)
    if count is None or count > lines:
        return False
    return _height(paragraphs, face, count) <= room[1]


def _height(paragraphs: Sequence[Paragraph], face: Face, count: int) -> int:
    text = "".join(paragraph.text for paragraph in paragraphs)
    gaps = (len(paragraphs) - 1) * _paragraph_gap(face)
    return face.above_of(text) + (count - 1) * face.line_of(text) + gaps + face.below


def _paragraph_gap(face: Face) -> int:
    return 2 if face.pixel else round(face.size * _PARAGRAPH_GAP_EM)


def _set(
    paragraphs: Sequence[Paragraph],
    room: tuple[int, int],
    face: Face,
    *,
    even: bool,
    spare: bool = False,
) -> Block:
    text = "".join(paragraph.text for paragraph in paragraphs)
    lines: list[Line] = []
    baseline = face.above_of(text)
    advance = face.line_of(text)
    for paragraph in paragraphs:
        indent = paragraph.indent(face)
        words = paragraph.measured(face)
        set_lines = break_lines(words, room[0] - indent, even=even, spare=spare)
        for number, line in enumerate(set_lines):
            marker = "" if number else paragraph.marker
            lines.append(Line(line, indent, baseline, face.length(line), marker))
            baseline += advance
        baseline += _paragraph_gap(face)
    bottom = lines[-1].baseline + face.below
    return Block(face, tuple(lines), max(line.x + line.width for line in lines), bottom)


def _words_that_fit(text: str, room: tuple[int, int], face: Face, lines: int) -> int:
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(paragraphs_of(" ".join(words[:middle])), room, face, lines):
            low = middle
        else:
            high = middle - 1
    return low
