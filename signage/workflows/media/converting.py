"""What background jobs do: documents become pages, videos become films of the displays' sizes."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from signage.clock import now_ms
from signage.domain.fit import AUTO
from signage.domain.jobs import Job
from signage.domain.markings import MARKED
from signage.domain.media import Asset
from signage.domain.sentences import N_, Refused, Said
from signage.domain.video import MASTER, MASTER_SIZE, VideoRendition, film_size, fitted
from signage.ingest import documents, films
from signage.ingest.documents import Page
from signage.ingest.films import Still, WrittenFilm, written_film
from signage.ingest.guard import JOB_NICENESS
from signage.ingest.reading import read_picture
from signage.ingest.rooms import room
from signage.store import Store
from signage.store.ids import new_id

Tell = Callable[[float], None]
"""Says which share of the job is done, 0 to 1; raises when it is no use to go on."""

_UNKNOWN_MS = 60_000
"""For a film that does not say how long it is."""
_FIRST_PAGES = 0.15
"""The share of the work that LibreOffice does before the first page can be drawn."""


class NoLongerOurs(Exception):
    """The job was taken by somebody else while its result was being kept."""


def draw_document(store: Store, job: Job, tell: Tell) -> None:
    """Make a page asset of each page; pages that an earlier attempt made are kept."""
    document = store.assets.get(job.unit, job.subject)
    made = len(store.assets.pages_of(job.unit, job.subject))
    with room() as folder:
        pages = documents.draw_pages(
            _original(store, job.subject),
            form=str(job.detail["form"]),
            folder=folder,
            first=made + 1,
            tell=lambda: tell(_FIRST_PAGES / 2),
        )
        for page in pages:
            document = _keep_page(store, document, page)
            tell(_FIRST_PAGES + (1 - _FIRST_PAGES) * page.page / page.pages)
    _finish(store, job, msgspec.structs.replace(document, state="ready"), "asset.drawn")


def normalise_video(store: Store, job: Job, tell: Tell) -> None:
    """Make the normalised film and its still, and ask for a copy for each size of display.

    Raises Refused when a secrecy marking stands on the still.
    """
    video = store.assets.get(job.unit, job.subject)
    try:
        with written_film(
            _original(store, job.subject),
            form=str(job.detail["form"]),
            seconds=(video.seconds_ms or _UNKNOWN_MS) / 1000,
            tell=tell,
        ) as film:
            still = (film.width, film.height)
            found = read_picture(film.poster, still, niceness=JOB_NICENESS)
            master = _kept_film(store, job.subject, MASTER, film)
    except Still:
        # An animation in which nothing moves: its clean copy is there already.
        picture = msgspec.structs.replace(video, kind="picture", state="ready")
        _finish(store, job, picture, "asset.drawn")
        return
    ready = msgspec.structs.replace(
        video,
        state="ready",
        media_type="image/jpeg",
        width=film.width,
        height=film.height,
        bytes=master.poster_bytes,
        clean_sha256=master.poster,
        seconds_ms=film.seconds_ms,
        sound=film.sound,
        findings=found,
    )
    _finish(store, job, ready, "asset.drawn", master=master)


def fit_video(store: Store, job: Job, tell: Tell) -> None:
    """Make the copy of a normalised film for one size of display."""
    master = store.videos.find(job.subject, MASTER)
    if master is None:
        raise Refused(N_("Video này không còn. Hãy tải lại video."), field="picture")
    size = (int(job.detail["width"]), int(job.detail["height"]))
    fit = str(job.detail.get("fit", AUTO))
    seconds = master.seconds_ms / 1000
    path = store.blobs.path(master.blob)
    with written_film(path, form="mov", seconds=seconds, size=size, fit=fit, tell=tell) as film:
        made = _kept_film(store, job.subject, size, film)
        rendition = msgspec.structs.replace(made, fit=fit)
    with store.transaction():
        if not store.jobs.finish(job, "done", said=None, at=now_ms()):
            raise NoLongerOurs
        store.videos.save(rendition)


def rendition_job(video: Asset, size: tuple[int, int], *, fit: str = AUTO, by: str, at: int) -> Job:
    """Return the job that makes the copy of a film for displays of `size` px."""
    length = (video.seconds_ms or _UNKNOWN_MS) / 1000
    master = fitted((max(video.width, 2), max(video.height, 2)), MASTER_SIZE)
    return Job(
        id=new_id(),
        kind="rendition",
        subject=video.sha256,
        unit=video.unit,
        by=by,
        created_at=at,
        detail={"width": size[0], "height": size[1]} | ({"fit": fit} if fit != AUTO else {}),
        estimate_ms=films.estimate_ms(round(length * 30), master, size),
    )


def sizes_on_air(store: Store) -> set[tuple[int, int]]:
    """Return the sizes of the displays that may show a film: not those that drivers see."""
    profiles = {profile.id: profile for profile in store.profiles.all()}
    shown_on = {d.profile for d in store.displays.all() if d.retired_at is None}
    return {film_size(profile.size) for name in shown_on if not (profile := profiles[name]).traffic}


def refuse(store: Store, job: Job, said: Said, *, at: int) -> None:
    """End a job that cannot be done. What was made of the file so far goes.

    Of a file with a secrecy marking nothing stays at all; else the name and the reason do.
    """
    asset = store.assets.find(job.unit, job.subject)
    drawn = {page.clean_sha256 for page in store.assets.pages_of(job.unit, job.subject)}
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
    if said.msgid == MARKED:
        for clean in drawn - {one for one in drawn if store.assets.by_clean(one)}:
            store.blobs.remove(clean)


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


def _finish(
    store: Store, job: Job, asset: Asset, act: str, *, master: VideoRendition | None = None
) -> None:
    at = now_ms()
    with store.transaction():
        if not store.jobs.finish(job, "done", said=None, at=at):
            raise NoLongerOurs
        store.assets.save(asset)
        _record(store, job, act, at)
        if master is None:
            return
        store.videos.save(master)
        for size in sorted(sizes_on_air(store)):
            store.jobs.add(rendition_job(asset, size, by=job.by, at=at))


def _kept_film(
    store: Store, video: str, size: tuple[int, int], film: WrittenFilm
) -> VideoRendition:
    return VideoRendition(
        video=video,
        width=size[0],
        height=size[1],
        blob=store.blobs.put_file(film.path),
        bytes=film.bytes,
        poster=store.blobs.put(film.poster),
        poster_bytes=len(film.poster),
        seconds_ms=film.seconds_ms,
        sound=film.sound,
    )


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
    "video": normalise_video,
    "rendition": fit_video,
}
