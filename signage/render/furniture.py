"""What several layouts share: heading band, source line, margins and the faces of each part."""

from collections.abc import Sequence
from contextlib import suppress

from signage.domain.sentences import N_
from signage.render.colours import Colour
from signage.render.fitting import Block, TooMuch, fit
from signage.render.layout import Field, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.ornaments import WOVEN_ROWS, woven_band
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, MEDIUM, REGULAR, SEMIBOLD, Face

TITLE = Field(name="title", label=N_("Tiêu đề"), most=120)
BODY = Field(name="body", label=N_("Nội dung"), most=1200, rows=6)
CAPTION = Field(name="caption", label=N_("Chú thích ảnh"), most=240, rows=3)
SOURCE = Field(name="source", label=N_("Nguồn tin"), most=120, required=False)


def margin(page: Page) -> int:
    """Return the free space at the sides of `page` in px."""
    return max(3, page.size[1] // 24) if page.led else page.px(104)


def title_faces(page: Page) -> tuple[Face, ...]:
    """Return the faces for headings, largest first."""
    if page.led:
        return _faces(page, max(24, page.size[1] // 5), least_size(page.profile), BOLD)
    least = max(round(least_size(page.profile) * 1.3), page.px(56))
    return _faces(page, page.px(104), least, BOLD)


def body_faces(page: Page) -> tuple[Face, ...]:
    """Return the faces for running text, largest first."""
    if page.led:
        return _faces(page, max(24, page.size[1] // 6), least_size(page.profile), BOLD)
    # Smaller letters could be read, but a wall of text is not.
    least = max(least_size(page.profile), page.px(44))
    return _faces(page, page.px(96), least, MEDIUM)


def fine_faces(page: Page) -> tuple[Face, ...]:
    """Return the faces for sources and labels, largest first."""
    least = least_size(page.profile, "fine")
    most = page.size[1] // 11 if page.led else page.px(34)
    return _faces(page, most, least, REGULAR if page.led else SEMIBOLD)


def _faces(page: Page, most: int, least: int, weight: int) -> tuple[Face, ...]:
    return ladder(page.led, max(most, least), least, weight)


def no_larger(faces: Sequence[Face], size: int) -> Sequence[Face]:
    """Return those of `faces` (largest first) up to `size` px, at least the smallest."""
    return tuple(face for face in faces if face.size <= size) or faces[-1:]


def fit_source(
    page: Page, width: int, *, text: str | None = None, label: str = "Nguồn"
) -> Block | None:
    """Set the source within `width` px, with its label where there is room; None without one."""
    source = page.words.get("source", "") if text is None else text
    if not source:
        return None
    faces, room = fine_faces(page), (width, page.size[1])
    for words in (f"{label}: {source}", source) if label else (source,):
        with suppress(TooMuch):
            return fit(words, room, faces, lines=1)
    try:
        return fit(source, room, faces, lines=2, even=True)
    except TooMuch as much:
        raise too_much(page, much.words, field=SOURCE) from None


def draw_woven_band(sheet: Sheet, page: Page, top: int, ground: Colour) -> int:
    """Draw the woven band across `page` from `top`; return its lower edge."""
    stitch = page.px(4)
    bottom = top + WOVEN_ROWS * stitch + 2 * stitch
    sheet.fill((0, top, page.size[0], bottom), ground)
    first, second = woven_band(page.size[0], stitch)
    sheet.stamp(first, 0, top + stitch, ink=page.look.accent, paper=ground)
    sheet.stamp(second, 0, top + stitch, ink=(236, 112, 84), paper=ground)
    return bottom


def draw_source_on_screen(sheet: Sheet, page: Page, source: Block | None) -> int:
    """Draw the foot of a screen slide; return where the room above it ends."""
    width, height = page.size
    side = margin(page)
    if source is None:
        return height - page.px(72)
    y = height - page.px(44) - source.height
    sheet.write(source, side, y, ink=page.look.quiet)
    rule = y - page.px(22)
    sheet.fill((side, rule, width - side, rule + page.px(2)), page.look.rule)
    return rule - page.px(24)
