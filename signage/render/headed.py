"""A headed page: its heading in a band, its source at the foot, and the room between them."""

from typing import NamedTuple

from signage.render.fitting import Block, TooMuch, fit
from signage.render.furniture import draw_source_on_screen, draw_woven_band, fit_source, margin
from signage.render.layout import Field, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.sheet import Box, Sheet
from signage.render.typefaces import BOLD

# Above this shape a band across the page would leave its text a slit: the heading stands beside it.
_STRIP = 3
_PANEL_SHARE = 0.25

_Source = tuple[str, str]  # what stands at the foot, and its label


class Headed(NamedTuple):
    """A sheet with heading and foot drawn, and the box that is left: left, top, right, bottom."""

    sheet: Sheet
    room: Box


def is_strip(page: Page) -> bool:
    """Return whether `page` is a screen so wide that its heading goes to the left."""
    return not page.led and page.size[0] >= page.size[1] * _STRIP


def headed(
    page: Page, heading: str, *, field: Field | None = None, source: str = "", label: str = "Nguồn"
) -> Headed:
    """Draw `heading` and `source` on a new sheet; `field` is blamed when the heading is too long.

    `label` stands before the source where there is room. Raises Illegible when either does not fit.
    """
    if page.led:
        return _on_board(page, heading, field, (source, label))
    if is_strip(page):
        return _beside(page, heading, field, (source, label))
    return _on_screen(page, heading, field, (source, label))


def _on_screen(page: Page, heading: str, field: Field | None, source: _Source) -> Headed:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    foot = draw_source_on_screen(
        sheet, page, fit_source(page, width - 2 * side, text=source[0], label=source[1])
    )
    above, below = page.px(52), page.px(40)
    block = _fit(page, heading, (width - 2 * side, height // 4), field, page.px(92), lines=3)
    band = above + block.height + below
    sheet.fill((0, 0, width, band), page.look.band)
    sheet.write(block, side, above, ink=page.look.band_ink, paper=page.look.band)
    top = draw_woven_band(sheet, page, band, page.look.band)
    return Headed(sheet, (side, top + page.px(30), width - side, foot))


def _beside(page: Page, heading: str, field: Field | None, source: _Source) -> Headed:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    panel = round(width * _PANEL_SHARE)
    inner = panel - side * 5 // 3
    foot = fit_source(page, inner, text=source[0], label=source[1])
    edge = page.px(52)
    bottom = height - edge - (foot.height + edge // 2 if foot else 0)
    block = _fit(page, heading, (inner, bottom - edge), field, page.px(104), lines=5)
    sheet.fill((0, 0, panel, height), page.look.band)
    sheet.fill((panel, 0, panel + page.px(10), height), page.look.accent)
    left = side * 5 // 6
    y = edge + (bottom - edge - block.height) // 2
    sheet.write(block, left, y, ink=page.look.band_ink, paper=page.look.band)
    if foot:
        y = height - edge - foot.height
        sheet.write(foot, left, y, ink=page.look.band_quiet, paper=page.look.band)
    return Headed(sheet, (panel + side, edge, width - side, height - edge))


def _on_board(page: Page, heading: str, field: Field | None, source: _Source) -> Headed:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    pad = max(1, height // 90)
    foot = fit_source(page, width - 2 * side, text=source[0], label=source[1])
    most = max(16, height // 8)
    block = _fit(page, heading, (width - 2 * side, height // 3), field, most, lines=2)
    band = block.height + 2 * pad
    sheet.fill((0, 0, width, band), page.look.band)
    sheet.fill((0, band, width, band + pad), page.look.accent)
    sheet.write(block, side, pad, ink=page.look.band_ink, paper=page.look.band)
    bottom = height - pad
    if foot:
        bottom -= foot.height
        sheet.write(foot, side, bottom, ink=page.look.quiet)
        bottom -= pad
    return Headed(sheet, (side, band + 2 * pad, width - side, bottom))


def _fit(
    page: Page, text: str, room: tuple[int, int], field: Field | None, most: int, *, lines: int
) -> Block:
    least = least_size(page.profile)
    least = least if page.led else max(round(least * 1.2), page.px(50))
    try:
        return fit(text, room, ladder(page.led, most, least, BOLD), lines=lines, even=True)
    except TooMuch as much:
        raise too_much(page, much.words, field=field) from None
