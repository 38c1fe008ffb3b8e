"""Edits name the version they were made on, and what is refused changes nothing."""

from collections.abc import Callable

import pytest

from signage.domain.names import NotFound
from signage.domain.people import NotAllowed
from signage.domain.playlist import Playlist, Stale
from signage.domain.sentences import Refused
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.content import editing
from signage.workflows.displays import provisioning
from tests.signage.pleiku import (
    ADMINISTRATOR,
    CITY_OFFICER,
    NOON,
    OFFICER,
    OTHER_OFFICER,
    VIEWER,
    WARD,
)
from tests.signage.workflows.desk import NOTICE, approved_playlist, new_playlist


@pytest.fixture
def playlist(store: Store) -> Playlist:
    created = editing.create_playlist(store, unit=WARD.id, title="Y tế", by=OFFICER, at=NOON)
    return editing.add_slide(
        store,
        created.id,
        Words(layout="notice", fields=NOTICE),
        version=created.version,
        by=OFFICER,
        at=NOON,
    )


def edit(
    store: Store, how: Callable[..., Playlist], playlist: Playlist, *words: object, **more: object
) -> Playlist:
    details = {"version": playlist.version, "by": OFFICER, "at": NOON + 1} | more
    return how(store, playlist.id, *words, **details)


def test_a_playlist_grows_change_by_change(store: Store, playlist: Playlist) -> None:
    playlist = edit(store, editing.rename, playlist, "Y tế tháng 11")
    playlist = edit(store, editing.add_ticker, playlist, text="Tiêm chủng sáng thứ bảy", speed=1)
    playlist = edit(store, editing.set_targets, playlist, ["nvh-hoi-phu", "nvh-hoi-phu"])
    first = playlist.draft.slides[0].id
    slogan = Words(layout="slogan", fields={"text": "Vì dân"})
    playlist = edit(store, editing.add_slide, playlist, slogan)
    playlist = edit(store, editing.move_slide, playlist, first, 1)
    longer = Words(layout="notice", fields=NOTICE, seconds=20)
    playlist = edit(store, editing.update_slide, playlist, first, longer)
    kept = editing.playlist(store, playlist.id, by=OFFICER)
    assert kept == playlist
    assert kept.title == "Y tế tháng 11"
    assert [(one.layout, one.seconds) for one in kept.draft.slides] == [
        ("slogan", 10),
        ("notice", 20),
    ]
    assert [(line.text, line.speed) for line in kept.draft.tickers] == [
        ("Tiêm chủng sáng thứ bảy", 1)
    ]
    assert kept.draft.targets == ["nvh-hoi-phu"]
    assert (kept.version, kept.updated_at) == (8, NOON + 1)


def test_of_two_edits_on_one_version_the_second_is_refused_and_nothing_is_lost(
    store: Store, playlist: Playlist
) -> None:
    first = edit(store, editing.rename, playlist, "Của Lan")
    with pytest.raises(Stale, match="Người khác vừa sửa"):
        edit(store, editing.rename, playlist, "Của Hoa", by=CITY_OFFICER)
    assert editing.playlist(store, playlist.id, by=OFFICER) == first


@pytest.mark.parametrize(
    ("layout", "fields", "more", "field"),
    [
        ("notice", {"title": "", "body": "x"}, {}, "title"),
        ("notice", {"title": "x" * 999, "body": "x"}, {}, "title"),
        ("notice", {"title": "x", "body": "y", "titel": "x"}, {}, "titel"),
        ("notice", {"title": "Chữ lạ", "body": "한국 🎉"}, {}, "body"),
        ("photos", {}, {}, "layout"),
        ("photo", {"caption": "Chợ"}, {}, "picture"),
        ("photo", {"caption": "Chợ"}, {"picture": "0" * 64}, "picture"),
        ("slogan", {"text": "Vì dân"}, {"seconds": 2}, "seconds"),
        ("slogan", {"text": "Vì dân"}, {"seconds": 121}, "seconds"),
    ],
)
def test_a_slide_with_a_wrong_field_is_refused_at_that_field(
    store: Store,
    playlist: Playlist,
    layout: str,
    fields: dict[str, str],
    more: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(Refused) as refused:
        edit(store, editing.add_slide, playlist, Words(layout=layout, fields=fields, **more))
    assert refused.value.field == field
    assert editing.playlist(store, playlist.id, by=OFFICER) == playlist


def test_letters_the_font_lacks_are_named_and_nothing_is_lost(
    store: Store, playlist: Playlist
) -> None:
    slide = playlist.draft.slides[0]
    wrong = {"title": "Xin chào 안녕", "body": "x"}
    with pytest.raises(Refused, match="안"):
        edit(store, editing.update_slide, playlist, slide.id, Words(layout="notice", fields=wrong))
    with pytest.raises(Refused, match="안"):
        edit(store, editing.add_ticker, playlist, text="안녕")
    assert editing.playlist(store, playlist.id, by=OFFICER) == playlist


@pytest.mark.parametrize("line", [{"text": " "}, {"text": "x" * 401}, {"text": "x", "speed": 9}])
def test_a_ticker_line_that_cannot_run_is_refused(
    store: Store, playlist: Playlist, line: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        edit(store, editing.add_ticker, playlist, **line)
    assert editing.playlist(store, playlist.id, by=OFFICER) == playlist


def test_a_ticker_line_is_changed_and_removed(store: Store, playlist: Playlist) -> None:
    playlist = edit(store, editing.add_ticker, playlist, text="Tin vắn")
    [line] = playlist.draft.tickers
    playlist = edit(store, editing.update_ticker, playlist, line.id, text="Tin mới", speed=3)
    assert playlist.draft.tickers[0].text == "Tin mới"
    playlist = edit(store, editing.remove_ticker, playlist, line.id)
    assert playlist.draft.tickers == []
    with pytest.raises(Refused, match="không còn"):
        edit(store, editing.update_ticker, playlist, line.id, text="Tin")


def test_a_playlist_is_edited_in_its_unit_only(store: Store, playlist: Playlist) -> None:
    for stranger in (OTHER_OFFICER, VIEWER, ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            edit(store, editing.rename, playlist, "Khác", by=stranger)
    assert editing.playlists(store, by=OTHER_OFFICER) == []
    assert [one.id for one in editing.playlists(store, by=VIEWER, search="y te")] == [playlist.id]


def test_a_target_is_a_display_in_use_within_reach(store: Store, playlist: Playlist) -> None:
    with pytest.raises(NotFound):
        edit(store, editing.set_targets, playlist, ["no-such-display"])
    with pytest.raises(NotAllowed):
        edit(store, editing.set_targets, playlist, ["nvh-dien-hong"])
    provisioning.retire_display(store, "nvh-hoi-phu", by=ADMINISTRATOR, at=NOON)
    with pytest.raises(Refused, match="đã ngừng dùng"):
        edit(store, editing.set_targets, playlist, ["nvh-hoi-phu"])
    assert editing.playlist(store, playlist.id, by=OFFICER).draft.targets == []


def test_only_what_was_never_submitted_is_deleted(store: Store) -> None:
    draft = new_playlist(store, "ubnd")
    editing.delete_playlist(store, draft.id, version=draft.version, by=CITY_OFFICER, at=NOON)
    with pytest.raises(NotFound):
        editing.playlist(store, draft.id, by=CITY_OFFICER)
    on_air = approved_playlist(store, "ubnd").playlist
    version = store.playlists.get(on_air).version
    with pytest.raises(NotAllowed, match="phải lưu lại"):
        editing.delete_playlist(store, on_air, version=version, by=CITY_OFFICER, at=NOON)
    assert store.submissions.approved_of(on_air)


def test_each_change_is_in_the_audit_log(store: Store, playlist: Playlist) -> None:
    edit(store, editing.rename, playlist, "Y tế 2")
    rows = store.audit.page(subject=f"playlist:{playlist.id}")
    assert [(row.act, row.who) for row in rows] == [
        ("playlist.changed", OFFICER.login),
        ("playlist.changed", OFFICER.login),
        ("playlist.created", OFFICER.login),
    ]
