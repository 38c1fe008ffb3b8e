"""Pages of alerts that came ahead of the set that names them: the newest few, in memory."""

import hashlib
from collections import OrderedDict
from typing import Final

from players.contract.limits import MAX_ARMED, MIB

MAX_PAGES: Final = MAX_ARMED
MAX_BYTES: Final = 32 * MIB


class Pages:
    """The shelf of pages; what falls off it is only kept when an alert set names it."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()

    def arrived(self, sha256: str, content: bytes) -> bool:
        """Put a page on the shelf; False when the bytes are not what the topic says."""
        if hashlib.sha256(content).hexdigest() != sha256:
            return False
        self._pages.pop(sha256, None)
        self._pages[sha256] = content
        while len(self._pages) > MAX_PAGES or sum(map(len, self._pages.values())) > MAX_BYTES:
            self._pages.popitem(last=False)
        return True

    def get(self, sha256: str) -> bytes | None:
        return self._pages.get(sha256)

    def names(self) -> list[str]:
        """The pages on the shelf, newest first."""
        return list(reversed(self._pages))
