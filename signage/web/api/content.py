"""Operations on content: assets, playlists, slides, ticker lines, targets, previews."""

from typing import Annotated

import msgspec
from flask import url_for
from msgspec import Meta

from players.contract.playlist import CUT
from signage.domain.arrangement import Staging
from signage.domain.finding import Finding, Severity
from signage.domain.language import VIETNAMESE
from signage.domain.media import Asset
from signage.domain.people import Action
from signage.domain.playlist import Playlist
from signage.domain.rendition import Rendition
from signage.domain.slide import Words
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.web.language import english
from signage.web.library_pages import MAX_FORM_BYTES, keep_upload
from signage.workflows import editing, library, previewing
from signage.workflows.previewing import Preview

Limit = Annotated[int, Meta(ge=1, le=200)]
Offset = Annotated[int, Meta(ge=0)]


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a list; `search` ignores accents."""

    search: str = ""
    limit: Limit = 50
    offset: Offset = 0


class NewPlaylist(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist to be created; `unit` is one's own by default."""

    title: str
    unit: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Every change names the version of the playlist that it was made on."""

    version: int


class NewTitle(Change, frozen=True, kw_only=True):
    """Another title."""

    title: str


class Targets(Change, frozen=True, kw_only=True):
    """The displays the playlist is meant for, by id."""

    displays: list[str]


class SlideChange(Words, frozen=True, kw_only=True):
    """A slide to be added or replaced; see `Words`. `version` is that of the playlist."""

    version: int


class StagingChange(Change, frozen=True, kw_only=True):
    """How a playlist stands on the glass.

    `arrangement` is full, side or header; `transition` cut, crossfade or slide; `header` the name
    above the slides.
    """

    arrangement: str = "full"
    transition: str = CUT
    header: str = ""


class Place(Change, frozen=True, kw_only=True):
    """A place in the order; 0 is first."""

    place: int


class TickerChange(Change, frozen=True, kw_only=True):
    """A ticker line; `speed` in px per frame at 60 Hz: 1, 2 or 3."""

    text: str
    speed: int = 2


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What to change: "refuse" keeps a slide off the display, "warn" is told, "note" is a hint."""

    code: str
    severity: Severity
    field: str | None
    message_vi: str
    message_en: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A slide in one language, or the ticker when `slide` is null, on a profile: or why not.

    `further` are the addresses of the pages after the first, for words that need several, `film`
    that of the film whose poster the picture is. `findings` says what to change, the gravest first.
    """

    profile: str
    subject_hash: str
    slide: str | None
    address: str | None
    rendition: Rendition | None
    film: str | None = None
    refused_vi: str | None = None
    refused_en: str | None = None
    findings: list[Told] = []
    language: str = VIETNAMESE
    further: list[str] = []


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
    "/playlists",
    needs=Action.VIEW,
    summary="List playlists",
    query=Search,
    gives=list[Playlist],
)
def list_playlists(query: Search) -> list[Playlist]:
    return editing.playlists(
        store(), by=person(), search=query.search, limit=query.limit, offset=query.offset
    )


@operation(
    "POST",
    "/playlists",
    needs=Action.EDIT,
    summary="Create a playlist",
    body=NewPlaylist,
    gives=Playlist,
    status=201,
)
def create_playlist(body: NewPlaylist) -> Playlist:
    unit = body.unit or person().unit
    return editing.create_playlist(store(), unit=unit, title=body.title, by=person(), at=now())


@operation(
    "GET", "/playlists/<playlist_id>", needs=Action.VIEW, summary="Read a playlist", gives=Playlist
)
def read_playlist(playlist_id: str) -> Playlist:
    return editing.playlist(store(), playlist_id, by=person())


@operation(
    "DELETE",
    "/playlists/<playlist_id>",
    needs=Action.EDIT,
    summary="Delete a playlist that was never submitted",
    query=Change,
)
def delete_playlist(playlist_id: str, query: Change) -> None:
    editing.delete_playlist(store(), playlist_id, version=query.version, by=person(), at=now())


@operation(
    "PUT",
    "/playlists/<playlist_id>/title",
    needs=Action.EDIT,
    summary="Rename a playlist",
    body=NewTitle,
    gives=Playlist,
)
def rename_playlist(playlist_id: str, body: NewTitle) -> Playlist:
    return editing.rename(
        store(), playlist_id, body.title, version=body.version, by=person(), at=now()
    )


@operation(
    "PUT",
    "/playlists/<playlist_id>/targets",
    needs=Action.EDIT,
    summary="Say for which displays it is meant",
    body=Targets,
    gives=Playlist,
)
def set_targets(playlist_id: str, body: Targets) -> Playlist:
    return editing.set_targets(
        store(), playlist_id, body.displays, version=body.version, by=person(), at=now()
    )


@operation(
    "PUT",
    "/playlists/<playlist_id>/staging",
    needs=Action.EDIT,
    summary="Divide the glass, and say how slides give way",
    body=StagingChange,
    gives=Playlist,
)
def stage_playlist(playlist_id: str, body: StagingChange) -> Playlist:
    staging = Staging(arrangement=body.arrangement, transition=body.transition, header=body.header)
    return editing.stage(store(), playlist_id, staging, version=body.version, by=person(), at=now())


@operation(
    "POST",
    "/playlists/<playlist_id>/slides",
    needs=Action.EDIT,
    summary="Add a slide at the end",
    body=SlideChange,
    gives=Playlist,
    status=201,
)
def add_slide(playlist_id: str, body: SlideChange) -> Playlist:
    return editing.add_slide(
        store(), playlist_id, body, version=body.version, by=person(), at=now()
    )


@operation(
    "PUT",
    "/playlists/<playlist_id>/slides/<slide_id>",
    needs=Action.EDIT,
    summary="Replace a slide",
    body=SlideChange,
    gives=Playlist,
)
def update_slide(playlist_id: str, slide_id: str, body: SlideChange) -> Playlist:
    return editing.update_slide(
        store(), playlist_id, slide_id, body, version=body.version, by=person(), at=now()
    )


@operation(
    "DELETE",
    "/playlists/<playlist_id>/slides/<slide_id>",
    needs=Action.EDIT,
    summary="Remove a slide",
    query=Change,
    gives=Playlist,
)
def remove_slide(playlist_id: str, slide_id: str, query: Change) -> Playlist:
    return editing.remove_slide(
        store(), playlist_id, slide_id, version=query.version, by=person(), at=now()
    )


@operation(
    "PUT",
    "/playlists/<playlist_id>/slides/<slide_id>/place",
    needs=Action.EDIT,
    summary="Move a slide",
    body=Place,
    gives=Playlist,
)
def move_slide(playlist_id: str, slide_id: str, body: Place) -> Playlist:
    return editing.move_slide(
        store(), playlist_id, slide_id, body.place, version=body.version, by=person(), at=now()
    )


@operation(
    "POST",
    "/playlists/<playlist_id>/tickers",
    needs=Action.EDIT,
    summary="Add a ticker line",
    body=TickerChange,
    gives=Playlist,
    status=201,
)
def add_ticker(playlist_id: str, body: TickerChange) -> Playlist:
    return editing.add_ticker(
        store(), playlist_id, **msgspec.structs.asdict(body), by=person(), at=now()
    )


@operation(
    "PUT",
    "/playlists/<playlist_id>/tickers/<line_id>",
    needs=Action.EDIT,
    summary="Replace a ticker line",
    body=TickerChange,
    gives=Playlist,
)
def update_ticker(playlist_id: str, line_id: str, body: TickerChange) -> Playlist:
    return editing.update_ticker(
        store(), playlist_id, line_id, **msgspec.structs.asdict(body), by=person(), at=now()
    )


@operation(
    "DELETE",
    "/playlists/<playlist_id>/tickers/<line_id>",
    needs=Action.EDIT,
    summary="Remove a ticker line",
    query=Change,
    gives=Playlist,
)
def remove_ticker(playlist_id: str, line_id: str, query: Change) -> Playlist:
    return editing.remove_ticker(
        store(), playlist_id, line_id, version=query.version, by=person(), at=now()
    )


@operation(
    "GET",
    "/playlists/<playlist_id>/previews",
    needs=Action.VIEW,
    summary="Draw everything at the pixels of each target",
    gives=list[Picture],
)
def preview_playlist(playlist_id: str) -> list[Picture]:
    return [picture(one) for one in previewing.previews(store(), playlist_id, by=person())]


@operation(
    "POST",
    "/playlists/<playlist_id>/try",
    needs=Action.EDIT,
    summary="Draw words that are not saved",
    body=Words,
    gives=list[Picture],
)
def try_slide(playlist_id: str, body: Words) -> list[Picture]:
    draft = editing.playlist(store(), playlist_id, by=person()).draft
    return [
        picture(previewing.try_slide(store(), playlist_id, one.id, words, by=person()))
        for one in previewing.target_profiles(store(), draft)
        for words in body.spoken()
    ]


def picture(shown: Preview) -> Picture:
    """Return a drawn picture, or the refusal, with its findings as the interface tells them."""
    rendition, refusal = shown.rendition, shown.refusal
    saved = shown.slide is not None and shown.slide.id != previewing.UNSAVED
    return Picture(
        profile=shown.profile.id,
        subject_hash=shown.subject_hash,
        slide=shown.slide.id if shown.slide and saved else None,
        address=url_for("machine.preview", sha256=rendition.blob) if rendition else None,
        rendition=rendition,
        film=url_for("machine.preview", sha256=rendition.film.blob)
        if rendition and rendition.film
        else None,
        refused_vi=refusal.text() if refusal else None,
        refused_en=refusal.text(english) if refusal else None,
        findings=[told(one) for one in shown.findings],
        language=shown.slide.language if shown.slide else VIETNAMESE,
        further=[
            url_for("machine.preview", sha256=page.blob)
            for page in (rendition.further if rendition else ())
        ],
    )


def told(finding: Finding) -> Told:
    """Return a finding in both languages."""
    return Told(
        code=finding.code,
        severity=finding.severity,
        field=finding.field,
        message_vi=finding.text(),
        message_en=finding.text(english),
    )
