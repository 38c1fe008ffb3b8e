"""What goes into the store comes out of it unchanged."""

import msgspec
import pytest

from signage.domain.media import Asset
from signage.domain.names import NotFound
from signage.domain.playlist import Playlist, PlaylistDraft, Stale
from signage.domain.review import State
from signage.domain.schedule import Daypart, ScheduleEntry
from signage.domain.sentences import Refused
from signage.store import Store
from tests.signage.domain.test_review import DRAFT, WAITING
from tests.signage.pleiku import APPROVER, DISPLAYS, HOUSE_SCREEN, OFFICER, WARD


def a_playlist(title: str = "Y tế", name: str = "p") -> Playlist:
    draft = msgspec.structs.replace(DRAFT, id=name, title=title)
    return Playlist(
        draft=draft,
        version=1,
        created_by=OFFICER.id,
        created_at=1,
        updated_by=OFFICER.id,
        updated_at=1,
    )


def keep(store: Store, *playlists: Playlist) -> None:
    with store.transaction():
        for playlist in playlists:
            store.playlists.insert(playlist)


def test_units_displays_profiles_and_people_come_back_as_they_went(store: Store) -> None:
    assert store.units.get(WARD.id) == WARD
    assert store.units.chain(WARD.id) == ("hoi-phu", "pleiku-city")
    assert store.displays.get("nvh-hoi-phu") == DISPLAYS[2]
    assert store.profiles.get(HOUSE_SCREEN.id) == HOUSE_SCREEN
    assert store.users.by_login(OFFICER.login) == OFFICER


def test_what_is_not_there_is_refused_in_words(store: Store) -> None:
    for get in (store.units.get, store.displays.get, store.profiles.get, store.playlists.get):
        with pytest.raises(NotFound, match="Hãy"):
            get("nothing")


def test_a_retired_display_is_remembered_but_not_listed(store: Store) -> None:
    with store.transaction():
        store.displays.save(msgspec.structs.replace(DISPLAYS[0], retired_at=5))
    assert "hoa-lu" not in [display.id for display in store.displays.all()]
    assert "hoa-lu" in [display.id for display in store.displays.all(retired=True)]


def test_a_profile_is_never_changed(store: Store) -> None:
    with store.transaction():
        store.profiles.add(HOUSE_SCREEN)
    with pytest.raises(Refused, match="không thể sửa"), store.transaction():
        store.profiles.add(msgspec.structs.replace(HOUSE_SCREEN, width=1280))
    assert store.profiles.get(HOUSE_SCREEN.id).width == 1920


def test_a_search_ignores_accents_and_stays_within_units(store: Store) -> None:
    keep(store, a_playlist("Phòng, chống sốt xuất huyết"), a_playlist("Đường hoa", "q"))
    assert [one.id for one in store.playlists.page([WARD.id], "sot phong")] == ["p"]
    assert [one.id for one in store.playlists.page([WARD.id], "DUONG")] == ["q"]
    assert store.playlists.page(["dien-hong"], "duong") == []
    assert store.playlists.count([WARD.id]) == 2
    assert store.playlists.page([WARD.id], "100%") == []


def test_an_edit_on_an_old_version_is_refused(store: Store) -> None:
    keep(store, a_playlist())
    mine = msgspec.structs.replace(a_playlist("Của tôi"), version=2)
    with store.transaction():
        store.playlists.update(mine, version=1)
    with pytest.raises(Stale), store.transaction():
        store.playlists.update(msgspec.structs.replace(a_playlist("Khác"), version=2), version=1)
    assert store.playlists.get("p").title == "Của tôi"


def test_a_submission_is_frozen_but_for_its_decision(store: Store) -> None:
    keep(store, a_playlist())
    with store.transaction():
        assert store.submissions.next_number("p") == 1
        store.submissions.add(WAITING)
    approved = WAITING.approved(by=APPROVER, content_hash=WAITING.content_hash, at=2)
    forged = msgspec.structs.replace(
        approved, content_hash="0" * 64, document=PlaylistDraft(id="p", unit="hoi-phu", title="X")
    )
    with store.transaction():
        store.submissions.save(forged)
    assert store.submissions.get("s") == approved
    assert store.submissions.approved_of("p") == approved
    assert store.submissions.approved() == [approved]
    assert store.submissions.next_number("p") == 2
    assert store.submissions.page([WARD.id], states=[State.SUBMITTED]) == []
    assert store.submissions.count([WARD.id], states=[State.APPROVED]) == 1


def test_schedule_entries_are_live_until_their_last_day_or_end(store: Store) -> None:
    keep(store, a_playlist())
    entry = ScheduleEntry(
        id="e",
        playlist="p",
        targets=["unit:hoi-phu"],
        first_date="2026-11-23",
        last_date="2026-11-30",
        daypart=Daypart(weekdays=[0, 6], starts=360, ends=1320),
        created_by=OFFICER.id,
        created_at=1,
    )
    with store.transaction():
        store.schedule.add(entry)
    assert store.schedule.live_from("2026-11-30") == [entry]
    assert store.schedule.live_from("2026-12-01") == []
    assert store.schedule.all(units=["dien-hong"]) == []
    with store.transaction():
        store.schedule.save(msgspec.structs.replace(entry, ended_at=9))
    assert store.schedule.live_from("2026-11-30") == []
    assert [one.id for one in store.schedule.all(units=["hoi-phu"], ended=True)] == ["e"]


def test_the_same_bytes_are_one_asset_of_each_unit(store: Store) -> None:
    asset = Asset(
        sha256="a" * 64,
        unit=WARD.id,
        filename="Đường hoa.jpg",
        media_type="image/jpeg",
        width=4000,
        height=3000,
        bytes=5,
        uploaded_by=OFFICER.id,
        uploaded_at=1,
        clean_sha256="c" * 64,
    )
    with store.transaction():
        store.assets.add(asset)
        store.assets.add(msgspec.structs.replace(asset, unit="dien-hong"))
    assert store.assets.page([WARD.id], "duong HOA") == [asset]
    assert len(store.assets.by_clean("c" * 64)) == 2
    assert store.assets.find(WARD.id, "b" * 64) is None


def test_a_rendition_is_found_by_what_it_shows_and_where(store: Store) -> None:
    drawn = WAITING.renditions[DRAFT.subjects()[0]]["led-192x96"]
    with store.transaction():
        store.renditions.save(drawn)
        store.renditions.save(drawn)
    assert store.renditions.find(drawn.subject_hash, "led-192x96", (192, 96)) == drawn
    assert store.renditions.find(drawn.subject_hash, "led-192x96", (192, 80)) is None
