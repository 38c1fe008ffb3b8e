"""Operations on files of the library: what one became, its job, its pages, and slides of them."""

import msgspec
from flask import url_for

from signage.domain.jobs import Job
from signage.domain.media import Asset
from signage.domain.people import Action
from signage.domain.playlist import Playlist
from signage.web.api.bodies import Limit, Search
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.web.document_pages import USUAL_SECONDS
from signage.web.library_pages import LISTED, MAX_FORM_BYTES, keep_upload
from signage.workflows.content import document_slides
from signage.workflows.media import jobs, library


class Newest(msgspec.Struct, frozen=True, kw_only=True):
    """The newest part of a list."""

    limit: Limit = 50


class DocumentPages(msgspec.Struct, frozen=True, kw_only=True):
    """Pages of a document for a playlist: all when `pages` is null; each is shown `seconds`."""

    unit: str
    document: str
    version: int
    pages: list[int] | None = None
    seconds: int = USUAL_SECONDS


class DrawnPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page: its number from 1, the clean sha256 for slides, where its picture is."""

    page: int
    clean_sha256: str
    width: int
    height: int
    address: str
    findings_vi: list[str]


@operation(
    "GET",
    "/assets",
    needs=Action.VIEW,
    summary="List the media library",
    query=Search,
    gives=list[Asset],
)
def list_assets(query: Search) -> list[Asset]:
    return library.assets(
        store(), by=person(), search=query.search, limit=query.limit, offset=query.offset
    )


@operation(
    "POST",
    "/assets",
    needs=Action.EDIT,
    summary="Upload a picture, a document or a film",
    body="multipart",
    gives=Asset,
    status=201,
    limit=MAX_FORM_BYTES,
)
def upload_asset() -> Asset:
    return keep_upload()


@operation(
    "GET",
    "/files",
    needs=Action.VIEW,
    summary="List the media library with its documents",
    query=Search,
    gives=list[Asset],
)
def list_files(query: Search) -> list[Asset]:
    return library.assets(
        store(),
        by=person(),
        search=query.search,
        limit=query.limit,
        offset=query.offset,
        kinds=LISTED,
    )


@operation(
    "GET",
    "/assets/<unit>/<sha256>",
    needs=Action.VIEW,
    summary="Read one file of the library: ready, at work, or refused and why",
    gives=Asset,
)
def read_asset(unit: str, sha256: str) -> Asset:
    return library.asset(store(), sha256, unit=unit, by=person())


@operation(
    "GET",
    "/assets/<unit>/<sha256>/pages",
    needs=Action.VIEW,
    summary="List the pages made so far of a document",
    gives=list[DrawnPage],
)
def list_pages(unit: str, sha256: str) -> list[DrawnPage]:
    return [
        DrawnPage(
            page=page.page or 0,
            clean_sha256=page.clean_sha256,
            width=page.width,
            height=page.height,
            address=url_for("machine.preview", sha256=page.clean_sha256),
            findings_vi=[finding.sentence().text() for finding in page.findings],
        )
        for page in library.pages_of(store(), sha256, unit=unit, by=person())
    ]


@operation(
    "POST",
    "/playlists/<playlist_id>/pages",
    needs=Action.EDIT,
    summary="Add pages of a document as full-picture slides",
    body=DocumentPages,
    gives=Playlist,
    status=201,
)
def add_pages(playlist_id: str, body: DocumentPages) -> Playlist:
    document = library.asset(store(), body.document, unit=body.unit, by=person())
    chosen = body.pages
    if chosen is None:
        made = library.pages_of(store(), body.document, unit=body.unit, by=person())
        chosen = [page.page for page in made if page.page]
    return document_slides.put_into_playlist(
        store(),
        document,
        chosen,
        playlist=playlist_id,
        version=body.version,
        seconds=body.seconds,
        by=person(),
        at=now(),
    )


@operation(
    "GET",
    "/jobs",
    needs=Action.VIEW,
    summary="List one's own background jobs, newest first",
    query=Newest,
    gives=list[Job],
)
def list_jobs(query: Newest) -> list[Job]:
    return jobs.jobs_of(store(), by=person(), limit=query.limit)


@operation(
    "GET",
    "/jobs/<job_id>",
    needs=Action.VIEW,
    summary="Read one background job: how far it is, or how it ended",
    gives=Job,
)
def read_job(job_id: str) -> Job:
    return jobs.progress(store(), job_id, by=person())
