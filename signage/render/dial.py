"""The forest-fire dial: a white half-circle with a red rim, Roman numerals and an arrow."""

import math
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

from signage.render.colours import WHITE, Colour
from signage.render.fitting import Block, fit
from signage.render.layout import Page
from signage.render.legibility import ladder, least_size
from signage.render.masks import from_on, looked_up
from signage.render.motifs import stitched
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD

NUMERALS = ("I", "II", "III", "IV", "V")
# The sign of Decree 156/2018/NĐ-CP, article 46: 2.5 m across, 1.8 m of it white inside the rim.
_INNER = 1.8 / 2.5
# Not a colour of the risk palette: a dial at V is no disaster of level 4.
RIM: Colour = (206, 32, 41)
ARROW: Colour = (24, 32, 38)
_SUPERSAMPLING = 4
# How high a numeral may be in the rim, and how wide, as shares of the rim and of the radius.
_CAP_IN_RIM, _SECTOR = 0.62, 0.4
_TINY_V = ("#...#", "#...#", "#...#", ".#.#.", ".#.#.", "..#..", "..#..")
_CRISP_BELOW = 120  # px of radius: on a board half-lit dots only blur


def draw_dial(sheet: Sheet, page: Page, level: int, centre: int, base: int, radius: int) -> None:
    """Draw the dial at `level` 1 to 5, its flat side on row `base`, centred about column `centre`.

    It takes 2 * `radius` px by `radius` px.
    """
    inner = round(radius * _INNER)
    top = base - radius
    crisp = page.led and radius < _CRISP_BELOW
    sheet.stamp(_half_disc(radius, crisp), centre - radius, top, ink=RIM)
    white = _half_disc(inner, crisp)
    sheet.stamp(white, centre - inner, base - inner, ink=WHITE, paper=RIM)
    sheet.stamp(_spokes(radius, inner, crisp), centre - radius, top, ink=WHITE, paper=RIM)
    _draw_numerals(sheet, page, (centre, base), radius, inner)
    arrow = _arrow(inner, level, crisp)
    sheet.stamp(arrow, centre - inner, base - inner, ink=ARROW, paper=WHITE)


def _angle(level: int) -> float:
    """Return the direction of a level's sector in radians; I lies at the left, V at the right."""
    return math.radians(180 - (level - 0.5) * 180 / len(NUMERALS))


def _draw_numerals(
    sheet: Sheet, page: Page, pivot: tuple[int, int], radius: int, inner: int
) -> None:
    blocks = _numerals(page, radius, radius - inner)
    for number, numeral in enumerate(NUMERALS, 1):
        angle, far = _angle(number), (radius + inner) / 2
        x = round(pivot[0] + far * math.cos(angle))
        y = round(pivot[1] - far * math.sin(angle))
        if blocks:
            block = blocks[number - 1]
            y -= (block.cap_top + block.last_baseline) // 2
            sheet.write(block, x, y, ink=WHITE, paper=RIM, centred=True)
        else:
            mask = stitched(_tiny(numeral), 1)
            at = (x - mask.width // 2, y - mask.height // 2)
            sheet.stamp(mask, *at, ink=WHITE, paper=RIM)


def _numerals(page: Page, radius: int, ring: int) -> list[Block]:
    """Set the numerals in one face that stands within the rim; none where the rim is too thin."""
    least = least_size(page.profile, "fine")
    for face in ladder(page.led, max(least, round(ring * 0.75)), least, BOLD):
        widest = face.length("III")
        if face.cap <= ring * _CAP_IN_RIM and widest <= radius * _SECTOR:
            return [fit(numeral, (widest, face.line), (face,), lines=1) for numeral in NUMERALS]
    return []


def _tiny(numeral: str) -> tuple[str, ...]:
    """Return a numeral dot by dot: like the marks of a clock, the arrow is read, not they."""
    return tuple(
        ".".join("#" if letter == "I" else leaning for letter in numeral) for leaning in _TINY_V
    )


@lru_cache(maxsize=32)
def _half_disc(radius: int, crisp: bool) -> Image.Image:
    def shape(pen: ImageDraw.ImageDraw, unit: int) -> None:
        pen.ellipse((0, 0, 2 * radius * unit - 1, 2 * radius * unit - 1), 255)

    return _drawn((2 * radius, radius), shape, crisp)


@lru_cache(maxsize=32)
def _spokes(radius: int, inner: int, crisp: bool) -> Image.Image:
    """Return the mask of the lines between the sectors of the rim."""

    def shape(pen: ImageDraw.ImageDraw, unit: int) -> None:
        for edge in range(1, len(NUMERALS)):
            angle = math.radians(180 - edge * 180 / len(NUMERALS))
            ends = [
                (radius * unit * (1 + far * math.cos(angle)),
                 radius * unit * (1 - far * math.sin(angle)))
                for far in (inner / radius, 1)
            ]  # fmt: skip
            pen.line(ends, 255, max(unit, radius * unit // 60))

    return _drawn((2 * radius, radius), shape, crisp)


@lru_cache(maxsize=64)
def _arrow(inner: int, level: int, crisp: bool) -> Image.Image:
    def shape(pen: ImageDraw.ImageDraw, unit: int) -> None:
        size, angle = inner * unit, _angle(level)
        along, across = (math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle))

        def at(far: float, aside: float) -> tuple[float, float]:
            return (
                size * (1 + far * along[0] + aside * across[0]),
                size * (1 + far * along[1] + aside * across[1]),
            )

        pen.polygon([at(0, 0.05), at(0.62, 0.035), at(0.62, -0.035), at(0, -0.05)], 255)
        pen.polygon([at(0.56, 0.12), at(0.93, 0), at(0.56, -0.12)], 255)
        hub = size * 0.13
        pen.ellipse((size - hub, size - hub, size + hub, size + hub), 255)

    return _drawn((2 * inner, inner), shape, crisp)


def _drawn(
    size: tuple[int, int], shape: Callable[[ImageDraw.ImageDraw, int], None], crisp: bool
) -> Image.Image:
    unit = _SUPERSAMPLING
    large = Image.new("L", (size[0] * unit, size[1] * unit))
    shape(ImageDraw.Draw(large), unit)
    mask = large.resize(size, Image.Resampling.BOX)
    return looked_up(mask, from_on(128)) if crisp else mask
