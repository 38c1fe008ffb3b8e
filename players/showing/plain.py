"""Pictures the player draws itself: a calm one, and the words of an alert without its page."""

import io
import math
from typing import Final

from PIL import Image, ImageDraw, ImageFont

RED: Final = (176, 0, 16)
PURPLE: Final = (84, 20, 128)
DRILL: Final = "DIỄN TẬP"
SMALLEST: Final = 8
WHITE: Final = (255, 255, 255)
_SKY: Final = ((18, 58, 84), (64, 124, 138))
_HILLS: Final = ((38, 92, 98), (28, 74, 80), (18, 54, 60))


def calm(width: int, height: int) -> bytes:
    """A PNG of evening hills: no words, so that it gives nothing away and needs no language."""
    sky = Image.new("RGB", (1, 2))
    sky.putdata(_SKY)
    picture = sky.resize((width, height), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(_HILLS):
        ground = height * (0.62 + 0.13 * number)
        ridge = [
            (
                x,
                ground
                - height * 0.07 * math.sin(x / width * (5.0 - number) + 1.7 * number)
                - height * 0.03 * math.sin(x / width * 11 + number),
            )
            for x in range(0, width + 8, 4)
        ]
        draw.polygon([(0, height), *ridge, (width, height)], fill=colour)
    return png(picture, level=1)


def dark(width: int, height: int) -> bytes:
    """A PNG of a glass that is kept dark."""
    return png(Image.new("RGB", (width, height)), level=1)


def words(text: str, width: int, height: int, *, drill: bool = False) -> bytes:
    """A PNG of `text`, white on red, as large as it fits; the first line is the headline, larger
    than the rest. A drill is of another colour, and its first line says so.
    """
    text = f"{DRILL}\n{text}" if drill else text
    picture = Image.new("RGB", (width, height), PURPLE if drill else RED)
    draw = ImageDraw.Draw(picture)
    headline, _, body = text.partition("\n")
    margin = max(1, height // 24)
    lines: list[tuple[str, ImageFont.FreeTypeFont]] = []
    total = 0
    for size in _sizes(height):
        lines = _set(headline, body, size, width - 2 * margin)
        total = sum(_line_height(face) for _, face in lines)
        widest = max((face.getlength(line) for line, face in lines), default=0)
        if size == SMALLEST or (total <= height - 2 * margin and widest <= width - 2 * margin):
            break
    top = max(margin, (height - total) // 2)
    for line, face in lines:
        draw.text(((width - face.getlength(line)) // 2, top), line, fill=WHITE, font=face)
        top += _line_height(face)
    return png(picture.quantize(16), level=6)


def _set(
    headline: str, body: str, size: int, width: int
) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    large, small = face_of(size, bold=True), face_of(max(SMALLEST, size * 2 // 3), bold=False)
    lines = [(line, large) for line in wrapped(headline, large, width)]
    return lines + [(line, small) for line in wrapped(body, small, width)]


def _sizes(height: int) -> list[int]:
    largest = max(SMALLEST, height // 3)
    return [*range(largest, SMALLEST, -max(1, largest // 40)), SMALLEST]


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and face.getlength(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        if line:
            lines.append(line)
    return lines


def _line_height(face: ImageFont.FreeTypeFont) -> int:
    ascent, descent = face.getmetrics()
    return ascent + descent


def face_of(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    import fontpkg_noto_sans

    path = fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"
    face = ImageFont.truetype(str(path), size)
    face.set_variation_by_axes([800, 100] if bold else [650, 100])  # weight, width
    return face


def png(picture: Image.Image, *, level: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=level)
    return file.getvalue()
