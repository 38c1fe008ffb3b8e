"""Where lines break: as few lines as fit, evenly filled, and no syllable alone on the last."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from signage.render.compounds import belong_together

# A Jrai compound may break at its hyphen; a date or a span of years may not.
_SOFT_HYPHEN_BREAK = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
# "lúc 7 / giờ 30" and "11 / giờ" are torn; "ngày 25/11 / tại" is not.
_UNITS = frozenset(
    re.findall(r"\w+", "giờ phút ngày tháng năm tuổi người hộ đồng nghìn triệu tỷ km m mm ha kg độ")
)
# "thứ Bảy / 28/11" and "cắt điện / 25/11" read well; "ngày / 25/11", "Việt Nam / 24/11" don't.
_WEEKDAYS = frozenset(re.findall(r"\w+", "hai ba tư năm sáu bảy nhật"))
_BEFORE_DATES = frozenset(
    re.findall(r"\w+", "ngày sáng trưa chiều tối đêm hôm từ đến tới trước sau mùng mồng số")
)
_DATE = re.compile(r"\d{1,2}/\d{1,2}\b")
_DASHES = ("-", "–", "—")
_PHRASE_END = (",", ";", ":", ".", "–", "—", "!", "?", ")")

# Costs of a break, in squares of the share of a line left empty: 1 is a whole empty line.
_ORPHAN = 1.2
_STUB, _STUB_SHARE = 0.25, 0.22  # two short syllables under a full paragraph
_TORN_NUMBER = 0.5
_TORN_WORD = 0.3
_DATE_ALONE = 0.1
_ONE_MORE = 0.1  # a line that the text could do without
_AFTER_PHRASE = -0.06


class Piece(NamedTuple):
    """A run of letters that stays together, the blank after it, and what a break there costs."""

    text: str
    blank: bool
    break_cost: float = 0.0


class Measured(NamedTuple):
    """Pieces with their widths in px, and the width of the blank between them."""

    pieces: Sequence[Piece]
    widths: Sequence[int]
    blank: int


@lru_cache(maxsize=1024)
def pieces_of(paragraph: str) -> tuple[Piece, ...]:
    """Return the pieces of one paragraph, in order; a no-break space keeps its neighbours."""
    pieces: list[Piece] = []
    for word in paragraph.split(" "):
        if word in _DASHES and pieces:  # a dash ends a line, it begins none
            pieces[-1] = pieces[-1]._replace(text=f"{pieces[-1].text} {word}")
            continue
        parts = _SOFT_HYPHEN_BREAK.split(word)
        pieces += [Piece(part, blank=False) for part in parts[:-1]]
        pieces.append(Piece(parts[-1], blank=True))
    costs = [
        _cost_between(one.text, other.text) if one.blank else _TORN_WORD
        for one, other in pairwise(pieces)
    ]
    return tuple(
        piece._replace(break_cost=cost) for piece, cost in zip(pieces, [*costs, 0.0], strict=True)
    )


def measured(pieces: Sequence[Piece], length: Callable[[str], int]) -> Measured:
    """Return `pieces` with the widths that `length` gives them."""
    return Measured(pieces, [length(piece.text) for piece in pieces], length(" "))


def line_count(text: Measured, room: int) -> int | None:
    """Return the least number of lines of `room` px, or None when one piece is wider."""
    lines, used = 0, 0
    for index, width in enumerate(text.widths):
        if width > room:
            return None
        gap = text.blank if index and text.pieces[index - 1].blank else 0
        if lines and used + gap + width <= room:
            used += gap + width
        else:
            lines += 1
            used = width
    return lines


def break_lines(text: Measured, room: int, *, even: bool, spare: bool = False) -> list[str]:
    """Return the lines of `text`, none wider than `room` px, in the least number that fits.

    `even` makes all lines about as long (headings); else all but the last are filled (body).
    `spare` allows one line more where that tears less. The caller has seen `line_count` give a
    number.
    """
    count = line_count(text, room) or 1
    total = len(text.widths)
    ideal = min(room, _even_width(text, count)) if even else room
    # best[n][end]: the least cost of setting the pieces before `end` in n lines, and its start.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count + spare):
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost_before, _) in best[-1].items():
            for end, used in _ends(text, start, room):
                cost = cost_before + _cost(text, start, end, used, ideal, even=even)
                if end not in reached or cost < reached[end][0]:
                    reached[end] = (cost, start)
        best.append(reached)
    ends = [number for number in range(count, len(best)) if total in best[number]]
    if not ends:  # rounding: greedy found it, so it exists
        raise AssertionError("line_count and break_lines disagree")
    number = min(ends, key=lambda one: best[one][total][0] + _ONE_MORE * (one - count))
    return _lines_back(text, best[: number + 1])


def torn_words(lines: Sequence[str]) -> int:
    """Return how many breaks between `lines` tear a word, a name or a number from its unit."""
    return sum(
        bool(_SOFT_HYPHEN_BREAK.search(upper[-2:] + lower[:1]))
        or _cost_between(upper.split(" ")[-1], lower.split(" ")[0]) > _DATE_ALONE
        for upper, lower in pairwise(lines)
    )


def _ends(text: Measured, start: int, room: int) -> list[tuple[int, int]]:
    """Return (end, width) of every line that may begin at `start`."""
    ends, used = [], 0
    for index in range(start, len(text.widths)):
        gap = text.blank if index > start and text.pieces[index - 1].blank else 0
        used += gap + text.widths[index]
        if used > room:
            break
        ends.append((index + 1, used))
    return ends


def _cost(text: Measured, start: int, end: int, used: int, ideal: int, *, even: bool) -> float:
    last = end == len(text.widths)
    cost = 0.0 if last and not even else ((ideal - used) / ideal) ** 2
    if last:
        if not start:
            return cost
        alone = end - start == 1 and text.pieces[start - 1].break_cost != _DATE_ALONE
        return cost + _cost_of_last(alone, used / ideal)
    return cost + text.pieces[end - 1].break_cost


def _cost_of_last(alone: bool, share: float) -> float:
    if alone:
        return _ORPHAN
    return _STUB if share < _STUB_SHARE else 0.0


def _cost_between(before: str, after: str) -> float:
    if before.endswith(_PHRASE_END):
        return _AFTER_PHRASE
    if _DATE.match(after) and _may_stand_before_date(before):
        return _DATE_ALONE
    if after[:1].isdigit() or (before[-1:].isdigit() and after.rstrip(".,;:)") in _UNITS):
        return _TORN_NUMBER
    return _TORN_WORD if belong_together(before, after) else 0.0


def _may_stand_before_date(before: str) -> bool:
    if before.lower() in _WEEKDAYS:
        return True
    return not before.istitle() and before.lower() not in _BEFORE_DATES


def _even_width(text: Measured, count: int) -> int:
    blanks = sum(piece.blank for piece in text.pieces[:-1])
    return max(1, (sum(text.widths) + text.blank * blanks) // count)


def _lines_back(text: Measured, best: list[dict[int, tuple[float, int]]]) -> list[str]:
    lines, end = [], len(text.widths)
    for reached in reversed(best[1:]):
        start = reached[end][1]
        lines.append(_joined(text.pieces[start:end]))
        end = start
    return lines[::-1]


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text + " " * piece.blank for piece in pieces).rstrip(" ")
