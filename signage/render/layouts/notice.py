"""Notice: a heading, a text and its source, the slide that ward officers write most."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PIL import Image

from signage.domain.sentences import N_
from signage.render.fitting import Block, TooMuch, fit, loosened
from signage.render.furniture import (
    BODY,
    SOURCE,
    TITLE,
    body_faces,
    draw_source_on_screen,
    draw_woven_band,
    fit_source,
    margin,
    no_larger,
    title_faces,
)
from signage.render.headed import headed, is_strip
from signage.render.layout import Illegible, Layout, Page, Paged, too_much
from signage.render.portions import portions_of_text
from signage.render.sheet import Sheet
from signage.render.stack import draw_stack, text_part
from signage.render.typefaces import Face

# How much larger a heading is than its text, at best.
_TITLE_TO_BODY = 1.35


class _Setting(NamedTuple):
    title: Block
    body: Block


def _draw(page: Page) -> Image.Image:
    if is_strip(page):
        return _on_strip(page)
    return _on_board(page) if page.led else _on_screen(page)


def _on_strip(page: Page) -> Image.Image:
    sheet, room = headed(page, page.words["title"], field=TITLE, source=page.words["source"])
    draw_stack(page, sheet, room, [text_part(page, page.words["body"], BODY)], gap=0)
    return sheet.finished()


def _on_screen(page: Page) -> Image.Image:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    source = fit_source(page, width - 2 * side)
    foot = draw_source_on_screen(sheet, page, source)
    above, below, gap = page.px(58), page.px(46), page.px(56)
    frame = above + below + page.px(44) + gap
    set_ = _fit(page, width - 2 * side, foot - frame, height * 2 // 5)
    band = above + set_.title.height + below
    sheet.fill((0, 0, width, band), page.look.band)
    sheet.write(set_.title, side, above, ink=page.look.band_ink, paper=page.look.band)
    top = draw_woven_band(sheet, page, band, page.look.band) + gap // 2
    sheet.write(set_.body, side, _middle(set_.body, top, foot), ink=page.look.ink)
    return sheet.finished()


def _on_board(page: Page) -> Image.Image:
    side, (width, height) = margin(page), page.size
    sheet = Sheet(page.size, page.look.paper)
    source = fit_source(page, width - 2 * side)
    pad, line, air = max(1, height // 90), max(1, height // 90), max(1, height // 48)
    foot = height - pad - (source.height + air if source else 0)
    set_ = _fit(page, width - 2 * side, foot - 3 * pad - line - air, height // 2)
    band = set_.title.height + 2 * pad
    sheet.fill((0, 0, width, band), page.look.band)
    sheet.fill((0, band, width, band + line), page.look.accent)
    sheet.write(set_.title, side, pad, ink=page.look.band_ink, paper=page.look.band)
    sheet.write(
        set_.body, side, _middle(set_.body, band + line + pad + air, foot), ink=page.look.ink
    )
    if source:
        sheet.write(source, side, height - pad - source.height, ink=page.look.quiet)
    return sheet.finished()


def _middle(block: Block, top: int, bottom: int) -> int:
    """Return the top of `block` so that its visible letters stand midway, a little high."""
    free = bottom - top - block.height
    return top + max(0, round(free * 0.45))


def _fit(page: Page, width: int, room: int, most_title: int) -> _Setting:
    """Set heading and body so that both are large: a huge heading over tiny text is no notice."""
    settings: list[_Setting] = []
    much: Illegible | None = None
    for faces in _smaller_and_smaller(title_faces(page)):
        try:
            title = fit(page.words["title"], (width, most_title), faces, lines=3, even=True)
        except TooMuch as error:
            much = much or too_much(page, error.words, field=TITLE)
            continue
        try:
            bodies = no_larger(body_faces(page), title.face.size)
            body = fit(page.words["body"], (width, room - title.height), bodies)
        except TooMuch as error:
            much = too_much(page, error.words, field=BODY)
            continue
        settings.append(_Setting(title, loosened(body, room - title.height)))
    if not settings:
        raise much or too_much(page, 0, field=BODY)
    return max(settings, key=_worth)


def _worth(setting: _Setting) -> tuple[float, int]:
    title, body = setting.title.face.size, setting.body.face.size
    return min(title, body * _TITLE_TO_BODY) + body * _TITLE_TO_BODY, title


def _smaller_and_smaller(faces: Sequence[Face]) -> Iterator[Sequence[Face]]:
    step = max(1, len(faces) // 4)
    for start in range(0, len(faces), step):
        yield faces[start:]
    yield faces[-1:]


LAYOUT = Layout(
    name="notice",
    title=N_("Thông báo"),
    description=N_("Tiêu đề, nội dung và nguồn tin. Dòng bắt đầu bằng “-” thành gạch đầu dòng."),
    fields=(TITLE, BODY, SOURCE),
    picture=False,
    draw=_draw,
    paged=Paged(field=BODY.name, portions=portions_of_text, mark=TITLE.name),
)
