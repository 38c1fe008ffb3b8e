"""Opens an uploaded file safely, and says what can be said of it without a decoder."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from signage.domain.media import MAX_ANY_BYTES, Family, limit_of
from signage.domain.sentences import N_, Refused

_CHUNK = 1 << 20
_TOO_LARGE: dict[Family, str] = {
    "picture": N_("Tệp lớn hơn {limit} MB. Hãy thu nhỏ ảnh rồi tải lại."),
    "document": N_("Tài liệu lớn hơn {limit} MB. Hãy thu nhỏ ảnh trong đó hoặc chia nhỏ tài liệu."),
    "video": N_("Video lớn hơn {limit} MB. Hãy cắt ngắn hoặc lưu ở cỡ 1920 × 1080 rồi tải lại."),
}


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open the regular file at `path` for reading; raises Refused for anything else."""
    try:
        # Without waiting: a FIFO would keep us for ever. A link could lead anywhere.
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise _not_a_file() from None
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise _not_a_file()
        if not status.st_size:
            raise Refused(N_("Tệp này trống (0 byte). Hãy chọn lại tệp."), field="file")
        yield fd
    finally:
        os.close(fd)


def size_of(fd: int) -> int:
    """Return the bytes of the open file; raises Refused when no upload may be so large."""
    size = os.fstat(fd).st_size
    if size > MAX_ANY_BYTES:
        raise _too_large("video")
    return size


def check_size(fd: int, family: Family) -> None:
    """Raise Refused when a file of this family may not be so large."""
    if os.fstat(fd).st_size > limit_of(family):
        raise _too_large(family)


def head_of(fd: int, count: int) -> bytes:
    """Return the first `count` bytes."""
    return os.pread(fd, count, 0)


def hash_of(fd: int) -> str:
    """Return the SHA-256 of the whole file, never holding it in memory."""
    digest = hashlib.sha256()
    at = 0
    while chunk := os.pread(fd, _CHUNK, at):
        digest.update(chunk)
        at += len(chunk)
    return digest.hexdigest()


def _too_large(family: Family) -> Refused:
    limit = limit_of(family) // 1_000_000
    return Refused(_TOO_LARGE[family], field="file", limit=limit)


def _not_a_file() -> Refused:
    return Refused(N_("Đây không phải là tệp thường. Hãy chọn một tệp khác."), field="file")
