"""Reception: the day on which citizens are received, where, when and by whom."""

from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from signage.domain.sentences import N_
from signage.render.fitting import Block, TooMuch, fit
from signage.render.furniture import body_faces, draw_woven_band, fine_faces, margin, title_faces
from signage.render.headed import headed, is_strip
from signage.render.layout import Field, Layout, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.sheet import Box, Sheet
from signage.render.typefaces import BOLD, SEMIBOLD, Face

_HEADING = "LỊCH TIẾP CÔNG DÂN"

_FIELDS = (
    Field(name="day", label=N_("Ngày tiếp"), most=60),
    Field(name="hours", label=N_("Giờ tiếp"), most=60),
    Field(name="place", label=N_("Địa điểm"), most=120),
    Field(name="who", label=N_("Người tiếp"), most=120),
)
# What the public reads; the labels above are for the form, in the officer's language.
_LABELS = {"day": "Ngày", "hours": "Giờ", "place": "Địa điểm", "who": "Người tiếp"}


class _Table(NamedTuple):
    labels: list[Block]
    values: list[Block]

    def heights(self) -> list[int]:
        return [max(a.height, b.height) for a, b in zip(self.labels, self.values, strict=True)]


def _draw(page: Page) -> Image.Image:
    if is_strip(page):
        sheet, room = headed(page, _HEADING)
        _draw_table(sheet, page, room, label_width=page.px(250))
        return sheet.finished()
    return _on_board(page) if page.led else _on_screen(page)


def _on_screen(page: Page) -> Image.Image:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    title = fit(_HEADING, (width - 2 * side, height // 4), title_faces(page), lines=1)
    above, below = page.px(58), page.px(46)
    band = above + title.height + below
    sheet.fill((0, 0, width, band), page.look.band)
    sheet.write(title, side, above, ink=page.look.band_ink, paper=page.look.band)
    top = draw_woven_band(sheet, page, band, page.look.band)
    room = (side, top + page.px(20), width - side, height - page.px(36))
    if height > width:
        _draw_stacked(sheet, page, room)
    else:
        _draw_table(sheet, page, room, label_width=page.px(320))
    return sheet.finished()


def _draw_stacked(sheet: Sheet, page: Page, room: Box) -> None:
    """Draw each label above its value: an upright page is too narrow for both side by side."""
    left, top, right, bottom = room
    table = _fit_table(page, right - left, (bottom - top) * 2 // 3, right - left)
    heights = [a.height + b.height for a, b in zip(table.labels, table.values, strict=True)]
    gap = (bottom - top - sum(heights)) // len(heights)
    y = top
    for number, (label, value) in enumerate(zip(table.labels, table.values, strict=True)):
        if number:
            sheet.fill((left, y, right, y + page.px(2)), page.look.rule)
        sheet.write(label, left, y + gap // 2, ink=page.look.quiet)
        sheet.write(value, left, y + gap // 2 + label.height, ink=page.look.ink)
        y += heights[number] + gap


def _draw_table(sheet: Sheet, page: Page, room: Box, *, label_width: int) -> None:
    left, top, right, bottom = room
    column = left + label_width + page.px(10)
    table = _fit_table(page, right - column, bottom - top, label_width)
    heights = table.heights()
    gap = (bottom - top - sum(heights)) // len(heights)
    y = top
    for number, (label, value) in enumerate(zip(table.labels, table.values, strict=True)):
        if number:
            sheet.fill((left, y, right, y + page.px(2)), page.look.rule)
        row = y + gap // 2
        first_baseline = max(label.lines[0].baseline, value.lines[0].baseline)
        sheet.write(
            label, left, row + first_baseline - label.lines[0].baseline, ink=page.look.quiet
        )
        sheet.write(
            value, column, row + first_baseline - value.lines[0].baseline, ink=page.look.ink
        )
        y += heights[number] + gap


def _fit_table(page: Page, width: int, room: int, label_width: int) -> _Table:
    """Set all values in one face, the largest in which the rows stand clear of each other."""
    label_faces = ladder(page.led, page.px(44), fine_faces(page)[-1].size, SEMIBOLD)
    labels = [fit(_LABELS[field.name], (label_width, room), label_faces) for field in _FIELDS]
    faces = ladder(page.led, page.px(84), least_size(page.profile), BOLD)
    air = page.px(12 if is_strip(page) else 36) * len(_FIELDS)
    return _Table(labels, _fit_alike(page, faces, width, room - air))


def _on_board(page: Page) -> Image.Image:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    pad = max(1, height // 90)
    heading = fit(_HEADING, (width - 2 * side, height // 4), title_faces(page), lines=1)
    values = _fit_alike(page, body_faces(page), width - 2 * side, height - heading.height - 5 * pad)
    band = heading.height + 2 * pad
    sheet.fill((0, 0, width, band), page.look.band)
    sheet.fill((0, band, width, band + pad), page.look.accent)
    sheet.write(heading, side, pad, ink=page.look.band_ink, paper=page.look.band)
    top = band + 2 * pad
    gap = (height - pad - top - sum(block.height for block in values)) // len(values)
    for number, block in enumerate(values):
        ink = page.look.quiet if number % 2 else page.look.ink
        sheet.write(block, side, top + gap // 2, ink=ink)
        top += block.height + gap
    return sheet.finished()


def _fit_alike(page: Page, faces: Sequence[Face], width: int, room: int) -> list[Block]:
    """Set every value in the same face, so that the rows read as one table."""
    much = TooMuch(0)
    for face in faces:
        try:
            blocks = [fit(page.words[field.name], (width, room), (face,)) for field in _FIELDS]
        except TooMuch as error:
            much = error
            continue
        if sum(block.height for block in blocks) <= room:
            return blocks
        much = TooMuch(_words(page) * room // sum(block.height for block in blocks))
    raise too_much(page, much.words)


def _words(page: Page) -> int:
    return sum(len(text.split()) for text in page.words.values())


LAYOUT = Layout(
    name="reception",
    title=N_("Lịch tiếp công dân"),
    description=N_("Ngày, giờ, địa điểm và người tiếp công dân."),
    fields=_FIELDS,
    picture=False,
    draw=_draw,
)
