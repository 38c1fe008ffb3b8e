"""Forest fire: the dial of the forest rangers with today's level, where, and what to do."""

from PIL import Image

from signage.domain.sentences import N_, Refused
from signage.render.dial import NUMERALS, draw_dial
from signage.render.headed import headed
from signage.render.layout import Field, Layout, Page
from signage.render.sheet import Box
from signage.render.stack import draw_stack, stack_gap, text_part
from signage.render.typefaces import BOLD

_HEADING, _HEADING_ON_SMALL = "DỰ BÁO CHÁY RỪNG", "CHÁY RỪNG"
_SMALL_BELOW_PX = 256
# What provinces call the five levels of Decree 156/2018/NĐ-CP.
_MEANINGS = ("Thấp", "Trung bình", "Cao", "Nguy hiểm", "Cực kỳ nguy hiểm")


def level_of(text: str) -> int:
    """Return the level 1 to 5 that was typed in Roman or plain figures; raise Refused otherwise."""
    word = text.strip().upper().removeprefix("CẤP").strip()
    if word in NUMERALS:
        return NUMERALS.index(word) + 1
    if word in {"1", "2", "3", "4", "5"}:
        return int(word)
    raise Refused(
        N_("Cấp dự báo cháy rừng là I, II, III, IV hoặc V, không phải “{text}”. Hãy sửa lại."),
        text=text,
    )


_LEVEL = Field(name="level", label=N_("Cấp dự báo cháy rừng (I–V)"), most=10, check=level_of)
_AREA = Field(name="area", label=N_("Khu vực"), most=160)
_ADVICE = Field(name="advice", label=N_("Việc cần làm"), most=300, rows=3, required=False)
_SOURCE = Field(name="source", label=N_("Cơ quan dự báo và ngày"), most=120)


def _draw(page: Page) -> Image.Image:
    words, level = page.words, level_of(page.words["level"])
    small = page.led and page.size[0] < _SMALL_BELOW_PX
    heading = _HEADING_ON_SMALL if small else _HEADING
    sheet, room = headed(page, heading, source=words["source"])
    dial, text = _split(page, room)
    left, top, right, bottom = dial
    radius = min((right - left) // 2, bottom - top)
    base = top + (bottom - top + radius) // 2
    draw_dial(sheet, page, level, (left + right) // 2, base, radius)
    parts = (
        text_part(page, f"Cấp {NUMERALS[level - 1]}", None, share=1.25, weight=BOLD),
        text_part(page, _MEANINGS[level - 1], None, weight=BOLD, ink=_strong(page), tie=True),
        text_part(page, words["area"], _AREA, share=0.72),
        text_part(page, words["advice"], _ADVICE, share=0.66, ink=page.look.quiet),
    )
    draw_stack(page, sheet, text, parts, gap=max(1, stack_gap(page) * 2 // 3))
    return sheet.finished()


def _strong(page: Page) -> tuple[int, int, int]:
    return page.look.accent if page.led else page.look.band


def _split(page: Page, room: Box) -> tuple[Box, Box]:
    """Return the boxes of the dial and of the words: side by side, or one above the other."""
    left, top, right, bottom = room
    width, height = right - left, bottom - top
    gap = max(4, page.size[0] // 48) if page.led else page.px(64)
    if height > width * 0.9:
        edge = top + min(width // 2, height * 2 // 5)
        return (left, top, right, edge), (left, edge + gap, right, bottom)
    edge = left + min(2 * height, round(width * (0.5 if page.led else 0.54)))
    return (left, top, edge, bottom), (edge + gap, top, right, bottom)


LAYOUT = Layout(
    name="forest_fire",
    title=N_("Cấp dự báo cháy rừng"),
    description=N_("Biển báo nửa hình tròn có mũi tên chỉ cấp I–V, khu vực và việc cần làm."),
    fields=(_LEVEL, _AREA, _ADVICE, _SOURCE),
    picture=False,
    draw=_draw,
)
