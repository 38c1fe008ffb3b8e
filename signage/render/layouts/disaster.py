"""Disaster: the scale of risk in the national colours, the hazard, where, and what to do."""

from PIL import Image

from signage.domain.sentences import N_, Refused
from signage.render.colours import RISK_COLOURS
from signage.render.fitting import TooMuch, fit
from signage.render.headed import headed, is_strip
from signage.render.layout import Field, Layout, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.sheet import Box, Sheet
from signage.render.stack import draw_stack, stack_gap, text_part
from signage.render.typefaces import BOLD

# "CẤP 3" alone could be wind or forest fire: the whole phrase is always printed.
_HEADING = "RỦI RO THIÊN TAI CẤP {level}"


def level_of(text: str) -> int:
    """Return the level 1 to 5 that was typed; raise Refused for anything else."""
    word = text.strip().casefold().removeprefix("cấp").strip()
    if word in {"1", "2", "3", "4", "5"}:
        return int(word)
    raise Refused(
        N_("Cấp độ rủi ro thiên tai là 1, 2, 3, 4 hoặc 5, không phải “{text}”. Hãy sửa lại."),
        text=text,
    )


_LEVEL = Field(name="level", label=N_("Cấp độ rủi ro thiên tai (1–5)"), most=10, check=level_of)
_HAZARD = Field(name="hazard", label=N_("Loại thiên tai"), most=100)
_AREA = Field(name="area", label=N_("Khu vực và thời gian"), most=200, rows=2)
_ADVICE = Field(name="advice", label=N_("Việc cần làm"), most=400, rows=3, required=False)
_SOURCE = Field(name="source", label=N_("Cơ quan cảnh báo"), most=120)


def _draw(page: Page) -> Image.Image:
    words, level = page.words, level_of(page.words["level"])
    sheet, room = headed(page, _HEADING.format(level=level), source=words["source"])
    left, top, right, bottom = room
    high = _scale_height(page)
    _draw_scale(sheet, page, (left, top, right, top + high), level)
    top += high + (max(2, page.size[1] // 48) if page.led else page.px(44))
    parts = (
        text_part(page, words["hazard"], _HAZARD, share=1.15, weight=BOLD, even=True, lines=2),
        text_part(page, words["area"], _AREA, share=0.72),
        text_part(page, words["advice"], _ADVICE, share=0.72, ink=page.look.quiet),
    )
    draw_stack(page, sheet, (left, top, right, bottom), parts, gap=stack_gap(page))
    return sheet.finished()


def _scale_height(page: Page) -> int:
    if page.led:
        return max(15, page.size[1] // 9)
    return page.px(96 if is_strip(page) else 112)


def _draw_scale(sheet: Sheet, page: Page, box: Box, level: int) -> None:
    """Draw the five steps in their colours; the one that holds is wide and says its number."""
    left, top, right, bottom = box
    gap = 2 if page.led else page.px(10)
    step = (right - left - 4 * gap) // 7
    x = left
    for number, colours in RISK_COLOURS.items():
        now = number == level
        end = x + (right - left - 4 * gap - 4 * step if now else step)
        rise = 0 if now else (bottom - top) // (3 if page.led else 4)
        sheet.fill((x, top + rise, end, bottom), colours.paper)
        if now:
            _write_step(sheet, page, (x, top, end, bottom), number)
        x = end + gap


def _write_step(sheet: Sheet, page: Page, box: Box, number: int) -> None:
    left, top, right, bottom = box
    least = min(least_size(page.profile, "fine"), bottom - top)
    faces = ladder(
        page.led, max(least, round((bottom - top) * (0.8 if page.led else 0.62))), least, BOLD
    )
    room = (right - left, (bottom - top) * 2)
    try:
        block = fit(f"CẤP {number}", room, faces, lines=1)
    except TooMuch:
        raise too_much(page, 0) from None
    colours = RISK_COLOURS[number]
    y = (top + bottom) // 2 - (block.cap_top + block.last_baseline) // 2
    x = (left + right) // 2
    sheet.write(block, x, y, ink=colours.ink, paper=colours.paper, centred=True)


LAYOUT = Layout(
    name="disaster",
    title=N_("Cấp độ rủi ro thiên tai"),
    description=N_("Thang cấp độ 1–5 theo màu quốc gia. Việc khẩn cấp thì dùng trang Cảnh báo."),
    fields=(_LEVEL, _HAZARD, _AREA, _ADVICE, _SOURCE),
    picture=False,
    draw=_draw,
)
