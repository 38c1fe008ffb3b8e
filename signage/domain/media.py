"""Assets of the media library, and which uploaded file names are taken."""

import unicodedata

import msgspec

from signage.domain.sentences import N_, Refused

MAX_UPLOAD_BYTES = 50_000_000
MAX_FILENAME_BYTES = 200  # leaves room for a suffix within the 255 bytes of common file systems

# Control, format (bidirectional overrides can disguise a suffix), surrogate, private, unassigned.
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """One uploaded picture: the original and the clean copy made from it, each by its hash.

    `media_type`, `width`, `height` and `bytes` describe the clean copy; `uploaded_at` is in
    milliseconds since the epoch, UTC; `unit` and `uploaded_by` are ids.
    """

    sha256: str
    unit: str
    filename: str
    media_type: str
    width: int
    height: int
    bytes: int
    uploaded_by: str
    uploaded_at: int
    clean_sha256: str


def safe_filename(name: str) -> str:
    """Return `name` in NFC without outer blanks; raise Refused when it could mislead or escape.

    Names from macOS arrive decomposed, so two spellings of one name become one here.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not name.strip(". "):
        raise Refused(N_("Tệp không có tên. Hãy đặt tên tệp rồi tải lại."), field="file")
    if "/" in name or "\\" in name or name.startswith(".."):
        raise Refused(
            N_("Tên tệp không được chứa đường dẫn (“/”, “\\”, “..”). Hãy đổi tên tệp rồi tải lại."),
            field="file",
        )
    if any(unicodedata.category(letter) in _UNSEEN_CATEGORIES for letter in name):
        raise Refused(
            N_("Tên tệp có ký tự điều khiển không nhìn thấy được. Hãy đổi tên tệp rồi tải lại."),
            field="file",
        )
    if len(name.encode()) > MAX_FILENAME_BYTES:
        raise Refused(
            N_("Tên tệp dài quá {limit} byte. Hãy đặt tên ngắn hơn rồi tải lại."),
            field="file",
            limit=MAX_FILENAME_BYTES,
        )
    return name
