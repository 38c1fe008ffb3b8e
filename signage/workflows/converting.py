"""What background jobs do: documents become pages, videos become films of the displays' sizes."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from signage.clock import now_ms
from signage.domain.jobs import Job
from signage.domain.markings import MARKED
from signage.domain.media import Asset
from signage.domain.sentences import N_, Refused, Said
from signage.ingest import documents
from signage.ingest.documents import Page
from signage.store import Store

Tell = Callable[[float], None]
"""Says which share of the job is done, 0 to 1; raises when it is no use to go on."""

_FIRST_PAGES = 0.15
"""The share of the work that LibreOffice does before the first page can be drawn."""


class NoLongerOurs(Exception):
    """The job was taken by somebody else while its result was being kept."""


def draw_document(store: Store, job: Job, tell: Tell) -> None:
    """Make a page asset of each page; pages that an earlier attempt made are kept."""
    document = store.assets.get(job.unit, job.subject)
    made = len(store.assets.pages_of(job.unit, job.subject))
    with tempfile.TemporaryDirectory(prefix="signage-pages-") as folder:
        pages = documents.draw_pages(
            _original(store, job.subject),
            form=str(job.detail["form"]),
            folder=Path(folder),
            first=made + 1,
            tell=lambda: tell(_FIRST_PAGES / 2),
        )
        for page in pages:
            document = _keep_page(store, document, page)
            tell(_FIRST_PAGES + (1 - _FIRST_PAGES) * page.page / page.pages)
    _finish(store, job, msgspec.structs.replace(document, state="ready"), "asset.drawn")


def refuse(store: Store, job: Job, said: Said, *, at: int) -> None:
    """End a job that cannot be done. What was made of the file so far goes.

    Of a file with a secrecy marking nothing stays at all; else the name and the reason do.
    """
    asset = store.assets.find(job.unit, job.subject)
    with store.transaction():
        if not store.jobs.finish(job, "failed", said=said, at=at):
            return
        if asset is None or job.kind == "rendition":
            return
        store.assets.remove(asset.unit, asset.sha256)
        if said.msgid != MARKED:
            nothing = {"clean_sha256": "", "media_type": "", "width": 0, "height": 0, "bytes": 0}
            store.assets.add(
                msgspec.structs.replace(asset, state="refused", reason=said, **nothing)
            )
        _record(store, job, "asset.refused", at)
    _remove_original(store, asset.sha256)


def page_name(document: str, page: int) -> str:
    """Return the name of a page among the assets: it has the shape of a hash and is none."""
    return hashlib.sha256(f"{document} page {page}".encode()).hexdigest()


def _keep_page(store: Store, document: Asset, page: Page) -> Asset:
    clean = store.blobs.put(page.data)
    size = {
        "media_type": page.media_type,
        "width": page.width,
        "height": page.height,
        "bytes": len(page.data),
        "clean_sha256": clean,
    }
    kept = msgspec.structs.replace(
        document,
        sha256=page_name(document.sha256, page.page),
        kind="page",
        parent=document.sha256,
        page=page.page,
        pages=None,
        state="ready",
        findings=page.findings,
        **size,
    )
    with store.transaction():
        store.assets.save(kept)
        if page.page == 1 or document.pages != page.pages:
            first = size if page.page == 1 else {}
            document = store.assets.change(document, pages=page.pages, **first)
    return document


def _finish(store: Store, job: Job, asset: Asset, act: str) -> None:
    at = now_ms()
    with store.transaction():
        if not store.jobs.finish(job, "done", said=None, at=at):
            raise NoLongerOurs
        store.assets.save(asset)
        _record(store, job, act, at)


def _record(store: Store, job: Job, act: str, at: int) -> None:
    person = store.users.get(job.by)
    store.audit.record(
        who=person.login,
        act=act,
        subject=f"asset:{job.subject}",
        unit=job.unit,
        detail={"job": job.id},
        at=at,
    )


def _original(store: Store, sha256: str) -> Path:
    path = store.originals.path(sha256)
    if not path.is_file():
        raise Refused(N_("Tệp gốc không còn trên máy chủ. Hãy tải lại tệp."), field="file")
    return path


def _remove_original(store: Store, sha256: str) -> None:
    users = [asset for asset in store.assets.by_original(sha256) if asset.state != "refused"]
    if not users:
        store.originals.remove(sha256)


WORK: Mapping[str, Callable[[Store, Job, Tell], None]] = {
    "document": draw_document,
}
