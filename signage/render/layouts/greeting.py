"""Greeting: good wishes for Tết and feast days, in large letters among motifs of the day."""

from PIL import Image

from signage.domain.sentences import N_
from signage.render.colours import Colour
from signage.render.festive import Corner, Scene, scene_for
from signage.render.fitting import Block, TooMuch, fit, loosened
from signage.render.furniture import fit_source, margin
from signage.render.headed import is_strip
from signage.render.layout import Field, Layout, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.motifs import star
from signage.render.sheet import Box, Sheet
from signage.render.typefaces import BOLD

_TEXT = Field(name="text", label=N_("Lời chúc"), most=160, rows=3)
_SENDER = Field(name="sender", label=N_("Người chúc"), most=120, required=False)


def _draw(page: Page) -> Image.Image:
    scene = scene_for(page.words["text"])
    ground = page.look.paper if page.led else scene.paper
    sheet = Sheet(page.size, ground)
    box = _garlands(sheet, page, scene) if page.led else _corners(sheet, page, scene)
    left, top, right, bottom = box
    source = fit_source(page, right - left, text=page.words["sender"], label="")
    gap = max(1, page.size[1] // 40)
    foot = bottom - (source.height + gap if source else 0)
    block = _fit(page, (right - left, foot - top))
    middle = (left + right) // 2
    y = top + max(0, (foot - top - block.height) // 2)
    sheet.write(block, middle, y, ink=scene.ink, paper=ground, centred=True)
    if source:
        # Right under the wish, as one signs a card.
        y = min(foot + gap, y + block.height + 2 * gap)
        ink: Colour = page.look.quiet if page.led else scene.quiet
        sheet.write(source, middle, y, ink=ink, paper=ground, centred=True)
    return sheet.finished()


def _fit(page: Page, room: tuple[int, int]) -> Block:
    least = least_size(page.profile) if page.led else round(least_size(page.profile) * 1.4)
    most = max(least, page.size[1] // 4 if page.led else page.px(150))
    try:
        block = fit(page.words["text"], room, ladder(page.led, most, least, BOLD), even=True)
    except TooMuch as much:
        raise too_much(page, much.words, field=_TEXT) from None
    return loosened(block, room[1])


def _garlands(sheet: Sheet, page: Page, scene: Scene) -> Box:
    """Draw a row of small motifs at head and foot of a board; return the room between."""
    width, height = page.size
    mask = scene.garland(max(1, height // 96))
    size = mask.height
    count = max(2, width // (size * 3))
    step = (width - size) / (count - 1) if count > 1 else 0
    for top in (1, height - size - 1):
        for number in range(count):
            sheet.stamp(mask, round(number * step), top, ink=scene.motif)
    side = margin(page)
    return side, size + 3, width - side, height - size - 3


def _corners(sheet: Sheet, page: Page, scene: Scene) -> Box:
    """Draw the motifs into two corners of a screen; return the room that stays clear of them."""
    width, height = page.size
    strip, tall = is_strip(page), height > width
    share = 0.92 if strip else scene.reach
    side = round(width * 0.6) if tall else round(height * share)
    for corner in (
        Corner(0, height - side, side, False, scene.paper),
        Corner(width - side, 0, side, True, scene.paper),
    ):
        scene.corner(sheet, corner)
    inset, air = side if strip else margin(page), page.px(70)
    box = (inset, air, width - inset, height - air)
    if tall:
        return margin(page), side, width - margin(page), height - side
    if not strip:
        box = (round(side * 0.8), round(height * 0.16), width - round(side * 0.8),
               height - round(height * 0.16))  # fmt: skip
    return _under_star(sheet, page, scene, box) if scene.star_above and not strip else box


def _under_star(sheet: Sheet, page: Page, scene: Scene, box: Box) -> Box:
    left, top, right, bottom = box
    size = page.px(170)
    sheet.stamp(star(size), (left + right - size) // 2, top - page.px(40), ink=scene.motif)
    return left, top + size - page.px(20), right, bottom


LAYOUT = Layout(
    name="greeting",
    title=N_("Chúc mừng"),
    description=N_("Lời chúc Tết và ngày lễ; hoa văn chọn theo lời chúc: Tết, Quốc khánh, …"),
    fields=(_TEXT, _SENDER),
    picture=False,
    draw=_draw,
)
