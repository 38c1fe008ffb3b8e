"""Draws the pages of a document for a background job: PDF at once, office files by LibreOffice."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from signage.domain.markings import refuse_marked_text
from signage.domain.media import MAX_DOCUMENT_BYTES, PAGE_LIMIT
from signage.domain.personal_data import PersonalNumber, findings_of_text
from signage.ingest.guard import JOB_NICENESS, Told, ask
from signage.ingest.libreoffice import demand_libreoffice
from signage.ingest.limits import Limits
from signage.ingest.opening import opened
from signage.ingest.reading import read_picture
from signage.ingest.refusals import speaking_of

TEXT_LIMITS = Limits(cpu_seconds=60, wall_seconds=180, silence_seconds=180)
PAGES_LIMITS = Limits(
    # Each page has ten seconds; these are the outer bounds of a long document.
    cpu_seconds=900,
    wall_seconds=3600,
    silence_seconds=60,
    answer_bytes=PAGE_LIMIT * 10_000_000,
)
OFFICE_LIMITS = Limits(
    memory=3 << 30,
    cpu_seconds=60,
    wall_seconds=150,
    silence_seconds=150,
    file_bytes=MAX_DOCUMENT_BYTES,
    open_files=512,
)
PDF_NAME = "document.pdf"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One drawn page: its number from 1, how many there are, sizes in px, the clean picture."""

    page: int
    pages: int
    media_type: str
    width: int
    height: int
    data: bytes
    findings: tuple[PersonalNumber, ...]


def draw_pages(
    source: Path, *, form: str, folder: Path, first: int = 1, tell: Callable[[], None]
) -> Iterator[Page]:
    """Draw the pages from `first` on of the document at `source`; work in the empty `folder`.

    Raises Refused: also when only now a secrecy marking comes to light. `tell` is called now and
    then while nothing can be shown yet.
    """
    pdf = source if form == "pdf" else converted(source, form=form, folder=folder)
    tell()
    with opened(pdf) as fd, speaking_of("document"):
        texts = _texts(fd)
        tell()
        pages = ask(
            "pdf pages",
            fd,
            limits=PAGES_LIMITS,
            niceness=JOB_NICENESS,
            page_limit=PAGE_LIMIT,
            first=first,
        )
        with closing(pages):
            for told in pages:
                found = findings_of_text(texts[told.words["page"] - 1])
                if told.words.pop("pictured"):
                    found = [*found, *_read(told)]
                yield Page(data=told.data, findings=tuple(found), **told.words)


def converted(source: Path, *, form: str, folder: Path) -> Path:
    """Return the office document at `source` as a PDF inside `folder`; raises Refused."""
    program = demand_libreoffice()
    with opened(source) as fd, speaking_of("document"):
        order = {"form": form, "program": str(program)}
        answers = ask(
            "office to pdf",
            fd,
            limits=OFFICE_LIMITS,
            folder=folder,
            niceness=JOB_NICENESS,
            **order,
        )
        for _ in answers:
            pass
    return folder / PDF_NAME


def _read(told: Told) -> tuple[PersonalNumber, ...]:
    size = told.words["width"], told.words["height"]
    return read_picture(told.data, size, niceness=JOB_NICENESS)


def _texts(fd: int) -> list[str]:
    [told] = ask("pdf text", fd, limits=TEXT_LIMITS, page_limit=PAGE_LIMIT)
    for text in (told.words["title"], *told.words["pages"]):
        refuse_marked_text(text)
    texts: list[str] = told.words["pages"]
    return texts
