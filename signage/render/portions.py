"""Portions: a long text or table cut into parts of like length, where a reader would pause."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from signage.render.compounds import belong_together
from signage.render.tables import has_heading, rows_of

_SENTENCE_END = re.compile(r"[.!?…;][”\"’)]* +|\n+")
_CLAUSE_END = re.compile(r"[,:–—)] +|[.!?…;][”\"’)]* +|\n+")
_BLANK = re.compile(r"\s+")
_CONTINUES = "…"


def portions_of_text(text: str, count: int) -> Iterator[list[str]]:
    """Yield ways to cut `text` into at most `count` parts: at sentences, at clauses, at words."""
    for cuts in (_sentences, _clauses, _words):
        units = _cut(text, cuts(text))
        if len(units) >= count:
            yield _marked(["".join(group).strip() for group in _balanced(units, count, len)])


def portions_of_table(text: str, count: int) -> Iterator[list[str]]:
    """Yield the rows of `text` shared among `count` parts, each below the names of the columns."""
    lines = text.split("\n")
    head = lines[:1] if has_heading(rows_of(text)) else []
    rows = lines[len(head) :]
    if len(rows) >= count:
        yield ["\n".join([*head, *group]) for group in _balanced(rows, count, lambda _: 1)]


def _sentences(text: str) -> Iterator[int]:
    for end in _SENTENCE_END.finditer(text):
        # "TP. Pleiku" and "P. Hội Phú" go on.
        if not text[max(end.start() - 1, 0)].isupper() or text[end.start()] == "\n":
            yield end.end()


def _clauses(text: str) -> Iterator[int]:
    return (end.end() for end in _CLAUSE_END.finditer(text))


def _words(text: str) -> Iterator[int]:
    for blank in _BLANK.finditer(text):
        before = text[: blank.start()].rsplit(maxsplit=1)[-1:]
        after = text[blank.end() :].split(maxsplit=1)[:1]
        if not (before and after and belong_together(before[0], after[0])):
            yield blank.end()


def _cut(text: str, ends: Iterator[int]) -> list[str]:
    places = [0, *ends, len(text)]
    return [text[a:b] for a, b in pairwise(places) if text[a:b].strip()]


def _balanced(units: Sequence[str], count: int, weight: Callable[[str], int]) -> list[list[str]]:
    """Share `units`, in order, among at most `count` groups so that the heaviest is light."""
    weights = [weight(unit) for unit in units]
    low, high = max(weights), sum(weights)
    while low < high:
        middle = (low + high) // 2
        if len(_filled(units, weights, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _filled(units, weights, low)


def _filled(units: Sequence[str], weights: Sequence[int], most: int) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    room = most
    for unit, weight in zip(units, weights, strict=True):
        if weight > room and groups[-1]:
            groups.append([])
            room = most
        groups[-1].append(unit)
        room -= weight
    return groups


def _marked(parts: list[str]) -> list[str]:
    """Return `parts` with dots where a sentence goes on upon the next page."""
    torn = [part[-1] not in '.!?…;”"’)' and "\n" not in part[-1:] for part in parts]
    torn = [
        one and not _is_listed(after) for one, after in zip(torn, [*parts[1:], ""], strict=True)
    ]
    last = len(parts) - 1
    return [
        (_CONTINUES + " " if at and torn[at - 1] else "")
        + part
        + (_CONTINUES if at < last and torn[at] else "")
        for at, part in enumerate(parts)
    ]


def _is_listed(part: str) -> bool:
    return part.startswith(("-", "–", "•", "*", "+")) or bool(re.match(r"\d{1,2}[.)] ", part))
