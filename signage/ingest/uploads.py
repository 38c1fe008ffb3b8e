"""Takes an uploaded file in, or says in one sentence why not; nothing is stored here."""

from pathlib import Path

import msgspec

from signage.domain.markings import refuse_marked_name, refuse_marked_text
from signage.domain.media import MAX_UPLOAD_BYTES, PAGE_LIMIT, Family, safe_filename
from signage.domain.personal_data import PersonalNumber
from signage.domain.sentences import Refused
from signage.ingest.guard import PICTURE_LIMITS, Told, ask_once
from signage.ingest.jpeg_scans import count_scans
from signage.ingest.kinds import (
    DOCUMENT_KINDS,
    HEAD_BYTES,
    OFFICE_KINDS,
    PICTURE_KINDS,
    REFUSALS,
    VIDEO_KINDS,
    kind_of,
)
from signage.ingest.libreoffice import demand_libreoffice
from signage.ingest.limits import Limits
from signage.ingest.opening import check_size, hash_of, head_of, opened, size_of
from signage.ingest.reading import read_picture
from signage.ingest.refusals import TOO_COSTLY, speaking_of

MAX_JPEG_SCANS = 100
DRAWING_LIMITS = Limits(cpu_seconds=5, wall_seconds=10, silence_seconds=10)
TEXT_LIMITS = Limits(cpu_seconds=20, wall_seconds=40, silence_seconds=40)
FILM_LIMITS = Limits(cpu_seconds=20, wall_seconds=30, silence_seconds=30, memory=2 << 30)
_JPEG_READ = MAX_UPLOAD_BYTES


class CleanPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture taken in: the hash of what was uploaded, and the clean copy made from it.

    `data` is JPEG or PNG by `media_type`, upright, sRGB, without metadata; sizes in px. When the
    upload `moves`, this is its first frame. `findings` are numbers of persons read on it.
    """

    original_sha256: str
    filename: str
    data: bytes
    media_type: str
    width: int
    height: int
    moves: bool = False
    findings: tuple[PersonalNumber, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document that may be drawn: `pages` is None when that is known only after conversion."""

    original_sha256: str
    filename: str
    form: str
    pages: int | None = None


class Film(msgspec.Struct, frozen=True, kw_only=True):
    """A video that may be normalised; sizes in px as it is shown, length in milliseconds."""

    original_sha256: str
    filename: str
    form: str
    width: int
    height: int
    seconds_ms: int
    frames: int


def intake(path: Path, *, filename: str) -> CleanPicture:
    """Return the clean copy of the picture at `path`, which was uploaded as `filename`.

    Raises Refused, with the sentence for the officer. The file at `path` is only read.
    """
    taken = examine(path, filename=filename)
    if not isinstance(taken, CleanPicture):
        raise Refused(REFUSALS["unknown"], field="file")
    return taken


def examine(path: Path, *, filename: str) -> CleanPicture | Document | Film:
    """Return what the file at `path`, uploaded as `filename`, will become.

    The type goes by the content. Raises Refused: also for a secrecy marking in name or text.
    """
    filename = safe_filename(filename)
    refuse_marked_name(filename)
    with opened(path) as fd:
        size_of(fd)
        kind = kind_of(head_of(fd, HEAD_BYTES))
        if kind in PICTURE_KINDS:
            return _picture(fd, filename, kind)
        if kind in DOCUMENT_KINDS:
            return _document(fd, filename, kind)
        if kind in VIDEO_KINDS:
            return _film(fd, filename, kind)
        raise Refused(REFUSALS[kind], field="file")


def _picture(fd: int, filename: str, kind: str) -> CleanPicture:
    check_size(fd, "picture")
    if kind == "jpeg" and count_scans(head_of(fd, _JPEG_READ), stop_at=MAX_JPEG_SCANS + 1) > (
        MAX_JPEG_SCANS
    ):
        raise Refused(TOO_COSTLY["picture"], field="file")
    if kind == "svg":
        told = _asked("drawing", fd, "picture", DRAWING_LIMITS)
    else:
        told = _asked("picture", fd, "picture", PICTURE_LIMITS, kind=kind)
    refuse_marked_text(told.words.pop("text", ""))
    found = read_picture(told.data, (told.words["width"], told.words["height"]))
    return CleanPicture(
        original_sha256=hash_of(fd),
        filename=filename,
        data=told.data,
        findings=found,
        **told.words,
    )


def _document(fd: int, filename: str, kind: str) -> Document:
    check_size(fd, "document")
    if kind in OFFICE_KINDS:
        told = _asked("office text", fd, "document", TEXT_LIMITS)
        refuse_marked_text(told.words["text"])
        demand_libreoffice()
        return Document(original_sha256=hash_of(fd), filename=filename, form=told.words["form"])
    told = _asked("pdf text", fd, "document", TEXT_LIMITS, page_limit=PAGE_LIMIT)
    pages: list[str] = told.words["pages"]
    for text in (told.words["title"], *pages):
        refuse_marked_text(text)
    return Document(original_sha256=hash_of(fd), filename=filename, form="pdf", pages=len(pages))


def _film(fd: int, filename: str, kind: str) -> Film:
    check_size(fd, "video")
    told = _asked("film size", fd, "video", FILM_LIMITS, form=kind)
    return Film(original_sha256=hash_of(fd), filename=filename, form=kind, **told.words)


def _asked(task: str, fd: int, family: Family, limits: Limits, **arguments: str | int) -> Told:
    with speaking_of(family):
        return ask_once(task, fd, limits=limits, **arguments)
