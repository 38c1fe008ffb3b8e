"""What a file is by its first bytes: its name and the browser's word count for nothing."""

from signage.domain.sentences import N_

HEAD_BYTES = 64

PICTURE_KINDS = frozenset({"jpeg", "png", "webp", "bmp", "tiff", "gif", "avif"})

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
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"<svg", "svg"),
    (b"<?xml", "text"),
    (b"<!DOCTYPE", "text"),
    (b"<html", "text"),
)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}

# Why this kind is not taken, and what to do instead.
REFUSALS = {
    "pdf": N_("Đây là tệp PDF. Hãy xuất từng trang thành ảnh JPEG hoặc PNG rồi tải lại."),
    "office": N_("Đây là tệp Office. Hãy xuất từng trang thành ảnh JPEG hoặc PNG rồi tải lại."),
    "zip": N_("Đây là tệp Office hoặc tệp nén. Hãy xuất hoặc giải nén thành ảnh rồi tải lại."),
    "heic": N_(
        "Đây là ảnh HEIC của iPhone. Hãy chọn Cài đặt › Camera › Định dạng › Tương thích nhất,"
        " hoặc đổi ảnh sang JPEG rồi tải lại."
    ),
    "video": N_("Đây là tệp video. Hãy tải lên ảnh JPEG, PNG, WEBP, BMP, TIFF, GIF hoặc AVIF."),
    "svg": N_("Đây là hình vẽ SVG. Hãy xuất thành ảnh PNG rồi tải lại."),
    "text": N_("Tệp này không phải ảnh mà là văn bản hoặc trang web. Hãy chọn tệp ảnh."),
    "unknown": N_(
        "Tệp này không phải ảnh. Hãy chọn ảnh JPEG, PNG, WEBP, BMP, TIFF, GIF hoặc AVIF."
    ),
}


def kind_of(head: bytes) -> str:
    """Return the kind of the file that begins with `head` (HEAD_BYTES are enough)."""
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        return _kind_of_box(head)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, kind in _BY_START:
        if head.startswith(start) or (kind in {"svg", "text"} and _begins(text, start)):
            return kind
    return "unknown"


def _begins(text: bytes, start: bytes) -> bool:
    return text[: len(start)].lower() == start.lower()


def _kind_of_box(head: bytes) -> str:
    """Return the kind of an ISO media file by its major and compatible brands."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[at : at + 4] for at in (8, *range(16, size - 3, 4))}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else "video"
