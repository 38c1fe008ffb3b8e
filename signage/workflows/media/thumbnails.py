"""Small copies of library pictures for pages: made when first looked at, kept in memory."""

from functools import lru_cache
from pathlib import Path

from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_
from signage.render.pictures import thumbnail as small_copy
from signage.store import Store
from signage.workflows.accounts.permission import visible_units

MAX_SIDE = 420
KEPT = 500  # about 20 kB each


def thumbnail(store: Store, clean_sha256: str, *, by: User) -> bytes:
    """Return a picture of the library as a small JPEG; raises NotFound for one `by` may not see."""
    units = {asset.unit for asset in store.assets.by_clean(clean_sha256)}
    if units.isdisjoint(visible_units(store, by, Action.VIEW)):
        raise NotFound(N_("Không có ảnh này trong thư viện. Hãy chọn ảnh khác."))
    return _made(store.blobs.path(clean_sha256))


@lru_cache(maxsize=KEPT)
def _made(path: Path) -> bytes:
    # The name is the hash of the bytes, so what was made once stays right.
    return small_copy(path.read_bytes(), MAX_SIDE)
