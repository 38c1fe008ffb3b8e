"""A sheet: a page of flat colours, drawn as palette indexes, so that its PNG is small and quick."""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from signage.render.colours import Colour, blend, contrast, luminance
from signage.render.contents import Contents, Standing, Written, contrast_of, keep_contents
from signage.render.fitting import Block
from signage.render.masks import looked_up
from signage.render.rows import Row

Box = tuple[int, int, int, int]

# Steps between paper and ink along the edge of a letter; more can't be seen on any screen.
_STEPS = 15
_MAX_COLOURS = 256


class Sheet:
    """A page of `size` px, filled with `paper`.

    Every (paper, ink) pair that letters are set in gets its own ramp of colours, so nothing is
    ever quantised and the same words give the same pixels.
    """

    def __init__(self, size: tuple[int, int], paper: Colour) -> None:
        self.size = size
        self.paper = paper
        self._colours: dict[Colour, int] = {paper: 0}
        self._ramps: dict[tuple[Colour, Colour], bytes] = {}
        self._index = Image.new("L", size, 0)
        self._pen = ImageDraw.Draw(self._index)
        self._blocks: list[tuple[Block, Image.Image, tuple[int, int]]] = []
        self._modules: list[int] = []
        self._standing: list[Standing] = []
        self._figures: list[Written] = []

    def fill(self, box: Box, colour: Colour) -> None:
        """Fill `box` (left, top, right, bottom; right and bottom outside) with `colour`."""
        left, top, right, bottom = box
        if right > left and bottom > top:
            self._pen.rectangle((left, top, right - 1, bottom - 1), self._number(colour))

    def write(
        self,
        block: Block,
        x: int,
        y: int,
        *,
        ink: Colour,
        paper: Colour | None = None,
        centred: bool = False,
    ) -> None:
        """Draw `block` with its top left at `x`, `y`; `centred` centres every line about `x`."""
        mask = Image.new("L", (block.width + 2, block.height))
        pen = ImageDraw.Draw(mask)
        for line in block.lines:
            left = (block.width - line.width) // 2 if centred else line.x
            if line.marker:
                block.face.draw(pen, 0, line.baseline, line.marker)
            block.face.draw(pen, left, line.baseline, line.text)
        at = (x - block.width // 2 if centred else x, y)
        self.stamp(mask, *at, ink=ink, paper=paper)
        if mask.getbbox():
            self._blocks.append((block, mask, at))

    def stamp(
        self, mask: Image.Image, x: int, y: int, *, ink: Colour, paper: Colour | None = None
    ) -> None:
        """Lay `ink` where `mask` (mode L) has ink, at `x`, `y`, over flat `paper`."""
        table = self._ramp(self.paper if paper is None else paper, ink)
        self._index.paste(looked_up(mask, table), (x, y), looked_up(mask, _INKED))

    def stand(
        self,
        row: Row,
        box: tuple[int, int, int],
        *,
        ink: Colour,
        paper: Colour | None = None,
        align: str = "left",
        to: int | None = None,
        then: Sequence[str] = (),
    ) -> None:
        """Have `row` stand in `box` (left, top, width) over flat `paper`; nothing is drawn here.

        `to` and `then` are those of a countdown.
        """
        ground = self.paper if paper is None else paper
        self._standing.append(
            Standing(
                sheet=self._glyphs(row, ground, ink),
                glyphs=row.glyphs,
                left=box[0],
                top=box[1],
                width=box[2],
                align=align,
                says=row.says,
                to=to,
                then=tuple(then),
            )
        )
        self._figures.append(Written(row.sample, contrast(ground, ink)))

    def note_code(self, module: int) -> None:
        """Remember that a code such as QR was stamped, with modules of `module` px."""
        self._modules.append(module)

    def finished(self) -> Image.Image:
        """Return the page as a palette picture (mode P); the sheet is used up."""
        picture, light = self._index, [luminance(colour) for colour in self._colours]
        written = tuple(
            Written(block, contrast_of(picture, mask, at, light))
            for block, mask, at in self._blocks
        )
        self._blocks.clear()
        standing = tuple(self._standing)
        contents = Contents((*written, *self._figures), tuple(self._modules), standing)
        keep_contents(picture, contents)
        picture.putpalette([channel for colour in self._colours for channel in colour])
        return picture

    @staticmethod
    def _glyphs(row: Row, paper: Colour, ink: Colour) -> Image.Image:
        """Return the glyphs of a row side by side, as they look on `paper`."""
        mask = row.mask()
        sheet = Sheet(mask.size, paper)
        sheet.stamp(mask, 0, 0, ink=ink)
        return sheet.finished()

    def _ramp(self, paper: Colour, ink: Colour) -> bytes:
        if (paper, ink) not in self._ramps:
            numbers = [self._number(colour) for colour in _shades(paper, ink)]
            self._ramps[paper, ink] = bytes(numbers[step] for step in _steps_of_coverage())
        return self._ramps[paper, ink]

    def _number(self, colour: Colour) -> int:
        number = self._colours.setdefault(colour, len(self._colours))
        if number >= _MAX_COLOURS:
            raise AssertionError("a layout uses more colours than a palette holds")
        return number


@lru_cache(maxsize=512)
def _shades(paper: Colour, ink: Colour) -> tuple[Colour, ...]:
    """Return the colours from paper to ink, of which a house has few pairs."""
    return tuple(blend(paper, ink, step / _STEPS) for step in range(_STEPS + 1))


# The lowest coverage that shows; below it the paper's own index would be painted over a neighbour.
_INKED = bytes(0 if value * _STEPS < 128 else 255 for value in range(256))


@lru_cache(maxsize=1)
def _steps_of_coverage() -> list[int]:
    return [(value * _STEPS + 127) // 255 for value in range(256)]
