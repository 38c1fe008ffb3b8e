"""Operations on the slides and ticker lines of a playlist."""

import msgspec

from signage.domain.people import Action
from signage.domain.playlist import Playlist
from signage.domain.slide import Words
from signage.web.api.bodies import Change, Place
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.content import editing


class SlideChange(Words, frozen=True, kw_only=True):
    """A slide to be added or replaced; see `Words`. `version` is that of the playlist."""

    version: int


class TickerChange(Change, frozen=True, kw_only=True):
    """A ticker line; `speed` in px per frame at 60 Hz: 1, 2 or 3."""

    text: str
    speed: int = 2


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
