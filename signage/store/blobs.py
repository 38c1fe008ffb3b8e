"""Files named by the SHA-256 of their bytes: written once, read-only afterwards."""

import hashlib
import os
import re
import secrets
from pathlib import Path

CHUNK = 1 << 20
SHA256 = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """The files under one folder, such as media/blobs/<first two digits>/<sha256>."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep `data`, durably, and return its SHA-256; the same bytes twice are one file."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self._holds(sha256, len(data)):
            partial = self._partial(sha256)
            partial.write_bytes(data)
            self._finish(partial, sha256)
        return sha256

    def put_file(self, source: Path) -> str:
        """Keep a copy of the file `source` and return its SHA-256; never holds it in memory."""
        sha256 = _hash_of(source)
        if not self._holds(sha256, source.stat().st_size):
            partial = self._partial(sha256)
            with source.open("rb") as reader, partial.open("wb") as writer:
                while chunk := reader.read(CHUNK):
                    writer.write(chunk)
            self._finish(partial, sha256)
        return sha256

    def path(self, sha256: str) -> Path:
        """Return where the blob lies or would lie. Raises ValueError for anything but a SHA-256."""
        if not SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256 in lower-case hexadecimal")
        return self.root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Say whether the blob is here."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return the bytes of the blob; raises FileNotFoundError."""
        return self.path(sha256).read_bytes()

    def remove(self, sha256: str) -> None:
        """Forget the blob; nothing happens when it is not here."""
        self.path(sha256).unlink(missing_ok=True)

    def _holds(self, sha256: str, size: int) -> bool:
        path = self.path(sha256)
        # A power cut in an older file system can leave a name with too few bytes.
        return path.is_file() and path.stat().st_size == size

    def _partial(self, sha256: str) -> Path:
        folder = self.path(sha256).parent
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f".{sha256}.{secrets.token_hex(4)}.partial"

    def _finish(self, partial: Path, sha256: str) -> None:
        target = self.path(sha256)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.chmod(0o444)
        partial.replace(target)
        _sync_folder(target.parent)


def _hash_of(path: Path) -> str:
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
