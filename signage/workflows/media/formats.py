"""Which kinds of files the library takes on this machine, for the page that asks for them."""

import msgspec

from signage.domain.media import Family, limit_of
from signage.domain.sentences import Said
from signage.ingest.libreoffice import MISSING, find_libreoffice
from signage.ingest.tesseract import MISSING as UNREAD
from signage.ingest.tesseract import find_tesseract


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of files: usual suffixes, bytes at most, and what is missing to take them."""

    family: Family
    suffixes: tuple[str, ...]
    limit: int
    missing: Said | None = None

    @property
    def is_taken(self) -> bool:
        """Whether files of this kind are taken here and now."""
        return self.missing is None


_PICTURES = ("jpg", "jpeg", "png", "webp", "avif", "heic", "heif", "tif", "tiff", "bmp", "gif")
_VIDEOS = ("mp4", "mov", "webm", "mkv", "m4v", "3gp")
_OFFICE = ("pptx", "ppt", "odp", "docx", "doc", "odt")


def supported() -> list[Format]:
    """Return what is taken, in the order of a page; LibreOffice is looked for anew each time."""
    missing = None if find_libreoffice() else MISSING
    return [
        Format(family="picture", suffixes=(*_PICTURES, "svg"), limit=limit_of("picture")),
        Format(family="document", suffixes=("pdf",), limit=limit_of("document")),
        Format(family="document", suffixes=_OFFICE, limit=limit_of("document"), missing=missing),
        Format(family="video", suffixes=_VIDEOS, limit=limit_of("video")),
    ]


def unread() -> Said | None:
    """Return what to say where nothing reads the words on pictures, or None."""
    return None if find_tesseract() else UNREAD
