"""Operations on playlists: the draft, its title, its displays and how it is divided."""

import msgspec

from players.contract.playlist import CUT
from signage.domain.arrangement import Staging
from signage.domain.people import Action
from signage.domain.playlist import Playlist
from signage.web.api.bodies import Change, Search
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.content import editing


class NewPlaylist(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist to be created; `unit` is one's own by default."""

    title: str
    unit: str = ""


class NewTitle(Change, frozen=True, kw_only=True):
    """Another title."""

    title: str


class Targets(Change, frozen=True, kw_only=True):
    """The displays the playlist is meant for, by id."""

    displays: list[str]


class StagingChange(Change, frozen=True, kw_only=True):
    """How a playlist stands on the glass.

    `arrangement` is full, side or header; `transition` cut, crossfade or slide; `header` the name
    above the slides.
    """

    arrangement: str = "full"
    transition: str = CUT
    header: str = ""


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
