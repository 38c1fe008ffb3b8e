"""Draws the pages of a PDF, one after another, each within its own processor time."""

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from signage.ingest.child import Line, Stop, allow_seconds
from signage.ingest.children.pdf_text import opened
from signage.render.clean_copy import clean_of

PAGE_SIDE = 2160
"""The longer side of a drawn page, in px: enough for a screen, and for a part of it."""
MAX_PAGE_SHAPE = 30
"""A page is at most this many times as long as it is wide."""
PAGE_SECONDS = 10
_DEPTH = 5


def run(line: Line, *, page_limit: int, first: int) -> None:
    """Tell pages from `first` (the first is 1) on: `page`, sizes in px, the clean picture.

    `pictured` says that words may stand in pictures. The first page counts always: there the
    marking stands, perhaps as a stamp that lies over the page.
    """
    allow_seconds(PAGE_SECONDS)
    pdf = opened(page_limit)
    pdf.init_forms()
    for number in range(first, len(pdf) + 1):
        allow_seconds(PAGE_SECONDS)
        copy = clean_of(_drawn(pdf, number), photo=False)
        words = {
            "page": number,
            "pictured": number == 1 or _is_pictured(pdf, number),
            "pages": len(pdf),
            "media_type": copy.media_type,
            "width": copy.width,
            "height": copy.height,
        }
        line.tell(words, copy.data)


def _is_pictured(pdf: pdfium.PdfDocument, number: int) -> bool:
    """Whether words may stand on the page that its text layer does not tell."""
    try:
        page = pdf[number - 1]
        pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEPTH)
        return next(pictures, None) is not None or not page.get_textpage().count_chars()
    except pdfium.PdfiumError:
        return True


def _drawn(pdf: pdfium.PdfDocument, number: int) -> Image.Image:
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        long, short = max(width, height), min(width, height)
        if short <= 0 or long / short > MAX_PAGE_SHAPE:
            raise Stop("bad_page", page=number)
        # Never at a fixed resolution: a page may claim to be a kilometre wide.
        bitmap = page.render(
            scale=PAGE_SIDE / long, may_draw_forms=True, rev_byteorder=True, prefer_bgrx=True
        )
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    except pdfium.PdfiumError:
        raise Stop("bad_page", page=number) from None
    page.close()
    return picture
