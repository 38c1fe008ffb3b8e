"""A stack of texts from top to bottom: all shrink together, so their order of weight stays seen."""

from collections.abc import Sequence
from typing import NamedTuple

from signage.render.colours import Colour
from signage.render.fitting import Block, TooMuch, fit, loosened
from signage.render.layout import Field, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.sheet import Box, Sheet
from signage.render.typefaces import BOLD, MEDIUM

_SCALES = (1.0, 0.94, 0.88, 0.82, 0.77, 0.72, 0.67, 0.63, 0.59, 0.55, 0.5, 0.45, 0.4, 0.3, 0.0)


class Part(NamedTuple):
    """One text of a stack; sizes are in px, `lines` is the most it may take.

    `tie` brings it nearer to the part before it; `even` sets it as a heading.
    """

    text: str
    ink: Colour
    most: int
    least: int
    weight: int
    field: Field | None = None
    lines: int = 99
    even: bool = False
    tie: bool = False


def draw_stack(
    page: Page,
    sheet: Sheet,
    box: Box,
    parts: Sequence[Part],
    *,
    gap: int,
    centred: bool = False,
    paper: Colour | None = None,
) -> None:
    """Draw the parts that have text into `box`; raises Illegible with the part that is too long."""
    left, top, right, bottom = box
    parts = [part for part in parts if part.text]
    room = (right - left, bottom - top)
    blocks = fit_stack(page, parts, room, gap)
    gaps = _gaps(parts, gap)
    free = room[1] - sum(block.height for block in blocks) - sum(gaps)
    extra = min(free // (len(parts) + 1), gap)
    y = top + round((free - extra * (len(parts) - 1)) * 0.45)
    x = left + room[0] // 2 if centred else left
    for part, block, before in zip(parts, blocks, gaps, strict=True):
        y += before + (extra if before else 0)
        sheet.write(block, x, y, ink=part.ink, paper=paper, centred=centred)
        y += block.height


def fit_stack(page: Page, parts: Sequence[Part], room: tuple[int, int], gap: int) -> list[Block]:
    """Set all parts at the largest scale at which they fit `room` px; raises Illegible.

    `gap` is the least distance of two parts.
    """
    low, high = 0, len(_SCALES)
    best: list[Block] | None = None
    fault, words = _longest(parts), 0
    while low < high:
        middle = (low + high) // 2
        try:
            blocks = _fit_at(page, parts, room, _SCALES[middle])
        except _PartTooMuch as much:
            low, fault, words = middle + 1, much.part, much.words
            continue
        total = sum(block.height for block in blocks) + sum(_gaps(parts, gap))
        if total <= room[1]:
            best, high = blocks, middle
        else:
            fault = _longest(parts)
            low, words = middle + 1, len(fault.text.split()) * room[1] // total
    if best is None:
        raise too_much(page, max(words, 1), field=fault.field)
    return _loosened(parts, best, room[1], gap)


class _PartTooMuch(TooMuch):
    def __init__(self, part: Part, words: int) -> None:
        super().__init__(words)
        self.part = part


def _fit_at(page: Page, parts: Sequence[Part], room: tuple[int, int], scale: float) -> list[Block]:
    blocks = []
    for part in parts:
        most = max(part.least, round(part.most * scale))
        faces = ladder(page.led, most, part.least, part.weight)
        try:
            blocks.append(fit(part.text, room, faces, lines=part.lines, even=part.even))
        except TooMuch as much:
            raise _PartTooMuch(part, much.words) from None
    return blocks


def _gaps(parts: Sequence[Part], gap: int) -> list[int]:
    return [0, *(max(1, gap // 3) if part.tie else gap for part in parts[1:])]


def _loosened(parts: Sequence[Part], blocks: list[Block], room: int, gap: int) -> list[Block]:
    free = room - sum(block.height for block in blocks) - sum(_gaps(parts, gap))
    gaps = sum(len(block.lines) - 1 for block in blocks)
    return [
        loosened(block, block.height + free * (len(block.lines) - 1) // (2 * gaps))
        if gaps
        else block
        for block in blocks
    ]


def _longest(parts: Sequence[Part]) -> Part:
    return max(parts, key=lambda part: len(part.text))


def text_part(
    page: Page,
    text: str,
    field: Field | None,
    *,
    share: float = 1.0,
    ink: Colour | None = None,
    weight: int = MEDIUM,
    lines: int = 99,
    even: bool = False,
    tie: bool = False,
) -> Part:
    """Return `text` as a part `share` times as large as running text, never below what is read."""
    least = least_size(page.profile)
    most = max(24, page.size[1] // 6) if page.led else page.px(92)
    if not page.led:
        least = max(least, page.px(40))
    return Part(
        text=text,
        ink=ink or page.look.ink,
        most=max(least, round(most * share)),
        least=least,
        weight=BOLD if page.led else weight,
        field=field,
        lines=lines,
        even=even,
        tie=tie,
    )


def stack_gap(page: Page) -> int:
    """Return the usual distance of two parts of a stack on `page`, in px."""
    return max(1, page.size[1] // 64) if page.led else page.px(40)
