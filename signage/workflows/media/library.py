"""The media library: uploads become clean assets; the original is kept by its hash."""

from collections.abc import Collection
from pathlib import Path

from msgspec.structs import replace

from signage.domain.jobs import Job, JobKind
from signage.domain.media import Asset, Kind, safe_filename
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.domain.video import MASTER, MASTER_SIZE, VideoRendition, fitted
from signage.ingest import films
from signage.ingest.uploads import CleanPicture, Document, Film, examine
from signage.store import Store
from signage.store.assets import PICTURES
from signage.store.ids import new_id
from signage.workflows.accounts.permission import demand, visible_units

_OFFICE_START_MS = 6000
_PAGE_MS = 150


def assets(
    store: Store,
    *,
    by: User,
    search: str = "",
    limit: int | None = None,
    offset: int = 0,
    kinds: Collection[Kind] = PICTURES,
) -> list[Asset]:
    """Return the assets `by` may see, newest first; `search` ignores accents and case."""
    return store.assets.page(visible_units(store, by), search, limit, offset, kinds)


def asset(store: Store, sha256: str, *, unit: str, by: User) -> Asset:
    """Return one asset by the hash of its original; raises NotFound, NotAllowed."""
    demand(store, by, Action.VIEW, unit)
    return store.assets.get(unit, sha256)


def pages_of(store: Store, document: str, *, unit: str, by: User) -> list[Asset]:
    """Return the pages made so far of a document, in order; raises NotFound, NotAllowed."""
    asset(store, document, unit=unit, by=by)
    return store.assets.pages_of(unit, document)


def demand_declaration(declared: bool) -> None:
    """Raise Refused unless whoever brings a file says that it holds no state secret."""
    if not declared:
        raise Refused(
            N_("Hãy đánh dấu cam kết tệp không chứa bí mật nhà nước, rồi chọn tệp để tải lên."),
            field="no_state_secret",
        )


def add_asset(
    store: Store,
    path: Path,
    *,
    filename: str,
    unit: str,
    by: User,
    at: int,
    declared: bool = False,
) -> Asset:
    """Take in the file at `path`, uploaded under the name `filename`; the caller removes the file.

    `declared`: `by` has said that it holds no state secret, which is written down.

    A picture is ready at once. A document, a video or a picture that moves is "working", and a
    background job makes it ready. The same bytes twice are one asset of the unit. Raises Refused,
    having kept nothing.
    """
    demand(store, by, Action.EDIT, unit)
    name = safe_filename(filename)
    taken = examine(path, filename=name)
    known = store.assets.find(unit, taken.original_sha256)
    if known is not None and _is_whole(store, known):
        return known
    new = _asset_of(store, taken, name=name, unit=unit, by=by, at=at)
    _keep_original(store, path, taken.original_sha256)
    with store.transaction():
        # Two uploads of the same bytes at the same moment are still one asset.
        known = store.assets.find(unit, new.sha256)
        if known is not None and _is_whole(store, known):
            return known
        store.assets.save(new)
        if new.state == "working":
            store.jobs.add(_job_of(taken, new))
        store.audit.record(
            who=by.login,
            act="asset.added",
            subject=f"asset:{new.sha256}",
            unit=unit,
            detail={
                "filename": name,
                "kind": new.kind,
                "clean": new.clean_sha256,
                "no_state_secret": declared,
            },
            at=at,
        )
    return new


def remove_refused(store: Store, sha256: str, *, unit: str, by: User, at: int) -> None:
    """Take a refused document or video out of the list; raises Refused for any other asset."""
    demand(store, by, Action.EDIT, unit)
    refused = store.assets.get(unit, sha256)
    if refused.state != "refused":
        raise Refused(N_("Chỉ xoá được tệp đã bị từ chối. Hãy chọn tệp khác."))
    with store.transaction():
        store.assets.remove(unit, sha256)
        store.audit.record(
            who=by.login,
            act="asset.removed",
            subject=f"asset:{sha256}",
            unit=unit,
            detail={},
            at=at,
        )


def video_master(store: Store, video: Asset) -> VideoRendition:
    """Return the normalised film of a video, at most 1920 × 1080, to look at; raises Refused."""
    master = store.videos.find(video.sha256, MASTER)
    if video.kind != "video" or video.state != "ready" or master is None:
        raise Refused(N_("Video chưa sẵn sàng. Hãy chờ xử lý xong rồi thử lại."), field="picture")
    return master


def _is_whole(store: Store, known: Asset) -> bool:
    """Say whether what is known of these bytes still holds; else they are taken in anew."""
    if known.state == "refused":
        return False
    if known.state == "working":
        return store.originals.has(known.sha256)
    return store.blobs.has(known.clean_sha256)


def _asset_of(
    store: Store, taken: CleanPicture | Document | Film, *, name: str, unit: str, by: User, at: int
) -> Asset:
    new = Asset(
        sha256=taken.original_sha256,
        unit=unit,
        filename=name,
        media_type="",
        width=0,
        height=0,
        bytes=0,
        uploaded_by=by.id,
        uploaded_at=at,
        clean_sha256="",
        state="working",
    )
    return _filled(store, new, taken)


def _filled(store: Store, new: Asset, taken: CleanPicture | Document | Film) -> Asset:
    if isinstance(taken, Document):
        return replace(new, kind="document", pages=taken.pages)
    if isinstance(taken, Film):
        return replace(new, kind="video", seconds_ms=taken.seconds_ms)
    return replace(
        new,
        kind="video" if taken.moves else "picture",
        state="working" if taken.moves else "ready",
        media_type=taken.media_type,
        width=taken.width,
        height=taken.height,
        bytes=len(taken.data),
        clean_sha256=store.blobs.put(taken.data),
        findings=taken.findings,
    )


def _keep_original(store: Store, path: Path, sha256: str) -> None:
    if store.originals.put_file(path) != sha256:
        raise Refused(N_("Tệp đã thay đổi trong lúc tải. Hãy tải lại."), field="file")


def _job_of(taken: CleanPicture | Document | Film, new: Asset) -> Job:
    kind: JobKind = "document" if isinstance(taken, Document) else "video"
    return Job(
        id=new_id(),
        kind=kind,
        subject=new.sha256,
        unit=new.unit,
        by=new.uploaded_by,
        created_at=new.uploaded_at,
        detail={"form": "pictures" if isinstance(taken, CleanPicture) else taken.form},
        estimate_ms=_estimate(taken),
    )


def _estimate(taken: CleanPicture | Document | Film) -> int | None:
    """Return how many milliseconds the job should take on a machine such as ours."""
    if isinstance(taken, Document):
        start = 0 if taken.form == "pdf" else _OFFICE_START_MS
        return start + (taken.pages or 10) * _PAGE_MS
    if isinstance(taken, Film):
        size = (taken.width, taken.height)
        return films.estimate_ms(taken.frames, size, fitted(size, MASTER_SIZE))
    return None
