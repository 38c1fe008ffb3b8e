"""A film in a playlist: made for each size, approved with its bytes, left out beside roads."""

from zoneinfo import ZoneInfo

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents
from players.contract.manifest import Manifest
from players.contract.playlist import Item, PlaylistDocument, SlideItem, VideoItem
from players.contract.signature import Kind, key_id, open_sealed
from signage.domain.names import NotFound
from signage.domain.sentences import Refused
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.approval import review
from signage.workflows.approval.review_supplements import approve_missing, missing_renditions
from signage.workflows.content import editing, previewing
from signage.workflows.content.film_slides import NotYet
from signage.workflows.content.wording import checked_slide
from signage.workflows.media.job_runner import Runner
from signage.workflows.publication import scheduling
from signage.workflows.publication.publishing import publish_changes
from signage.workflows.publication.sealing import SealingDesk
from tests.signage.cinema import LENGTH_MS, SMALL, add_film, library_film, rendition
from tests.signage.pleiku import (
    APPROVER,
    CITY,
    CITY_OFFICER,
    DISPLAYS,
    NOON,
    OFFICER,
    OTHER_OFFICER,
    ROAD_BOARD,
    SMALL_BOARD,
)
from tests.signage.workflows.desk import add_line, approve, new_playlist, submit

KEY = Ed25519PrivateKey.generate()


def published(store: Store, display: str) -> list[Item]:
    """What the worker lets `display` show."""
    desk = SealingDesk(KEY, fleet="pleiku", epoch=1, boot_ms=lambda: 0)
    sealed = publish_changes(store, desk, zone=ZoneInfo("Asia/Ho_Chi_Minh"), at=NOON)
    (mine,) = (one.sealed for one in sealed if one.addressee == display)
    payload, _ = open_sealed(mine, Kind.MANIFEST, {key_id(KEY.public_key()): KEY.public_key()})
    manifest = documents.decode(payload, Manifest)
    items: list[Item] = []
    for entry in documents.playlist_entries(manifest.entries)[0]:
        document = documents.decode(store.blobs.read(entry.document.sha256), PlaylistDocument)
        items += documents.slide_items(document.items)[0]
    return items


def everywhere(store: Store, playlist: str) -> None:
    scheduling.add_entry(
        store,
        playlist=playlist,
        targets=[f"unit:{CITY.id}"],
        first_date="2026-11-23",
        last_date="2026-11-30",
        by=CITY_OFFICER,
        at=NOON,
    )


def test_a_film_stays_as_long_as_it_lasts_unless_told_otherwise(store: Store) -> None:
    film = library_film(store)
    playlist = add_film(store, new_playlist(store, "ubnd"), film)
    playlist = add_film(store, playlist, film, seconds=60)
    assert [slide.seconds for slide in playlist.draft.slides] == [10, 3, 60]
    with pytest.raises(Refused, match="từ 3 đến 900 giây"):
        add_film(store, playlist, film, seconds=901)


def test_a_film_is_chosen_from_one_s_own_library_and_ready(store: Store) -> None:
    film = library_film(store)
    playlist = new_playlist(store, "ubnd")
    with store.transaction():
        working = store.assets.change(film, state="working")
    with pytest.raises(Refused, match="chưa xử lý xong"):
        add_film(store, playlist, working)
    strange = library_film(store, by=OTHER_OFFICER, name="Của phường khác.mp4")
    with pytest.raises(NotFound, match="Không có video này"):
        checked_slide(store, "s", Words(layout="video", video=strange.sha256), by=OFFICER)
    with pytest.raises(Refused, match="cần một đoạn video"):
        checked_slide(store, "s", Words(layout="video"), by=CITY_OFFICER)


def test_a_playlist_waits_for_a_film_that_is_still_being_made(store: Store) -> None:
    film = library_film(store)
    playlist = add_film(store, new_playlist(store, "ubnd"), film)
    with pytest.raises(NotYet, match=r"Bảng LED UBND.* còn khoảng"):
        submit(store, playlist)
    (shown,) = (
        one
        for one in previewing.previews(store, playlist.id, by=CITY_OFFICER)
        if one.slide and one.slide.video
    )
    assert shown.is_waiting
    runner = Runner(store, changed=lambda: None)
    while runner.run_one():
        pass
    assert submit(store, playlist).is_drawn_for(SMALL_BOARD)


def test_approval_binds_the_film_and_not_only_its_poster(store: Store) -> None:
    film = library_film(store, SMALL)
    sent = submit(store, add_film(store, new_playlist(store, "ubnd"), film))
    subject = sent.document.subjects()[1]
    seen = sent.rendition(subject, SMALL_BOARD.id)
    assert seen is not None
    assert seen.film is not None
    other = msgspec.structs.replace(seen, film=msgspec.structs.replace(seen.film, blob="f" * 64))
    renditions = {**sent.renditions, subject: {**sent.renditions[subject], SMALL_BOARD.id: other}}
    assert review.content_hash(sent.document, sent.renditions) == sent.content_hash
    assert review.content_hash(sent.document, renditions) != sent.content_hash


def test_a_display_gets_the_film_in_its_size_and_may_fetch_it(store: Store) -> None:
    film = library_film(store, SMALL)
    sent = approve(store, submit(store, add_film(store, new_playlist(store, "ubnd"), film)))
    everywhere(store, sent.playlist)
    notice, item = published(store, "ubnd")
    assert isinstance(notice, SlideItem)
    assert isinstance(item, VideoItem)
    assert (item.film.width, item.film.height, item.length_ms) == (*SMALL, LENGTH_MS)
    assert item.shown_ms == LENGTH_MS
    assert item.sound
    assert all(store.publications.is_published(blob.sha256) for blob in (item.poster, item.film))


def test_over_a_ticker_the_film_is_made_for_what_the_ticker_leaves(store: Store) -> None:
    film = library_film(store, SMALL)
    with pytest.raises(NotYet):
        submit(store, add_line(store, add_film(store, new_playlist(store, "ubnd"), film)))
    (job,) = store.jobs.unfinished()
    assert job.detail["width"] == SMALL[0]
    assert int(job.detail["height"]) < SMALL[1]


def test_a_board_at_a_road_shows_the_other_slides_without_the_film(store: Store) -> None:
    film = library_film(store, SMALL)
    playlist = add_film(store, new_playlist(store, "hoa-lu", "ubnd"), film)
    left_out = [
        (one.profile.id, one.refusal.text())
        for one in previewing.previews(store, playlist.id, by=CITY_OFFICER)
        if one.is_left_out and one.refusal
    ]
    assert [profile for profile, _ in left_out] == [ROAD_BOARD.id]
    assert "bỏ qua trang video" in left_out[0][1]
    sent = approve(store, submit(store, playlist))
    everywhere(store, sent.playlist)
    (item,) = published(store, "hoa-lu")
    assert isinstance(item, SlideItem)


def test_a_film_alone_is_refused_at_a_road(store: Store) -> None:
    film = library_film(store, SMALL)
    created = editing.create_playlist(store, unit=CITY.id, title="Video", by=CITY_OFFICER, at=NOON)
    playlist = editing.set_targets(
        store, created.id, ["hoa-lu"], version=created.version, by=CITY_OFFICER, at=NOON
    )
    with pytest.raises(review.NotLegible, match="cạnh đường"):
        submit(store, add_film(store, playlist, film))


def test_a_film_for_a_new_kind_of_display_waits_for_another_person(store: Store) -> None:
    film = library_film(store, SMALL)
    sent = approve(store, submit(store, add_film(store, new_playlist(store, "ubnd"), film)))
    everywhere(store, sent.playlist)
    new = msgspec.structs.replace(SMALL_BOARD, id="led-128x64", width=128, height=64)
    with store.transaction():
        store.profiles.add(new)
        store.displays.save(msgspec.structs.replace(DISPLAYS[1], id="bang-moi", profile=new.id))
    assert published(store, "bang-moi") == []
    (lacking,) = missing_renditions(store, by=APPROVER)
    assert lacking.is_waiting
    with pytest.raises(NotYet):
        approve_missing(store, sent.id, new.id, lacking.hashes, by=APPROVER, at=NOON)
    with store.transaction():
        store.videos.save(rendition(store, film.sha256, new.size))
    (lacking,) = missing_renditions(store, by=APPROVER)
    seen = lacking.hashes
    only_posters = {
        one.subject_hash: one.rendition.blob for one in lacking.previews if one.rendition
    }
    with pytest.raises(Refused, match="khác với nội dung"):
        approve_missing(store, sent.id, new.id, only_posters, by=APPROVER, at=NOON)
    approve_missing(store, sent.id, new.id, seen, by=APPROVER, at=NOON)
    assert isinstance(published(store, "bang-moi")[1], VideoItem)
