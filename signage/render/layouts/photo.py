"""Photo: a picture beside or above a panel with its caption and source."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image

from signage.domain.fit import share_lost
from signage.domain.sentences import N_
from signage.render.colours import WHITE
from signage.render.contents import lay
from signage.render.fitting import Block, TooMuch, fit, loosened
from signage.render.furniture import CAPTION, SOURCE, body_faces, fit_source, margin, no_larger
from signage.render.layout import Illegible, Layout, Page, too_much
from signage.render.pictures import cover
from signage.render.sheet import Sheet
from signage.render.typefaces import Face


class _Panel(NamedTuple):
    """The caption's panel (mode P) at the right or at the foot, and the room left for the photo.

    Its words are set; `paint` draws it, once it is chosen.
    """

    paint: Callable[[], Image.Image]
    room: tuple[int, int]
    at: tuple[int, int]


def _draw(page: Page) -> Image.Image:
    picture = page.given_picture()
    panels: list[_Panel] = []
    much: Illegible | None = None
    for draw in (_beside, _below):
        try:
            panels.append(draw(page, picture.size))
        except Illegible as refusal:
            much = much or refusal
    if not panels:
        raise much or too_much(page, 0, field=CAPTION)
    panel = min(panels, key=lambda panel: share_lost(picture.size, panel.room))
    whole = Image.new("RGB", page.size)
    whole.paste(cover(picture, panel.room), (0, 0))
    lay(panel.paint(), whole, panel.at)
    return whole


def _beside(page: Page, picture_size: tuple[int, int]) -> _Panel:
    width, height = page.size
    wanted = round(height * picture_size[0] / picture_size[1])
    least, most = (0.4, 0.56) if page.led else (0.46, 0.66)
    photo = min(max(wanted, round(width * least)), round(width * most))
    panel = _column(page, (width - photo, height))
    return _Panel(panel, (photo, height), (photo, 0))


def _column(page: Page, size: tuple[int, int]) -> Callable[[], Image.Image]:
    """Set the panel beside the photo: caption midway, source at its foot."""
    width, height = size
    side = max(4, margin(page) // 2) if page.led else page.px(64)
    inner = width - 2 * side
    source = fit_source(page, inner)
    edge = side // 2 if page.led else side
    foot = height - edge - (source.height + edge if source else 0)
    caption = _fit_caption(page, (inner, foot - edge), _caption_faces(page))

    def paint() -> Image.Image:
        sheet = Sheet(size, page.look.band)
        sheet.fill((0, 0, 2 if page.led else page.px(10), height), page.look.accent)
        free = foot - edge - caption.height
        sheet.write(caption, side, edge + round(free * 0.42), ink=WHITE)
        if source:
            top = height - edge - source.height
            sheet.write(source, side, top, ink=page.look.band_quiet)
            if not page.led:
                sheet.fill((side, foot, width - side, foot + page.px(2)), page.look.band_quiet)
        return sheet.finished()

    return paint


def _below(page: Page, picture_size: tuple[int, int]) -> _Panel:  # noqa: ARG001 - same shape as _beside
    width, height = page.size
    side = margin(page)
    pad = max(1, height // 90) if page.led else page.px(34)
    source = fit_source(page, width - 2 * side)
    under = (source.height + pad) if source else 0
    room = (width - 2 * side, height * 2 // 5 - under - 2 * pad)
    caption = _fit_caption(page, room, _caption_faces(page), lines=2)
    tall = caption.height + under + 2 * pad

    def paint() -> Image.Image:
        sheet = Sheet((width, tall), page.look.band)
        sheet.fill((0, 0, width, max(1, pad // 4)), page.look.accent)
        sheet.write(caption, side, pad, ink=WHITE)
        if source:
            sheet.write(source, side, tall - pad - source.height, ink=page.look.band_quiet)
        return sheet.finished()

    return _Panel(paint, (width, height - tall), (0, height - tall))


def _caption_faces(page: Page) -> Sequence[Face]:
    """Return the faces for captions: the picture speaks first, so they stay smaller than text."""
    return no_larger(body_faces(page), 24 if page.led else page.px(60))


def _fit_caption(
    page: Page, room: tuple[int, int], faces: Sequence[Face], *, lines: int = 99
) -> Block:
    try:
        block = fit(page.words["caption"], room, faces, lines=lines, even=lines < 99)
    except TooMuch as much:
        raise too_much(page, much.words, field=CAPTION) from None
    return loosened(block, room[1])


LAYOUT = Layout(
    name="photo",
    title=N_("Ảnh có chú thích"),
    description=N_("Một ảnh với chú thích và nguồn tin ở bên cạnh hoặc phía dưới."),
    fields=(CAPTION, SOURCE),
    picture=True,
    draw=_draw,
)
