"""What stands on a drawn picture: the words with their faces and contrast, and the codes."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from players.contract.widgets import Glyph
from signage.render.fitting import Block
from signage.render.masks import from_on, looked_up

_KEPT_AS = "signage.contents"
# The core of a stroke, which the eye takes for its colour, has nearly all the ink there is in it.
_CORE_SHARE = 0.75
_FREE = bytes(255 if value == 0 else 0 for value in range(256))
# Words touch the edge of a band: a sliver of another colour is not what they are read against.
_LEAST_SHARE = 0.1
# Every second or third pixel of large letters tells as much as all of them.
_ENOUGH_PX = 120_000


class Written(NamedTuple):
    """A block of words as it was drawn; `contrast` is that of its pixels, 1 to 21 (WCAG 2.2)."""

    block: Block
    contrast: float

    @property
    def text(self) -> str:
        """The words of all lines, with their bullets and numbers."""
        return " ".join(f"{line.marker} {line.text}".strip() for line in self.block.lines)


class Standing(NamedTuple):
    """Figures that players copy onto the picture: a sheet of glyphs, and what stands where.

    `left` and `top` are px of the picture, `width` the room; the rest as in a contract's Widget.
    """

    sheet: Image.Image
    glyphs: tuple[Glyph, ...]
    left: int
    top: int
    width: int
    align: str
    says: tuple[str, ...]
    to: int | None = None
    then: tuple[str, ...] = ()


class Contents(NamedTuple):
    """All words and figures on a picture, and the side in px of one module of each code.

    `cut` is the share (0 to 1) of a photo that was cut off to fill the glass.
    """

    written: tuple[Written, ...] = ()
    modules: tuple[int, ...] = ()
    standing: tuple[Standing, ...] = ()
    cut: float = 0


def contents_of(picture: Image.Image) -> Contents:
    """Return what was drawn on `picture`; nothing for pictures that no sheet had a part in."""
    found = picture.info.get(_KEPT_AS)
    return found if isinstance(found, Contents) else Contents()


def keep_contents(picture: Image.Image, contents: Contents) -> None:
    """Add `contents` to what stands on `picture`."""
    kept = contents_of(picture)
    picture.info[_KEPT_AS] = Contents(
        kept.written + contents.written,
        kept.modules + contents.modules,
        kept.standing + contents.standing,
        max(kept.cut, contents.cut),
    )


def lay(part: Image.Image, on: Image.Image, at: tuple[int, int]) -> None:
    """Paste a finished sheet on the picture `on` (mode RGB), with what stands on it."""
    on.paste(part.convert("RGB"), at)
    contents = contents_of(part)
    moved = (one._replace(left=one.left + at[0], top=one.top + at[1]) for one in contents.standing)
    keep_contents(on, contents._replace(standing=tuple(moved)))


def contrast_of(
    index: Image.Image, mask: Image.Image, at: tuple[int, int], light: Sequence[float]
) -> float:
    """Return the contrast of the ink that `mask` (mode L) laid on `index` with its left top `at`.

    `index` (mode L) holds numbers of colours, whose luminances are `light`. Where words stand on
    several colours the worst counts; words that nothing of is to be seen have a contrast of 1.
    """
    drawn = index.crop((*at, at[0] + mask.width, at[1] + mask.height))
    step = max(1, round((mask.width * mask.height / _ENOUGH_PX) ** 0.5))
    if step > 1:
        small = (max(1, mask.width // step), max(1, mask.height // step))
        drawn = drawn.resize(small, Image.Resampling.NEAREST)
        mask = mask.resize(small, Image.Resampling.NEAREST)
    core = _CORE_SHARE * _strongest(mask)
    inked = looked_up(mask, from_on(math.ceil(core)))
    ink = drawn.histogram(inked)[: len(light)]
    paper = drawn.histogram(looked_up(mask, _FREE))[: len(light)]
    inks, papers = sum(ink), sum(paper)
    if not inks or not papers:
        return 1.0
    shown = sum(one * count for one, count in zip(light, ink, strict=True) if count) / inks
    least = _LEAST_SHARE * papers
    seen = [one for one, count in zip(light, paper, strict=True) if count >= least]
    return min((_ratio(shown, one) for one in seen), default=1.0)


def _strongest(mask: Image.Image) -> float:
    return max(1.0, *(float(value) for value in mask.getextrema() if not isinstance(value, tuple)))


def _ratio(one: float, other: float) -> float:
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)
