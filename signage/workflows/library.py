"""The media library: uploads become clean assets; the original is kept by its hash."""

from pathlib import Path

from signage.domain.media import Asset, safe_filename
from signage.domain.people import Action, User
from signage.ingest import intake
from signage.store import Store
from signage.workflows.permission import demand, visible_units


def assets(
    store: Store, *, by: User, search: str = "", limit: int | None = None, offset: int = 0
) -> list[Asset]:
    """Return the assets `by` may see, newest first; `search` ignores accents and case."""
    return store.assets.page(visible_units(store, by), search, limit, offset)


def asset(store: Store, sha256: str, *, unit: str, by: User) -> Asset:
    """Return one asset by the hash of its original; raises NotFound, NotAllowed."""
    demand(store, by, Action.VIEW, unit)
    return store.assets.get(unit, sha256)


def add_asset(store: Store, path: Path, *, filename: str, unit: str, by: User, at: int) -> Asset:
    """Take in the file at `path`, uploaded under the name `filename`; the caller removes the file.

    The same bytes twice are one asset of the unit. Raises Refused, having kept nothing.
    """
    demand(store, by, Action.EDIT, unit)
    name = safe_filename(filename)
    clean = intake(path, filename=name)
    known = store.assets.find(unit, clean.original_sha256)
    if known is not None and store.blobs.has(known.clean_sha256):
        return known
    new = Asset(
        sha256=store.originals.put_file(path),
        unit=unit,
        filename=name,
        media_type=clean.media_type,
        width=clean.width,
        height=clean.height,
        bytes=len(clean.data),
        uploaded_by=by.id,
        uploaded_at=at,
        clean_sha256=store.blobs.put(clean.data),
    )
    with store.transaction():
        # Two uploads of the same bytes at the same moment are still one asset.
        known = store.assets.find(unit, new.sha256)
        if known is not None:
            return known
        store.assets.add(new)
        detail = {"filename": name, "clean": new.clean_sha256}
        store.audit.record(
            who=by.login,
            act="asset.added",
            subject=f"asset:{new.sha256}",
            unit=unit,
            detail=detail,
            at=at,
        )
    return new
