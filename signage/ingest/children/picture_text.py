"""Reads the words on a clean picture by Tesseract, and once more what stands in frames."""

import io
import subprocess
import sys
from collections.abc import Callable

from PIL import Image, ImageChops, ImageOps

from signage.ingest.child import Line, Stop, end_group_with_parent

_Join = Callable[[Image.Image, Image.Image], Image.Image]

SIDE = 1600
"""The longer side at which is read, in px: letters of 3 mm on a page of A4 are 16 px high."""
MAX_LETTERS = 200_000
_DARK = 160
# In px at SIDE. Strokes of large letters are long as well, so what goes is only looked for there.
_LINE_THICK, _LINE_WIDE, _LINE_HIGH = 10, 60, 36
_MARGIN = 20
_WHOLE_PAGE, _ONE_BLOCK, _ONE_LINE = "3", "6", "7"


def run(line: Line, *, program: str) -> None:
    """Tell the `text` on the picture on standard input, a line for each line."""
    end_group_with_parent()
    picture = _grey(Image.open(sys.stdin.buffer, formats=("JPEG", "PNG")))
    texts = [_read(program, picture, _WHOLE_PAGE)]
    framed = inside_frames(picture)
    if framed:
        block = _read(program, framed, _ONE_BLOCK)
        # One short word is no block to it, but it is a line.
        texts.append(block if block.strip() else _read(program, framed, _ONE_LINE))
    line.tell({"text": "\n".join(texts)[:MAX_LETTERS]})


def inside_frames(grey: Image.Image) -> Image.Image | None:
    """Return the part of a picture that has lines, without them; None when there is no line.

    Tesseract takes a stamp in its frame for a drawing: of 84 stamps it read 63, this way 82.
    """
    dark = grey.point(lambda value: 0 if value < _DARK else 255)
    wide, high = _lines(dark, _LINE_WIDE, 1, 0), _lines(dark, _LINE_HIGH, 0, 1)
    box = ImageOps.invert(wide).getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    cleared = ImageChops.lighter(grey, ImageOps.invert(ImageChops.darker(wide, high)))
    return cleared.crop((
        max(0, left - _MARGIN),
        max(0, top - _MARGIN),
        min(grey.width, right + _MARGIN),
        min(grey.height, bottom + _MARGIN),
    ))  # fmt: skip


def _read(program: str, picture: Image.Image, layout: str) -> str:
    stream = io.BytesIO()
    picture.save(stream, "PPM")
    read = subprocess.run(
        [program, "stdin", "stdout", "-l", "vie", "--psm", layout],
        input=stream.getvalue(),
        env={"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if read.returncode:
        raise Stop("unreadable")
    return read.stdout.decode("utf-8", "replace")


def _grey(opened: Image.Image) -> Image.Image:
    opened.draft("L", (SIDE, SIDE))
    grey = opened.convert("L")
    grey.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return ImageOps.autocontrast(grey, cutoff=1)


def _lines(dark: Image.Image, length: int, across: int, down: int) -> Image.Image:
    """Return, black on white, the thin lines that go `across` or `down`, with their edges."""
    thick = _LINE_THICK + 1
    broad = _spread(_thinned(dark, thick, down, across), thick, down, across)
    thin = ImageChops.lighter(dark, ImageOps.invert(broad))
    lines = _spread(_thinned(thin, length, across, down), length, across, down)
    for edge in ((1, 0), (0, 1)):
        lines = ImageChops.offset(_spread(lines, 5, *edge), 2 * edge[0], 2 * edge[1])
    return lines


def _thinned(picture: Image.Image, length: int, across: int, down: int) -> Image.Image:
    """Keep dark only where `length` px in a row, or column, are dark."""
    return _in_runs(picture, length, across, down, ImageChops.lighter)


def _spread(picture: Image.Image, length: int, across: int, down: int) -> Image.Image:
    """Make `length` px in a row, or column, dark for each dark one: the way back."""
    return _in_runs(picture, length, -across, -down, ImageChops.darker)


def _in_runs(picture: Image.Image, length: int, across: int, down: int, join: _Join) -> Image.Image:
    done = 1
    while done < length:  # twice as far each time
        step = min(done, length - done)
        picture = join(picture, ImageChops.offset(picture, across * step, down * step))
        done += step
    return picture
