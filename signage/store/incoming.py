"""Uploads on their way: bytes that came so far and what is known of them, as files in one folder.

An upload is two files: `<id>.part`, whose length is the offset, and `<id>.json`. Both outlive
the process, so an upload goes on after a restart where it stopped.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from signage.domain.incoming import Upload
from signage.domain.names import NotFound
from signage.domain.sentences import N_

_ID = re.compile(r"[a-z0-9]{8,40}")


class Incoming:
    """The uploads in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, upload: Upload) -> None:
        """Begin an upload with no bytes."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.part(upload.id).touch(mode=0o600)
        self.save(upload)

    def save(self, upload: Upload) -> None:
        """Keep what is known of an upload, in place of what was; a power cut leaves either."""
        target = self._about(upload.id)
        partial = target.with_suffix(".new")
        with partial.open("wb") as writer:
            writer.write(msgspec.json.encode(upload))
            writer.flush()
            os.fsync(writer.fileno())
        partial.replace(target)

    def get(self, upload_id: str) -> Upload:
        """Return what is known of an upload; raises NotFound."""
        found = self._read(self._about(upload_id)) if _ID.fullmatch(upload_id) else None
        if found is None:
            raise NotFound(N_("Lượt tải lên này không còn. Hãy chọn lại tệp để tải từ đầu."))
        return found

    def all(self) -> Iterator[Upload]:
        """Return every upload that is on its way or has just arrived."""
        for path in sorted(self._folder.glob("*.json")):
            found = self._read(path)
            if found is not None:
                yield found

    def part(self, upload_id: str) -> Path:
        """Return where the bytes of an upload lie."""
        return self._folder / f"{upload_id}.part"

    def offset(self, upload: Upload) -> int:
        """Return how many bytes have come; all of them once the upload was taken in."""
        if upload.is_over:
            return upload.size
        try:
            return self.part(upload.id).stat().st_size
        except FileNotFoundError:
            return 0

    def drop_bytes(self, upload_id: str) -> None:
        """Forget the bytes; what is known of the upload stays."""
        self.part(upload_id).unlink(missing_ok=True)

    def remove(self, upload_id: str) -> None:
        """Forget an upload."""
        self.drop_bytes(upload_id)
        self._about(upload_id).unlink(missing_ok=True)

    def _about(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.json"

    def _read(self, path: Path) -> Upload | None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=Upload)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
