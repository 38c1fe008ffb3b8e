"""Takes an uploaded file in, or says in one sentence why not."""

import hashlib
import os
import stat
from pathlib import Path

import msgspec
import structlog

from signage.domain.media import MAX_UPLOAD_BYTES, safe_filename
from signage.domain.sentences import N_, Refused
from signage.ingest.guard import Broken, decode_in_child
from signage.ingest.jpeg_scans import count_scans
from signage.ingest.kinds import HEAD_BYTES, PICTURE_KINDS, REFUSALS, kind_of

MAX_JPEG_SCANS = 100
MAX_MEGAPIXELS = 50

_log = structlog.get_logger(__name__)

_TOO_COSTLY = N_(
    "Ảnh này cần quá nhiều công tính toán để mở. Hãy lưu lại ảnh bằng phần mềm khác rồi tải lại."
)
_BY_NAME = {
    "too_many_pixels": N_("Ảnh lớn hơn {limit} triệu điểm ảnh. Hãy thu nhỏ ảnh rồi tải lại."),
    "truncated": N_("Tệp ảnh bị thiếu phần cuối. Hãy sao chép lại tệp gốc rồi tải lại."),
    "unreadable": N_("Tệp ảnh bị hỏng, không mở được. Hãy lưu lại ảnh rồi tải lại."),
    "too_costly": _TOO_COSTLY,
}


class CleanPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture taken in: the hash of what was uploaded, and the clean copy made from it.

    `data` is JPEG or PNG by `media_type`, upright, sRGB, without metadata; sizes in px.
    """

    original_sha256: str
    filename: str
    data: bytes
    media_type: str
    width: int
    height: int


def intake(path: Path, *, filename: str) -> CleanPicture:
    """Return the clean copy of the picture at `path`, which was uploaded as `filename`.

    Raises Refused, with the sentence for the officer. The file at `path` is only read.
    """
    filename = safe_filename(filename)
    try:
        # Without waiting: a FIFO would keep us for ever. A link could lead anywhere.
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise _not_a_file() from None
    try:
        return _taken_in(fd, filename)
    finally:
        os.close(fd)


def _taken_in(fd: int, filename: str) -> CleanPicture:
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise _not_a_file()
    if not status.st_size:
        raise Refused(N_("Tệp này trống (0 byte). Hãy chọn lại tệp ảnh."), field="file")
    if status.st_size > MAX_UPLOAD_BYTES:
        raise Refused(
            N_("Tệp lớn hơn {limit} MB. Hãy thu nhỏ ảnh rồi tải lại."),
            field="file",
            limit=MAX_UPLOAD_BYTES // 1_000_000,
        )
    with os.fdopen(fd, "rb", closefd=False) as file:
        data = file.read(MAX_UPLOAD_BYTES)
    _refuse_other_kinds(data)
    os.lseek(fd, 0, os.SEEK_SET)
    return _decoded(fd, filename, hashlib.sha256(data).hexdigest())


def _refuse_other_kinds(data: bytes) -> None:
    kind = kind_of(data[:HEAD_BYTES])
    if kind not in PICTURE_KINDS:
        raise Refused(REFUSALS[kind], field="file")
    if kind == "jpeg" and count_scans(data, stop_at=MAX_JPEG_SCANS + 1) > MAX_JPEG_SCANS:
        raise Refused(_TOO_COSTLY, field="file")


def _decoded(fd: int, filename: str, sha256: str) -> CleanPicture:
    try:
        answer, data = decode_in_child(fd)
    except Broken as broken:
        _log.warning("an upload was refused", filename=filename, sha256=sha256, why=str(broken))
        raise Refused(_TOO_COSTLY, field="file") from None
    if answer.refusal:
        raise Refused(_BY_NAME[answer.refusal], field="file", limit=MAX_MEGAPIXELS)
    return CleanPicture(
        original_sha256=sha256,
        filename=filename,
        data=data,
        media_type=answer.media_type,
        width=answer.width,
        height=answer.height,
    )


def _not_a_file() -> Refused:
    return Refused(N_("Đây không phải là tệp thường. Hãy chọn một tệp ảnh."), field="file")
