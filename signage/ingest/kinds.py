"""What a file is by its first bytes: its name and the browser's word count for nothing."""

import re

from signage.domain.sentences import N_

HEAD_BYTES = 4096

PICTURE_KINDS = frozenset({"jpeg", "png", "webp", "bmp", "tiff", "gif", "avif", "heic", "svg"})
OFFICE_KINDS = frozenset({"zip", "office"})
DOCUMENT_KINDS = OFFICE_KINDS | {"pdf"}
VIDEO_KINDS = frozenset({"mov", "matroska"})

_BY_START = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"OggS", "video"),
    (b"FLV", "video"),
)
_TEXT_STARTS = (b"<svg", b"<?xml", b"<!doctype", b"<html", b"<!--")
_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>]")
_OLD_MOVIES = {b"moov", b"mdat", b"wide", b"free", b"skip"}
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}

# Why this kind is not taken, and what to do instead.
REFUSALS = {
    "video": N_("Video này không phải MP4, MOV, WebM hoặc MKV. Hãy đổi sang MP4 rồi tải lại."),
    "archive": N_("Đây là tệp nén. Hãy giải nén rồi tải từng tệp."),
    "text": N_("Tệp này là văn bản thuần hoặc trang web. Hãy in ra PDF rồi tải lại."),
    "unknown": N_(
        "Không nhận ra loại tệp này. Hãy chọn ảnh (JPEG, PNG, HEIC…), PDF, Word, PowerPoint"
        " hoặc video (MP4, MOV, WebM, MKV)."
    ),
}


def kind_of(head: bytes) -> str:
    """Return the kind of the file that begins with `head` (HEAD_BYTES are enough)."""
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        return _kind_of_box(head)
    if head[4:8] in _OLD_MOVIES:
        return "mov"
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_TEXT_STARTS):
        # A prologue of any length may stand before the drawing.
        return "svg" if _SVG.search(text) and b"<html" not in text else "text"
    # Some scanners write a few bytes before the mark; readers look for it as far as this.
    return "pdf" if b"%PDF-" in head[:1024] else "unknown"


def _kind_of_box(head: bytes) -> str:
    """Return the kind of an ISO media file by its major and compatible brands."""
    size = min(int.from_bytes(head[:4], "big"), 256, len(head))
    brands = {head[at : at + 4] for at in (8, *range(16, size - 3, 4))}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else "mov"
