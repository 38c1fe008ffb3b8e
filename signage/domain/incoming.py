"""An upload that may come in pieces: what was announced, and what became of it."""

import msgspec

from signage.domain.sentences import Said

MAX_OPEN_UPLOADS = 20
"""Of one person at a time."""
MAX_OPEN_BYTES = 4_000_000_000
"""Announced by one person and not yet taken in."""
KEPT_MS = 48 * 3_600_000
"""An upload of which nothing has come for so long is forgotten."""
SPARE_BYTES = 1_000_000_000
"""So much of the disk stays free."""


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """One upload. `size` is in bytes, as announced; times in ms since the epoch, UTC.

    `sha256` may be announced by the sender and is then checked. When all bytes were taken in,
    `asset` is the hash of the original; when the file was refused, `refused` says why.
    """

    id: str
    by: str
    unit: str
    filename: str
    size: int
    created_at: int
    expires_at: int
    sha256: str | None = None
    asset: str | None = None
    refused: Said | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.asset is not None or self.refused is not None
