"""Previews are the very pixels of each display, or the reason why there are none."""

import io

import pytest
from PIL import Image

from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.content import editing, previewing
from tests.signage.pleiku import CITY_OFFICER, NOON, OFFICER, OTHER_OFFICER, VIEWER
from tests.signage.workflows.desk import LONG_NOTICE, NOTICE, add_line, add_notice, new_playlist

ALL = ("hoa-lu", "ubnd", "nvh-hoi-phu")


def tried_on_the_small_board(
    store: Store, playlist_id: str, fields: dict[str, str]
) -> previewing.Preview:
    return previewing.try_slide(
        store,
        playlist_id,
        "led-192x96",
        Words(layout="notice", fields=fields),
        by=CITY_OFFICER,
    )


def test_each_slide_is_shown_at_the_pixels_of_each_display(store: Store) -> None:
    playlist = new_playlist(store, *ALL)
    shown = previewing.previews(store, playlist.id, by=CITY_OFFICER)
    sizes = {one.profile.id: one.profile.size for one in shown}
    assert set(sizes) == {"led-384x192", "led-192x96", "hd-1920x1080"}
    for one in shown:
        assert one.rendition is not None
        with Image.open(io.BytesIO(store.blobs.read(one.rendition.blob))) as picture:
            assert picture.size == one.profile.size


def test_the_ticker_takes_its_band_from_the_slides_but_not_at_a_road(store: Store) -> None:
    playlist = add_line(store, new_playlist(store, *ALL))
    shown = previewing.previews(store, playlist.id, by=CITY_OFFICER)
    slides = {one.profile.id: one.rendition for one in shown if one.slide}
    strips = {one.profile.id: one for one in shown if not one.slide}
    small, strip = slides["led-192x96"], strips["led-192x96"].rendition
    assert small is not None
    assert strip is not None
    assert small.height + strip.height == 96
    assert strip.step == 2
    road = slides["led-384x192"]
    assert road is not None
    assert road.height == 192
    assert "cạnh đường" in str(strips["led-384x192"].refusal)


def test_what_cannot_be_read_is_refused_for_that_display_only(store: Store) -> None:
    playlist = add_notice(store, new_playlist(store, "ubnd", "nvh-hoi-phu"), LONG_NOTICE)
    shown = previewing.previews(store, playlist.id, by=CITY_OFFICER)
    refused = [(one.profile.id, str(one.refusal)) for one in shown if one.refusal]
    assert [profile for profile, _ in refused] == ["led-192x96"]
    assert "quá nhiều chữ" in refused[0][1]


def test_a_picture_is_drawn_once(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    slide = playlist.draft.slides[0].id
    first = previewing.preview(store, playlist.id, slide, "led-192x96", by=CITY_OFFICER)
    path = store.blobs.path(first.blob)
    before = path.stat().st_mtime_ns
    assert previewing.preview(store, playlist.id, slide, "led-192x96", by=VIEWER) == first
    assert path.stat().st_mtime_ns == before


def test_a_picture_whose_file_is_gone_is_drawn_again(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    [first] = previewing.previews(store, playlist.id, by=CITY_OFFICER)
    assert first.rendition is not None
    store.blobs.path(first.rendition.blob).unlink()
    [again] = previewing.previews(store, playlist.id, by=CITY_OFFICER)
    assert again.rendition is not None
    assert store.blobs.has(again.rendition.blob)


def test_unsaved_words_are_tried_and_not_saved(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    tried = tried_on_the_small_board(store, playlist.id, NOTICE)
    assert tried.rendition is not None
    assert (tried.rendition.width, tried.rendition.height) == (192, 96)
    refused = tried_on_the_small_board(store, playlist.id, LONG_NOTICE)
    assert refused.rendition is None
    assert "quá nhiều chữ" in str(refused.refusal)
    assert editing.playlist(store, playlist.id, by=CITY_OFFICER) == playlist


def test_a_refusal_is_the_first_finding_and_the_words_are_looked_at_all_the_same(
    store: Store,
) -> None:
    playlist = new_playlist(store, "ubnd")
    tried = tried_on_the_small_board(store, playlist.id, LONG_NOTICE)
    told = [(one.code, one.severity) for one in tried.findings]
    assert told == [("not_drawn", "refuse"), ("reading_time", "warn")]


def test_seconds_count_for_the_time_to_read(store: Store) -> None:
    playlist = new_playlist(store, "nvh-hoi-phu")
    words = NOTICE | {"body": "chữ " * 20}
    for seconds, expected in ((8, ["reading_time"]), (60, [])):
        typed = Words(layout="notice", fields=words, seconds=seconds)
        tried = previewing.try_slide(store, playlist.id, "hd-1920x1080", typed, by=CITY_OFFICER)
        assert [one.code for one in tried.findings] == expected


def test_a_wrong_field_is_told_as_a_finding_without_a_picture(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    tried = tried_on_the_small_board(store, playlist.id, NOTICE | {"title": ""})
    assert tried.rendition is None
    assert [(one.code, one.field) for one in tried.findings] == [("not_drawn", "title")]


def test_what_was_measured_is_kept_with_the_picture(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    fields = NOTICE | {"body": "Trẻ nghỉ học cả tuần. " * 4}
    first = tried_on_the_small_board(store, playlist.id, fields)
    assert first.rendition is not None
    assert "tone_marks" in {one.code for one in first.findings}
    again = tried_on_the_small_board(store, playlist.id, fields)
    assert again.findings == first.findings


def test_motion_at_a_road_is_a_finding_of_its_own(store: Store) -> None:
    playlist = add_line(store, new_playlist(store, "hoa-lu"))
    ticker = previewing.previews(store, playlist.id, by=CITY_OFFICER)[-1]
    assert [(one.code, one.severity) for one in ticker.findings] == [("motion", "refuse")]


def test_a_line_too_fast_to_read_is_told(store: Store) -> None:
    slow = add_line(store, new_playlist(store, "ubnd"), "Thường xuyên tuyên truyền phường " * 6)
    assert previewing.previews(store, slow.id, by=CITY_OFFICER)[-1].findings == []
    line = slow.draft.tickers[0]
    fast = editing.update_ticker(
        store, slow.id, line.id, text=line.text, speed=3, version=slow.version,
        by=CITY_OFFICER, at=NOON,
    )  # fmt: skip
    [told] = previewing.previews(store, fast.id, by=CITY_OFFICER)[-1].findings
    assert (told.code, told.profile) == ("ticker_speed", "led-192x96")


def test_a_playlist_without_a_ticker_has_no_ticker_preview(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    with pytest.raises(Refused, match="chưa có dòng chữ chạy"):
        previewing.ticker_preview(store, playlist.id, "led-192x96", by=CITY_OFFICER)


def test_a_stranger_sees_no_preview(store: Store) -> None:
    own = editing.create_playlist(store, unit="hoi-phu", title="Tin", by=OFFICER, at=NOON)
    with pytest.raises(NotAllowed):
        previewing.previews(store, own.id, by=OTHER_OFFICER)
