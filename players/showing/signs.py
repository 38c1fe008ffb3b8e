"""Pictures for who stands before a display with a ladder: its name over the picture, a test."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageDraw

from players.showing.plain import face_of, png, wrapped

BARS: Final = (
    (255, 255, 255), (255, 255, 0), (0, 255, 255), (0, 255, 0),
    (255, 0, 255), (255, 0, 0), (0, 0, 255), (0, 0, 0),
)  # fmt: skip
WHITE, BLACK, BLUE = (255, 255, 255), (0, 0, 0), (15, 60, 110)


def named(picture: Image.Image, words: str) -> bytes:
    """A PNG of `picture` with `words` on a band across its middle."""
    glass = picture.convert("RGB")
    _write_band(glass, words, BLUE)
    return png(glass, level=1)


def test_pattern(words: str, width: int, height: int) -> bytes:
    """A PNG of bars, a ramp of grey, a frame one pixel wide and a cross; its size stands in it."""
    glass = Image.new("RGB", (width, height), BLACK)
    draw = ImageDraw.Draw(glass)
    for number, colour in enumerate(BARS):
        left, right = width * number // 8, width * (number + 1) // 8
        draw.rectangle((left, 0, right, height * 2 // 3), fill=colour)
    for x in range(width):
        grey = x * 255 // max(1, width - 1)
        draw.line((x, height * 2 // 3, x, height), fill=(grey, grey, grey))
    draw.line((0, 0, width - 1, height - 1), fill=WHITE)
    draw.line((0, height - 1, width - 1, 0), fill=WHITE)
    draw.rectangle((0, 0, width - 1, height - 1), outline=(255, 0, 0))
    _write_band(glass, f"{words}\n{width}×{height}", BLACK)
    return png(glass, level=1)


def _write_band(glass: Image.Image, words: str, ground: tuple[int, int, int]) -> None:
    """Words as large as a third of the height allows, centred on a band of `ground`."""
    width, height = glass.size
    size = max(8, height // 10)
    while True:
        letters = face_of(size, bold=True)
        lines = [line for part in words.splitlines() for line in wrapped(part, letters, width - 8)]
        ascent, descent = letters.getmetrics()
        tall = (ascent + descent) * len(lines)
        if size <= 8 or tall <= height * 2 // 5:
            break
        size -= 1
    top = max(0, (height - tall) // 2)
    draw = ImageDraw.Draw(glass)
    draw.rectangle((0, top - 2, width, top + tall + 2), fill=ground)
    for line in lines:
        left = (width - letters.getlength(line)) // 2
        draw.text((left, top), line, fill=WHITE, font=letters)
        top += ascent + descent
