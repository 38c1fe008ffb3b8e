"""Event: a calendar leaf with the solar and the lunar day, and what, when and where beside it."""

from typing import NamedTuple

from PIL import Image

from signage.domain.lunar import Lunar, day_of, lunar_of, weekday_name
from signage.domain.sentences import N_
from signage.render.furniture import SOURCE
from signage.render.headed import headed, is_strip
from signage.render.layout import Field, Layout, Page
from signage.render.legibility import least_size
from signage.render.sheet import Box, Sheet
from signage.render.stack import Part, draw_stack, stack_gap, text_part
from signage.render.typefaces import BOLD, MEDIUM, SEMIBOLD

_TITLE = Field(name="title", label=N_("Tên sự kiện"), most=120)
_DAY = Field(name="day", label=N_("Ngày (ví dụ 24/11/2026)"), most=20, check=day_of)
_TIME = Field(name="time", label=N_("Thời gian"), most=60)
_PLACE = Field(name="place", label=N_("Địa điểm"), most=160)
_NOTE = Field(name="note", label=N_("Ghi chú"), most=300, rows=2, required=False)

# Below this width a calendar leaf has room for figures only.
_LEAF_WITH_WORDS_PX = 96


class _Boxes(NamedTuple):
    leaf: Box
    text: Box


def _draw(page: Page) -> Image.Image:
    words = page.words
    sheet, room = headed(page, words["title"], field=_TITLE, source=words["source"])
    boxes = _split(page, room)
    _draw_leaf(sheet, page, boxes.leaf)
    parts = (
        text_part(page, words["time"], _TIME, weight=BOLD),
        text_part(page, words["place"], _PLACE, ink=page.look.quiet if page.led else None),
        text_part(page, words["note"], _NOTE, share=0.7, weight=MEDIUM, ink=page.look.quiet),
    )
    draw_stack(page, sheet, boxes.text, parts, gap=stack_gap(page))
    return sheet.finished()


def _split(page: Page, room: Box) -> _Boxes:
    """Give the leaf the left of a wide room, the head of a tall one."""
    left, top, right, bottom = room
    width, height = right - left, bottom - top
    gap = max(4, page.size[0] // 48) if page.led else page.px(64)
    if not page.led and height > width * 0.9:
        edge = top + round(height * 0.42)
        return _Boxes((left, top, right, edge), (left, edge + gap, right, bottom))
    share = 0.36 if page.led else 0.33
    edge = left + min(round(width * share), round(height * (1.3 if is_strip(page) else 1.2)))
    return _Boxes((left, top, edge, bottom), (edge + gap, top, right, bottom))


def _draw_leaf(sheet: Sheet, page: Page, box: Box) -> None:
    day = day_of(page.words["day"])
    lunar = lunar_of(day)
    left, top, right, bottom = box
    pad = 2 if page.led else page.px(24)
    small = right - left < _LEAF_WITH_WORDS_PX
    ground = page.look.band if page.led else (255, 255, 255)
    sheet.fill(box, ground)
    if not page.led:
        _draw_edge(sheet, box, page.px(3), page.look.rule)
        sheet.fill((left, top, right, top + page.px(14)), page.look.accent)
        top += page.px(14)
    quiet = page.look.band_quiet if page.led else page.look.quiet
    figure = f"{day:%d/%m}" if small else f"{day.day}"
    month = "" if small else f"Tháng {day.month}" if page.led else f"Tháng {day:%m/%Y}"
    parts = (
        _leaf_part(page, weekday_name(day), 0.16, page.look.accent if page.led else page.look.ink,
                   box),
        _leaf_part(page, figure, 0.46, page.look.band_ink if page.led else page.look.band, box),
        _leaf_part(page, month, 0.16, page.look.ink, box),
        _leaf_part(page, _lunar_words(page, lunar, small=small), 0.12, quiet, box, lines=3),
    )  # fmt: skip
    inside = (
        left + pad,
        top + (1 if page.led else pad),
        right - pad,
        bottom - (1 if page.led else pad),
    )
    draw_stack(page, sheet, inside, parts, gap=max(1, stack_gap(page) // 3), centred=True,
               paper=ground)  # fmt: skip


def _lunar_words(page: Page, lunar: Lunar, *, small: bool) -> str:
    if small:
        return f"ÂL {lunar.in_figures}"
    if page.led:
        return f"Âm lịch {lunar.in_figures}"
    return f"Âm lịch: {lunar.in_words}\nnăm {lunar.year_name}"


def _leaf_part(
    page: Page, text: str, share: float, ink: tuple[int, int, int], box: Box, *, lines: int = 1
) -> Part:
    least = least_size(page.profile, "fine" if share < 0.14 else "body")
    most = max(least, round((box[3] - box[1]) * share))
    return Part(text, ink, most, least, BOLD if share > 0.14 else SEMIBOLD, None, lines, even=True)


def _draw_edge(sheet: Sheet, box: Box, thick: int, colour: tuple[int, int, int]) -> None:
    left, top, right, bottom = box
    sheet.fill((left, top, right, top + thick), colour)
    sheet.fill((left, bottom - thick, right, bottom), colour)
    sheet.fill((left, top, left + thick, bottom), colour)
    sheet.fill((right - thick, top, right, bottom), colour)


LAYOUT = Layout(
    name="event",
    title=N_("Sự kiện"),
    description=N_("Tờ lịch có ngày dương và ngày âm, tên sự kiện, thời gian và địa điểm."),
    fields=(_TITLE, _DAY, _TIME, _PLACE, _NOTE, SOURCE),
    picture=False,
    draw=_draw,
)
