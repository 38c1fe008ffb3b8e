"""Rasterises an SVG drawing; nothing of the drawing itself is kept."""

import html
import io
import re
import sys
import zlib

import resvg_py
from PIL import Image

from signage.ingest.child import Line, Stop
from signage.ingest.children.pictures import prepare
from signage.render.clean_copy import clean_of
from signage.render.typefaces import NOTO_SANS

MAX_SVG_BYTES = 5_000_000
SIDE = 1920
"""The longer side of the picture, in px."""
MAX_SHAPE = 20
_ROOT = re.compile(r"<(?:[\w.-]+:)?svg\b[^>]*>", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9.]+(?:e[+-]?\d+)?)\s*(?:px|pt|pc|mm|cm|in)?\s*$", re.IGNORECASE)
_HREF = re.compile(r"((?:xlink:)?href\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


def run(line: Line) -> None:
    """Tell the picture as the picture decoder does, and the drawing's `text`."""
    prepare()
    data = sys.stdin.buffer.read(MAX_SVG_BYTES + 1)
    if len(data) > MAX_SVG_BYTES:
        raise Stop("too_costly")
    drawing = _tame(data)
    width, height = _size_of(drawing)
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=drawing,
            width=width,
            height=height,
            skip_system_fonts=True,
            font_files=[str(NOTO_SANS)],
            font_family="Noto Sans",
            sans_serif_family="Noto Sans",
            serif_family="Noto Sans",
            monospace_family="Noto Sans",
        )
    except (ValueError, zlib.error):
        raise Stop("drawing") from None
    copy = clean_of(Image.open(io.BytesIO(png), formats=("PNG",)), photo=False)
    words = {
        "media_type": copy.media_type,
        "width": copy.width,
        "height": copy.height,
        "moves": False,
        "text": html.unescape(_TAGS.sub("\n", drawing)),
    }
    line.tell(words, copy.data)


def _tame(data: bytes) -> str:
    """Return the drawing without document type and without ways to other files."""
    try:
        drawing = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Stop("drawing") from None
    if "<!ENTITY" in drawing:
        raise Stop("drawing")
    return _HREF.sub(_kept_inside, drawing)


def _kept_inside(reference: re.Match[str]) -> str:
    target = html.unescape(reference[2][1:-1]).strip()
    return reference[0] if target.startswith(("#", "data:image/")) else f'{reference[1]}"#"'


def _size_of(drawing: str) -> tuple[int, int]:
    """Return the size of the picture in px, with the drawing's own shape."""
    root = _ROOT.search(drawing)
    if root is None:
        raise Stop("drawing")
    width, height = (_length(root[0], name) for name in ("width", "height"))
    box = re.search(r"viewBox\s*=\s*[\"']([^\"']*)", root[0])
    sides = [part for part in re.split(r"[\s,]+", box[1].strip()) if part] if box else []
    if not (width and height) and len(sides) == 4:
        width, height = (_number(side) for side in sides[2:])
    if not (width and height):
        width, height = 1.0, 1.0
    if not 1 / MAX_SHAPE <= width / height <= MAX_SHAPE:
        raise Stop("drawing")
    scale = SIDE / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _length(root: str, name: str) -> float:
    found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)", root)
    length = _LENGTH.match(found[1]) if found else None
    return _number(length[1]) if length else 0.0


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1e9)
    except ValueError:
        return 0.0
