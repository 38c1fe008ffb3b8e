"""Blocks of words drawn on a sheet as a layout would, for the tests of each rule."""

from signage.render.colours import BLACK, WHITE, Colour
from signage.render.contents import contents_of
from signage.render.findings.attribution import Told, attributed
from signage.render.fitting import fit
from signage.render.sheet import Sheet
from signage.render.typefaces import Face


def told(
    text: str,
    face: Face,
    *,
    field: str = "body",
    ink: Colour = WHITE,
    paper: Colour = BLACK,
    under: Colour | None = None,
) -> list[Told]:
    """`text` in one line of `face`; `under` is what really is behind it."""
    block = fit(text, (4000, 2000), (face,), lines=1)
    sheet = Sheet((block.width + 8, block.height + 8), paper)
    if under is not None:
        sheet.fill((0, 0, *sheet.size), under)
    sheet.write(block, 4, 4, ink=ink, paper=paper)
    return attributed(contents_of(sheet.finished()).written, {field: text})
