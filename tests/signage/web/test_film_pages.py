"""A film on the pages: chosen, watched before it is approved, and waited for."""

from collections.abc import Callable

from players.contract.playlist import FILM_TYPE
from signage.store import Store
from signage.workflows.media.job_runner import Runner
from tests.signage.cinema import SMALL, add_film, library_film
from tests.signage.pleiku import APPROVER, CITY_OFFICER
from tests.signage.web.visitor import Visitor, words
from tests.signage.workflows.desk import approve, new_playlist, submit

Visit = Callable[..., Visitor]


def test_an_officer_chooses_a_film_and_watches_the_very_file(visit: Visit, store: Store) -> None:
    film = library_film(store, SMALL)
    playlist = new_playlist(store, "ubnd")
    visitor = visit(CITY_OFFICER)
    page = visitor.open(f"/playlists/{playlist.id}/slides/new?layout=video")
    assert "Chợ Tết.mp4 0:03 · có tiếng" in words(page)
    visitor.send(f"/playlists/{playlist.id}/slides", video=film.sha256, seconds="", follow=True)
    made = store.videos.find(film.sha256, SMALL)
    assert made is not None
    assert f'src="/previews/{made.blob}" poster="/previews/{made.poster}"' in visitor.page.text
    assert store.playlists.get(playlist.id).draft.slides[1].seconds == 3
    assert "media-src 'self'" in visitor.page.headers["Content-Security-Policy"]


def test_the_approver_watches_it_too(visit: Visit, store: Store) -> None:
    film = library_film(store, SMALL)
    sent = submit(store, add_film(store, new_playlist(store, "ubnd", "hoa-lu"), film))
    page = visit(APPROVER).open(f"/reviews/{sent.id}")
    made = store.videos.find(film.sha256, SMALL)
    assert made is not None
    assert f'<video controls muted loop playsinline preload="none" src="/previews/{made.blob}"' in (
        page.text
    )
    assert "bỏ qua trang video" in words(page)
    assert "3 giây · video dài 0:03 · có tiếng" in words(page)


def test_the_library_plays_a_film_that_is_ready(visit: Visit, store: Store) -> None:
    film = library_film(store)
    visitor = visit(CITY_OFFICER)
    assert "Video dài 0:03" in words(visitor.open("/library"))
    answer = visitor.open(f"/library/{film.unit}/{film.sha256}/film", follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, FILM_TYPE)


def test_a_browser_and_a_player_may_begin_in_the_middle(visit: Visit, store: Store) -> None:
    film = library_film(store, SMALL)
    made = store.videos.find(film.sha256, SMALL)
    assert made is not None
    data = store.blobs.read(made.blob)
    approve(store, submit(store, add_film(store, new_playlist(store, "ubnd"), film)))
    with store.transaction():
        store.publications.publish_blobs({"display:ubnd": [made.blob]})
    visitor = visit(CITY_OFFICER)
    for address in (f"/previews/{made.blob}", f"/blobs/{made.blob}"):
        answer = visitor.open(address, headers={"Range": "bytes=1000-"})
        assert (answer.status_code, answer.mimetype, answer.data) == (206, FILM_TYPE, data[1000:])


def test_a_page_waits_for_a_film_and_offers_to_submit_when_it_is_ready(
    visit: Visit, store: Store
) -> None:
    film = library_film(store)
    playlist = add_film(store, new_playlist(store, "ubnd"), film)
    visitor = visit(CITY_OFFICER)
    page = visitor.open(f"/playlists/{playlist.id}")
    assert "Video cho “Bảng LED UBND” đang được chuẩn bị" in words(page)
    assert "nút trình duyệt tự hiện ở đây" in words(page)
    assert 'hx-trigger="load delay:5s"' in page.text
    while Runner(store, changed=lambda: None).run_one():
        pass
    page = visitor.open(f"/playlists/{playlist.id}")
    assert "Tôi cam kết" in words(page)
    assert 'hx-trigger="load delay:5s"' not in page.text


def test_a_ward_without_films_is_shown_the_way_to_upload_one(visit: Visit, store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    page = visit(CITY_OFFICER).open(f"/playlists/{playlist.id}/slides/new?layout=video")
    assert "Thư viện chưa có video nào. Tải video mới lên thư viện" in words(page)
