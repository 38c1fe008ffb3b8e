"""Assets of the media library, their limits, and which uploaded file names are taken."""

import unicodedata
from typing import Literal

import msgspec

from signage.domain.personal_data import PersonalNumber
from signage.domain.sentences import N_, Refused, Said

MAX_UPLOAD_BYTES = 50_000_000
"""Of a picture."""
MAX_DOCUMENT_BYTES = 200_000_000
MAX_VIDEO_BYTES = MAX_ANY_BYTES = 4_000_000_000
PAGE_LIMIT = 200
"""Pages of a document, or slides of a presentation."""
MAX_VIDEO_SECONDS = 900

Family = Literal["picture", "document", "video"]
Kind = Literal["picture", "page", "document", "video"]
State = Literal["ready", "working", "refused"]

_LIMITS: dict[Family, int] = {
    "picture": MAX_UPLOAD_BYTES,
    "document": MAX_DOCUMENT_BYTES,
    "video": MAX_VIDEO_BYTES,
}
MAX_FILENAME_BYTES = 200  # leaves room for a suffix within the 255 bytes of common file systems

# Control, format (bidirectional overrides can disguise a suffix), surrogate, private, unassigned.
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """One uploaded file, or one page of a document: the original and the clean copy, by hash.

    `media_type`, `width`, `height` and `bytes` describe the clean copy: the picture itself, the
    first page of a document, a still of a video. While the first of these is being made they are
    empty and `state` is "working". `uploaded_at` is in milliseconds since the epoch, UTC; `unit`
    and `uploaded_by` are ids. A page has a `parent`, the hash of its document, and a number from
    1; it has no original of its own, so its `sha256` is only a name.
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
    kind: Kind = "picture"
    parent: str | None = None
    page: int | None = None
    pages: int | None = None
    seconds_ms: int | None = None
    sound: bool = False
    state: State = "ready"
    reason: Said | None = None
    findings: tuple[PersonalNumber, ...] = ()

    @property
    def original(self) -> str:
        """The hash of the uploaded file that this was made from."""
        return self.parent or self.sha256


def limit_of(family: Family) -> int:
    """Return how many bytes an upload of this family may have."""
    return _LIMITS[family]


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
