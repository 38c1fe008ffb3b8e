"""Reads how many pages a PDF has and what its text layer says; draws nothing."""

import sys

import pypdfium2 as pdfium

from signage.ingest.child import Line, Stop

MAX_LETTERS = 3_000_000
"""Of the whole document: a text layer larger than this hides something."""
_PASSWORD = 4


def run(line: Line, *, page_limit: int) -> None:
    """Tell the text of each page, in order, and the title of the document."""
    pdf = opened(page_limit)
    title = pdf.get_metadata_value("Title")
    pages = []
    letters = len(title)
    for number in range(len(pdf)):
        pages.append(_text_of(pdf, number))
        letters += len(pages[-1])
        if letters > MAX_LETTERS:
            raise Stop("too_costly")
    line.tell({"title": title, "pages": pages})


def opened(page_limit: int) -> pdfium.PdfDocument:
    """Return the PDF on standard input; stops when it is locked, empty or too long."""
    try:
        pdf = pdfium.PdfDocument(sys.stdin.buffer)
        count = len(pdf)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Stop("password") from None
        raise Stop("unreadable") from None
    if not count:
        raise Stop("no_pages")
    if count > page_limit:
        raise Stop("too_many_pages", pages=count, limit=page_limit)
    return pdf


def _text_of(pdf: pdfium.PdfDocument, number: int) -> str:
    try:
        page = pdf[number]
        words: str = page.get_textpage().get_text_bounded()
    except pdfium.PdfiumError:  # drawing it will tell which page is broken
        return ""
    page.close()
    # Half of a pair of surrogates cannot be sent.
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
