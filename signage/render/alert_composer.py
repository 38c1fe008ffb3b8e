"""Composes one page of an alert: banner, then its parts from top to bottom, as large as they go."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from PIL import Image

from signage.domain.sentences import N_
from signage.render.alert_bands import Measures, draw_banner, draw_drill
from signage.render.alert_livery import Livery
from signage.render.fitting import Block, TooMuch, fit
from signage.render.layout import Illegible
from signage.render.legibility import ladder
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, SEMIBOLD

# All parts shrink together, so that the order of importance stays visible.
_SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.69, 0.64, 0.59, 0.55, 0.5, 0.45, 0.4, 0.35)
_FACTS = frozenset({"area", "until", "sender"})


class Part(NamedTuple):
    """One of an alert's particulars; sizes are in px, `lines` is the most it may take."""

    field: str
    text: str
    most: int
    least: int
    lines: int


class Composer:
    """Draws pages for one profile in one livery."""

    def __init__(self, measures: Measures, livery: Livery, *, drill: bool) -> None:
        self._measures = measures
        self._livery = livery
        self._drill = drill

    def draw(self, parts: Sequence[Part]) -> Image.Image:
        """Return the page as a palette picture; raise Illegible when the parts don't fit."""
        facts = [part for part in parts if part.field in _FACTS]
        if self._measures.strip and 0 < len(facts) < len(parts):
            with suppress(Illegible):
                return self._draw(parts, facts)
        return self._draw(parts, [])

    def _draw(self, parts: Sequence[Part], beside: Sequence[Part]) -> Image.Image:
        """Draw the page, with the parts `beside` in a column of their own at the right."""
        measures, livery = self._measures, self._livery
        sheet = Sheet(measures.profile.size, livery.paper)
        top, bottom = draw_drill(sheet, measures, livery) if self._drill else (0, measures.height)
        # On the second page of a small drill the room goes to the particulars.
        if not (self._drill and measures.small and parts[0].field != "headline"):
            top = draw_banner(sheet, measures, livery, top)
        foot = measures.pad if measures.led else measures.pad * 3 // 2
        room = (top + measures.pad, bottom - foot)
        if beside:
            left, right = (Composer(one, livery, drill=False) for one in measures.columns())
            left.compose(sheet, [part for part in parts if part not in beside], room, None)
            right.compose(sheet, beside, room, None)
            return sheet.finished()
        sign = self._sign_beside_headline(parts)
        if sign:
            with suppress(Illegible):
                self.compose(sheet, parts, room, sign)
                return sheet.finished()
        self.compose(sheet, parts, room, None)
        return sheet.finished()

    def _sign_beside_headline(self, parts: Sequence[Part]) -> Image.Image | None:
        if not self._measures.small or parts[0].field != "headline":
            return None
        return self._livery.sign(self._measures.height * 3 // 8)

    def compose(
        self,
        sheet: Sheet,
        parts: Sequence[Part],
        room: tuple[int, int],
        sign: Image.Image | None,
    ) -> None:
        """Write `parts` one below another between top and bottom of `room` (px)."""
        indent = sign.width + 2 * self._measures.pad + 2 if sign else 0
        least_first = sign.height if sign else 0
        blocks = self._fit(parts, room[1] - room[0], indent, least_first)
        y = self._place(sheet, parts, blocks, room, (indent, least_first))
        if sign:
            y += max(0, (blocks[0].height - sign.height) // 2)
            sheet.stamp(sign, self._measures.side, y, ink=self._livery.ink)

    def _fit(self, parts: Sequence[Part], room: int, indent: int, least_first: int) -> list[Block]:
        """Set all parts at the largest scale at which they fit `room`; scales fall, so bisect."""
        low, high = 0, len(_SCALES)
        best: list[Block] | None = None
        words = 0
        while low < high:
            middle = (low + high) // 2
            try:
                blocks = [self._fit_part(part, room, _SCALES[middle], indent) for part in parts]
            except TooMuch as much:
                low, words = middle + 1, much.words
                continue
            total = self._total(parts, blocks, least_first)
            if total <= room:
                high = middle
                best = self._with_larger_headline(parts, blocks, room - total, indent)
            else:
                low, words = middle + 1, len(_fullest(parts).text.split()) * room // total
        if best is None:
            raise self._illegible(parts, words)
        return best

    def _illegible(self, parts: Sequence[Part], words: int) -> Illegible:
        return Illegible(
            N_("Cảnh báo quá nhiều chữ cho bảng {board}: hãy rút còn khoảng {words} chữ ở ô này."),
            field=_fullest(parts).field,
            board=f"{self._measures.width}×{self._measures.height}",
            words=max(1, words),
        )

    def _total(self, parts: Sequence[Part], blocks: Sequence[Block], least_first: int) -> int:
        heights = [block.height for block in blocks]
        heights[0] = max(heights[0], least_first)
        return sum(heights) + self._gaps(parts)

    def _with_larger_headline(
        self, parts: Sequence[Part], blocks: list[Block], free: int, indent: int
    ) -> list[Block]:
        """Give the room that is left to the headline: it is what people see from afar."""
        if parts[0].field != "headline":
            return blocks
        with suppress(TooMuch):
            larger = self._fit_part(parts[0], blocks[0].height + free * 2 // 3, 1.0, indent)
            if larger.face.size > blocks[0].face.size:
                return [larger, *blocks[1:]]
        return blocks

    def _fit_part(self, part: Part, room: int, scale: float, indent: int) -> Block:
        headline = part.field == "headline"
        most = max(part.least, round(part.most * scale))
        weight = BOLD if self._measures.led or headline else SEMIBOLD
        width = self._measures.inner - (indent if headline else 0)
        faces = ladder(self._measures.led, most, part.least, weight)
        if not headline:
            faces = faces[:1]  # the particulars stay alike in size: they break, then all shrink
        return fit(part.text, (width, room), faces, lines=part.lines, even=headline)

    def _gaps(self, parts: Sequence[Part]) -> int:
        """Return the room between the parts, and that of the rule before the facts."""
        ruled = any(self._starts_facts(parts, number) for number in range(len(parts)))
        return self._measures.pad * (len(parts) - 1 + 2 * ruled)

    def _starts_facts(self, parts: Sequence[Part], number: int) -> bool:
        facts = parts[number].field in _FACTS
        return facts and number > 0 and parts[number - 1].field not in _FACTS

    def _place(
        self,
        sheet: Sheet,
        parts: Sequence[Part],
        blocks: Sequence[Block],
        room: tuple[int, int],
        first: tuple[int, int],
    ) -> int:
        """Write the blocks, spreading what room is left; return the top of the first.

        `first` is the indent of the first block and the least height it takes.
        """
        pad = self._measures.pad
        free = room[1] - room[0] - self._total(parts, blocks, first[1])
        extra = max(0, min(free // (len(blocks) + 1), self._measures.height // 14))
        start = y = room[0] + (free - extra * (len(blocks) - 1)) // 2
        for number, block in enumerate(blocks):
            if self._starts_facts(parts, number):
                self._draw_rule(sheet, y + pad // 2)
                y += 2 * pad
            if number:
                sheet.write(block, self._measures.side, y, ink=self._livery.ink)
                y += block.height + pad + extra
            else:
                tall = max(block.height, first[1])
                at = y + (tall - block.height) // 2
                sheet.write(block, self._measures.side + first[0], at, ink=self._livery.ink)
                y += tall + pad + extra
        return start

    def _draw_rule(self, sheet: Sheet, y: int) -> None:
        measures = self._measures
        thick = max(1, measures.height // 270)
        sheet.fill((measures.side, y, measures.width - measures.side, y + thick), self._livery.ink)


def _fullest(parts: Sequence[Part]) -> Part:
    return max(parts, key=lambda part: len(part.text))
