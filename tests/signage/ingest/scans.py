"""Pages as a scanner gives them: words that are pixels, a stamp in a frame, a little askew."""

import io

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from signage.render.typefaces import NOTO_SANS

RED, BLACK = (200, 20, 30), (30, 30, 30)
_MM = 1530 / 210


def scan(
    *lines: str, stamp: str = "", ink: tuple[int, int, int] = RED, askew: float = 0.7
) -> Image.Image:
    """The upper half of a page of A4 with `lines` of 13 points and perhaps a stamp."""
    page = Image.new("RGB", (1530, 1080), "white")
    draw = ImageDraw.Draw(page)
    face = ImageFont.truetype(NOTO_SANS, round(13 * _MM * 25.4 / 72))
    draw.text((30 * _MM, 20 * _MM), "ỦY BAN NHÂN DÂN", font=face, fill=BLACK)
    draw.text((30 * _MM, 28 * _MM), "PHƯỜNG PLEIKU", font=face, fill=BLACK)
    if stamp:
        # As the rules have it: letters 4 mm high, 2 mm away from the frame.
        large = ImageFont.truetype(NOTO_SANS, round(4 / 0.714 * _MM))
        place = (32 * _MM, 40 * _MM)
        left, top, right, bottom = draw.textbbox(place, stamp, font=large)
        gap = 2 * _MM
        draw.rectangle((left - gap, top - gap, right + gap, bottom + gap), outline=ink, width=4)
        draw.text(place, stamp, font=large, fill=ink)
    for number, line in enumerate(lines):
        draw.text((30 * _MM, (58 + 8 * number) * _MM), line, font=face, fill=BLACK)
    page = page.rotate(askew, fillcolor="white", resample=Image.Resampling.BICUBIC)
    return page.filter(ImageFilter.GaussianBlur(0.7))


def as_jpeg(page: Image.Image) -> bytes:
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=60)
    return stream.getvalue()


def as_pdf(*pages: Image.Image) -> bytes:
    """A PDF without a text layer."""
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=185)
    return stream.getvalue()
