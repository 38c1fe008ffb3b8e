"""Slogan: few words in huge letters, gold on red as on a banner."""

from PIL import Image

from signage.domain.sentences import N_
from signage.render.fitting import Block, TooMuch, fit, loosened
from signage.render.furniture import SOURCE, draw_woven_band, fit_source, margin
from signage.render.layout import Field, Layout, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD

_TEXT = Field(name="text", label=N_("Khẩu hiệu"), most=160, rows=2)


def _draw(page: Page) -> Image.Image:
    width, height = page.size
    sheet = Sheet(page.size, page.look.paper if page.led else page.look.banner)
    top = _edges_on_board(sheet, page) if page.led else _edges_on_screen(sheet, page)
    side = margin(page)
    source = fit_source(page, width - 2 * side)
    air = max(2, height // 40)
    foot = height - top - (source.height + air if source else 0)
    inset = side if page.led else side * 3 // 2
    block = _fit(page, (width - 2 * inset, foot - top))
    paper = page.look.paper if page.led else page.look.banner
    y = top + max(0, (foot - top - block.height) // 2)
    sheet.write(block, width // 2, y, ink=page.look.banner_ink, paper=paper, centred=True)
    if source:
        quiet = page.look.quiet if page.led else (240, 214, 206)
        y = height - top - source.height
        sheet.write(source, width // 2, y, ink=quiet, paper=paper, centred=True)
    return sheet.finished()


def _fit(page: Page, room: tuple[int, int]) -> Block:
    least = least_size(page.profile) if page.led else round(least_size(page.profile) * 1.6)
    most = max(least, page.size[1] // 3 if page.led else page.px(190))
    try:
        block = fit(page.words["text"], room, ladder(page.led, most, least, BOLD), even=True)
    except TooMuch as much:
        raise too_much(page, much.words, field=_TEXT) from None
    return loosened(block, room[1])


def _edges_on_screen(sheet: Sheet, page: Page) -> int:
    """Draw the woven bands at head and foot; return the height of each with its gap."""
    bottom = draw_woven_band(sheet, page, page.px(24), page.look.banner)
    draw_woven_band(sheet, page, page.size[1] - bottom, page.look.banner)
    return bottom + page.px(28)


def _edges_on_board(sheet: Sheet, page: Page) -> int:
    width, height = page.size
    thick = max(2, height // 48)
    for top in (0, height - thick):
        sheet.fill((0, top, width, top + thick), (168, 0, 8))
    return thick + max(1, height // 96)


LAYOUT = Layout(
    name="slogan",
    title=N_("Khẩu hiệu"),
    description=N_("Ít chữ, cỡ rất lớn, chữ vàng trên nền đỏ như băng rôn."),
    fields=(_TEXT, SOURCE),
    picture=False,
    draw=_draw,
)
