"""Header, side and clock from the editor to the glass: what is approved is what a player shows."""

import io

import pytest
from PIL import Image

from players.contract import documents
from players.contract.holdings import Holdings
from players.contract.playlist import SlideItem
from players.contract.showing import Part, Showing
from players.contract.timeline import showing_at
from players.contract.types import Area
from players.contract.widgets import copies_at
from signage.domain.arrangement import Staging
from signage.domain.playlist import Playlist
from signage.domain.rendition import Rendition
from signage.domain.sentences import Refused
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.approval import review
from signage.workflows.content import editing, previewing
from signage.workflows.publication.sealing import SealingDesk
from tests.signage.pleiku import CITY_OFFICER, NOON
from tests.signage.workflows.desk import add_line, approve, new_playlist, submit
from tests.signage.workflows.publication.test_publishing import desk, entries_of, publish, schedule

__all__ = ["desk"]

SCREEN = "nvh-hoi-phu"


def staged(store: Store, playlist: Playlist, **staging: str) -> Playlist:
    return editing.stage(
        store,
        playlist.id,
        Staging(**staging),
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )


def added(
    store: Store, playlist: Playlist, layout: str, zone: str = "main", **fields: str
) -> Playlist:
    return editing.add_slide(
        store,
        playlist.id,
        Words(layout=layout, fields=fields, zone=zone),
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )


def shown(store: Store, desk: SealingDesk, playlist: Playlist, moment: int = NOON) -> Showing:
    """What the player of the screen shows once the playlist is approved and scheduled."""
    schedule(store, approve(store, submit(store, playlist)), f"display:{SCREEN}")
    manifest = publish(store, desk)[SCREEN]
    playlists = {
        entry.document.sha256: documents.decode(
            store.blobs.read(entry.document.sha256), documents.PlaylistDocument
        )
        for entry in entries_of(manifest)
    }
    return showing_at(Holdings.of(SCREEN, manifest, playlists, None), moment)


def with_a_side(store: Store) -> Playlist:
    playlist = staged(store, new_playlist(store, SCREEN), arrangement="side", transition="slide")
    return added(store, playlist, "clock", "side")


def test_a_clock_at_the_side_comes_to_the_player_as_it_was_drawn(
    store: Store, desk: SealingDesk
) -> None:
    showing = shown(store, desk, with_a_side(store))
    [part] = showing.parts
    assert (showing.area, part.area) == (
        Area(x=0, y=0, width=1344, height=1080),
        Area(x=1344, y=0, width=576, height=1080),
    )
    assert (part.item.blob.width, part.item.blob.height) == (576, 1080)
    assert showing.transition == "slide"
    for widget in part.item.widgets:
        assert store.blobs.has(widget.sheet.sha256)


def test_the_sheets_of_figures_are_among_what_players_may_fetch(
    store: Store, desk: SealingDesk
) -> None:
    [part] = shown(store, desk, with_a_side(store)).parts
    for widget in part.item.widgets:
        assert store.publications.is_published(widget.sheet.sha256)


def test_a_header_stands_above_the_slides_and_the_ticker_below(
    store: Store, desk: SealingDesk
) -> None:
    playlist = add_line(store, new_playlist(store, SCREEN))
    playlist = staged(store, playlist, arrangement="header", header="UBND phường Hội Phú")
    showing = shown(store, desk, playlist)
    [head] = showing.parts
    assert showing.area is not None
    assert showing.ticker is not None
    assert head.area.height == showing.area.y == 120
    assert showing.area.y + showing.area.height + showing.ticker.blob.height == 1080


def test_the_preview_of_a_clock_has_the_pixels_of_the_player(
    store: Store, desk: SealingDesk
) -> None:
    playlist = with_a_side(store)
    [drawn] = [
        one.rendition
        for one in previewing.previews(store, playlist.id, by=CITY_OFFICER)
        if one.slide and one.slide.zone == "side" and one.rendition
    ]
    showing = shown(store, desk, playlist)
    [part] = showing.parts
    assert previewed(store, drawn, NOON).tobytes() == played(store, part, showing, NOON).tobytes()


def picture(store: Store, sha256: str) -> Image.Image:
    return Image.open(io.BytesIO(store.blobs.read(sha256))).convert("RGB")


def previewed(store: Store, drawn: Rendition, moment: int) -> Image.Image:
    glass = picture(store, drawn.blob)
    for piece in previewing.figures_at(drawn, moment):
        sheet = picture(store, piece.sheet.sha256)
        box = (piece.left, 0, piece.left + piece.width, piece.sheet.height)
        glass.paste(sheet.crop(box), (piece.x, piece.y))
    return glass


def played(store: Store, part: Part, showing: Showing, moment: int) -> Image.Image:
    glass = picture(store, part.item.blob.sha256)
    assert showing.almanac is not None
    assert isinstance(part.item, SlideItem)
    for widget in part.item.widgets:
        sheet = picture(store, widget.sheet.sha256)
        for copy in copies_at(widget, moment, showing.almanac):
            box = (copy.left, 0, copy.left + copy.width, sheet.height)
            glass.paste(sheet.crop(box), (copy.x, copy.y))
    return glass


def test_a_playlist_needs_a_slide_in_its_main_part(store: Store) -> None:
    playlist = with_a_side(store)
    [first] = playlist.draft.slides_of("main")
    playlist = editing.remove_slide(
        store, playlist.id, first.id, version=playlist.version, by=CITY_OFFICER, at=NOON
    )
    with pytest.raises(Refused, match="Phần chính"):
        submit(store, playlist)


def test_a_bulletin_that_is_over_is_not_submitted(store: Store) -> None:
    playlist = added(
        store,
        new_playlist(store, SCREEN),
        "bulletin",
        title="Giá cà phê",
        rows="Loại;đ/kg\nCà phê;118.500",
        issued="6:00 22/11/2026",
        expires="18:00 22/11/2026",
        source="Sở Công Thương",
    )
    with pytest.raises(Refused, match="Trang 2 đã hết giá trị"):
        submit(store, playlist)


def test_a_transition_beside_a_road_is_told_and_stops_nothing(store: Store) -> None:
    playlist = staged(store, new_playlist(store, "hoa-lu"), transition="crossfade")
    [told] = previewing.previews(store, playlist.id, by=CITY_OFFICER)
    assert "motion" in [one.code for one in told.findings]
    assert not review.stops(told, playlist.draft)


def test_a_side_too_small_for_a_clock_says_so(store: Store) -> None:
    playlist = staged(store, new_playlist(store, "ubnd"), arrangement="side")
    playlist = added(store, playlist, "clock", "side")
    with pytest.raises(review.NotLegible, match="quá nhỏ để đọc được số"):
        submit(store, playlist)
