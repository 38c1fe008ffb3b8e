"""Wanted state is sealed where it differs, once, and a fault in one display stops no other."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents, topics
from players.contract.limits import DAY, HOUR, MAX_PAYLOAD_BYTES, MINUTE, SECOND
from players.contract.manifest import Manifest, PlaylistEntry
from players.contract.playlist import PlaylistDocument, SlideItem
from players.contract.reports import Health, Held, Status
from players.contract.signature import Kind, key_id, open_sealed
from signage.domain.display import Dimming, Display, Profile
from signage.domain.review import Submission
from signage.domain.slide import slide_hash
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.approval import withdrawing
from signage.workflows.content import editing
from signage.workflows.displays import dimming, provisioning
from signage.workflows.publication import overtaken, publishing, safe_slides, scheduling
from signage.workflows.publication.publishing import (
    AT_ONCE,
    MANIFEST_LIFE,
    RENEW_WHEN_LEFT,
    RESEND_AFTER,
    failures,
    forget,
    missing,
    publish_changes,
    to_resend,
    wiped,
)
from signage.workflows.publication.sealing import SealingDesk
from tests.signage.pleiku import (
    ADMINISTRATOR,
    CITY,
    CITY_OFFICER,
    DISPLAYS,
    HOUSE_SCREEN,
    NOON,
    ROAD_BOARD,
    WARD,
)
from tests.signage.workflows.desk import (
    NOTICE,
    add_line,
    add_notice,
    approve,
    approved_playlist,
    new_playlist,
    submit,
)

PLEIKU = ZoneInfo("Asia/Ho_Chi_Minh")
KEY = Ed25519PrivateKey.generate()
TRUSTED = {key_id(KEY.public_key()): KEY.public_key()}


@pytest.fixture
def desk() -> SealingDesk:
    return SealingDesk(KEY, fleet="pleiku", epoch=1, boot_ms=lambda: 0)


def publish(store: Store, desk: SealingDesk, at: int = NOON) -> dict[str, Manifest]:
    """What a round seals, opened, by display."""
    return {one.addressee: opened(one) for one in publish_changes(store, desk, zone=PLEIKU, at=at)}


def opened(sealed: Sealed) -> Manifest:
    payload, _ = open_sealed(sealed.sealed, Kind.MANIFEST, TRUSTED)
    return documents.decode(payload, Manifest)


def entries_of(manifest: Manifest) -> list[PlaylistEntry]:
    return documents.playlist_entries(manifest.entries)[0]


def pictures_of(store: Store, manifest: Manifest) -> list[str]:
    """The hashes of all pictures that a manifest schedules."""
    return [item.blob.sha256 for entry in entries_of(manifest) for item in items_of(store, entry)]


def items_of(store: Store, entry: PlaylistEntry) -> list[SlideItem]:
    return documents.slide_items(document_of(store, entry).items)[0]


def document_of(store: Store, entry: PlaylistEntry) -> PlaylistDocument:
    return documents.decode(store.blobs.read(entry.document.sha256), PlaylistDocument)


def schedule(store: Store, submission: Submission, *targets: str, **changes: object) -> str:
    details = {"first_date": "2026-11-23", "last_date": "2026-12-31", "by": CITY_OFFICER}
    entry = scheduling.add_entry(
        store, playlist=submission.playlist, targets=targets, at=NOON, **(details | changes)
    )
    return entry.id


def on_air(store: Store, *targets: str, title: str = "Bảng tin") -> Submission:
    """An approved playlist, scheduled on its targets."""
    submission = approved_playlist(store, *targets, title=title)
    schedule(store, submission, *(f"display:{target}" for target in targets))
    return submission


def save(store: Store, *displays: Display) -> None:
    with store.transaction():
        for display in displays:
            store.displays.save(display)


def reports(store: Store, display: str, serial: int | None, at: int, **changes: object) -> None:
    """The display's player says what it holds."""
    holds = {} if serial is None else {"manifest": Held(serial=serial, sha256="0" * 64)}
    fields: dict[str, object] = {
        "schema": 1,
        "fleet": "pleiku",
        "display": display,
        "boot": "0" * 16,
        "number": at,
        "at": at,
        "started_at": NOON,
        "showing": None,
        "next": None,
        "holds": holds,
        "alerts": [],
        "version": "1",
        "kinds": [],
        "formats": [],
        "output": "png_folder",
        "clock_offset": 0,
        "connected": True,
        "health": Health(cache_bytes=0, disk_free=0, missing=0, frames=0),
    }
    with store.transaction():
        store.reports.save_status(Status(**(fields | changes)), at)


# What is sealed


def test_every_display_gets_a_manifest_of_its_own(store, desk):
    sealed = publish(store, desk)
    assert {one.display for one in sealed.values()} == {display.id for display in DISPLAYS}
    assert set(sealed) == {display.id for display in DISPLAYS}


def test_nothing_unchanged_is_sealed_twice(store, desk):
    on_air(store, "hoa-lu", "ubnd")
    publish(store, desk)
    assert publish(store, desk, NOON + MINUTE) == {}


def test_a_round_without_a_change_waits_for_no_other_writer(store, desk):
    publish(store, desk)
    other = Store.open(str(store.rows.engine.url), store.blobs.root.parent)
    with other.transaction():
        assert publish(store, desk, NOON + MINUTE) == {}
    other.close()


def test_a_change_on_one_display_seals_that_manifest_alone(store, desk):
    publish(store, desk)
    on_air(store, "hoa-lu")
    assert set(publish(store, desk, NOON + MINUTE)) == {"hoa-lu"}


def test_serials_only_grow_and_follow_the_clock(store, desk):
    first = publish(store, desk)["hoa-lu"].serial
    on_air(store, "hoa-lu")
    second = publish(store, desk, NOON + MINUTE)["hoa-lu"].serial
    assert (first, second) == (NOON, NOON + MINUTE)


def test_two_changes_within_a_millisecond_have_different_serials(store, desk):
    publish(store, desk)
    on_air(store, "hoa-lu")
    assert publish(store, desk)["hoa-lu"].serial == NOON + 1


def test_what_is_given_to_be_sent_was_committed(store, desk):
    sealed = publish_changes(store, desk, zone=PLEIKU, at=NOON)
    assert sealed
    for one in sealed:
        assert store.publications.sealed(one.topic) == one.sealed


def test_a_manifest_names_where_its_display_belongs(store, desk):
    manifest = publish(store, desk)["nvh-hoi-phu"]
    assert manifest.groups == ["unit:hoi-phu", "unit:pleiku-city", "tag:nha-van-hoa"]
    assert manifest.sound
    assert (manifest.profile, manifest.width, manifest.height) == (HOUSE_SCREEN.id, 1920, 1080)


def test_a_manifest_knows_local_time_for_as_long_as_it_is_valid(store, desk):
    manifest = publish(store, desk)["hoa-lu"]
    assert [row.minutes for row in manifest.utc_offsets] == [7 * 60]
    assert manifest.valid_until == NOON + MANIFEST_LIFE


def test_a_manifest_is_renewed_before_it_grows_too_old(store, desk):
    publish(store, desk)
    renewal = NOON + MANIFEST_LIFE - RENEW_WHEN_LEFT
    fresh = SealingDesk(KEY, fleet="pleiku", epoch=1)
    assert publish(store, fresh, renewal) == {}
    assert len(publish(store, fresh, renewal + 1)) == len(DISPLAYS)


def test_the_safe_slide_is_drawn_once_and_stays_the_same_bytes(store, desk):
    first = publish(store, desk)["hoa-lu"].safe
    on_air(store, "hoa-lu")
    assert publish(store, desk, NOON + MINUTE)["hoa-lu"].safe == first
    assert store.blobs.has(first.sha256)


def test_a_safe_slide_whose_file_is_lost_is_drawn_again(store, desk):
    safe = publish(store, desk)["hoa-lu"].safe
    store.blobs.path(safe.sha256).unlink()
    publish(store, desk, NOON + MINUTE)
    assert store.blobs.has(safe.sha256)


# What is shown (rule A)


def test_a_display_shows_the_approved_pictures_of_exactly_its_profile(store, desk):
    submission = on_air(store, "hoa-lu", "ubnd")
    sealed = publish(store, desk)
    subject = slide_hash(submission.document.slides[0])
    for display in ("hoa-lu", "ubnd"):
        approved = submission.renditions[subject][sealed[display].profile]
        assert pictures_of(store, sealed[display]) == [approved.blob]


def test_what_nobody_has_approved_is_not_shown(store, desk):
    submission = submit(store, new_playlist(store, "hoa-lu"))
    schedule(store, submission, "display:hoa-lu")
    assert entries_of(publish(store, desk)["hoa-lu"]) == []


def test_an_edit_after_approval_is_not_on_air(store, desk):
    playlist = new_playlist(store, "hoa-lu")
    approve(store, submit(store, playlist))
    schedule(store, store.submissions.approved_of(playlist.id), "display:hoa-lu")
    before = pictures_of(store, publish(store, desk)["hoa-lu"])
    add_notice(store, playlist, NOTICE | {"title": "Chưa duyệt"})
    assert publish(store, desk, NOON + MINUTE) == {}
    assert len(before) == 1


def test_an_entry_without_pictures_for_a_new_profile_is_left_out_and_noted(store, desk):
    submission = on_air(store, "hoa-lu")
    schedule(store, submission, f"unit:{CITY.id}")
    new = msgspec.structs.replace(ROAD_BOARD, id="led-256x128", width=256, height=128)
    with store.transaction():
        store.profiles.add(new)
    save(store, msgspec.structs.replace(DISPLAYS[1], profile=new.id))
    assert entries_of(publish(store, desk)["ubnd"]) == []
    assert {(one.submission, one.profile) for one in missing(store)} == {(submission.id, new.id)}


def test_what_was_missing_is_forgotten_when_it_is_missing_no_more(store, desk):
    test_an_entry_without_pictures_for_a_new_profile_is_left_out_and_noted(store, desk)
    for entry in scheduling.entries(store, by=CITY_OFFICER):
        scheduling.end_entry(store, entry.id, by=CITY_OFFICER, at=NOON + 1)
    publish(store, desk, NOON + MINUTE)
    assert missing(store) == []


def test_ticker_lines_alone_run_over_the_safe_slide(store, desk):
    playlist = new_playlist(store, "ubnd")
    emptied = editing.remove_slide(
        store,
        playlist.id,
        playlist.draft.slides[0].id,
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )
    approved = approve(store, submit(store, add_line(store, emptied)))
    schedule(store, approved, "display:ubnd")
    manifest = publish(store, desk)["ubnd"]
    assert pictures_of(store, manifest) == [manifest.safe.sha256]
    assert document_of(store, entries_of(manifest)[0]).ticker is not None


def test_the_foremost_entries_stand_first(store, desk):
    submission = approved_playlist(store, "hoa-lu")
    low = schedule(store, submission, "display:hoa-lu", priority=2)
    high = schedule(store, submission, "display:hoa-lu", priority=8)
    assert [entry.id for entry in entries_of(publish(store, desk)["hoa-lu"])] == [high, low]


def test_an_entry_whose_last_day_is_over_leaves_the_manifest(store, desk):
    submission = approved_playlist(store, "hoa-lu")
    schedule(store, submission, "display:hoa-lu", last_date="2026-11-23")
    assert len(entries_of(publish(store, desk)["hoa-lu"])) == 1
    assert entries_of(publish(store, desk, NOON + 12 * HOUR)["hoa-lu"]) == []


# Withdrawing


def test_a_withdrawn_slide_leaves_the_manifest(store, desk):
    playlist = add_notice(store, new_playlist(store, "hoa-lu"), NOTICE | {"title": "Tin khác"})
    submission = approve(store, submit(store, playlist))
    schedule(store, submission, "display:hoa-lu")
    gone, stays = (
        submission.renditions[slide_hash(slide)][ROAD_BOARD.id].blob
        for slide in submission.document.slides
    )
    assert pictures_of(store, publish(store, desk)["hoa-lu"]) == [gone, stays]
    withdrawing.withdraw_slide(
        store,
        submission.id,
        slide_hash(submission.document.slides[0]),
        reason="sai số điện thoại",
        by=CITY_OFFICER,
        at=NOON + 1,
    )
    assert pictures_of(store, publish(store, desk, NOON + MINUTE)["hoa-lu"]) == [stays]


def test_a_withdrawn_submission_leaves_the_manifest(store, desk):
    submission = on_air(store, "hoa-lu")
    publish(store, desk)
    withdrawing.withdraw(store, submission.id, reason="sai", by=CITY_OFFICER, at=NOON + 1)
    assert entries_of(publish(store, desk, NOON + MINUTE)["hoa-lu"]) == []


# Blobs (rule B)


def test_everything_a_manifest_needs_may_be_fetched(store, desk):
    on_air(store, "hoa-lu")
    manifest = publish(store, desk)["hoa-lu"]
    needed = [manifest.safe.sha256, *pictures_of(store, manifest)]
    needed += [entry.document.sha256 for entry in entries_of(manifest)]
    assert all(store.publications.is_published(sha256) for sha256 in needed)


def test_a_picture_that_is_only_drawn_may_not_be_fetched(store, desk):
    submission = approved_playlist(store, "hoa-lu")
    publish(store, desk)
    drawn = submission.renditions[slide_hash(submission.document.slides[0])][ROAD_BOARD.id]
    assert not store.publications.is_published(drawn.blob)


def test_a_withdrawn_picture_may_not_be_fetched_any_more(store, desk):
    submission = on_air(store, "hoa-lu")
    shown = pictures_of(store, publish(store, desk)["hoa-lu"])[0]
    withdrawing.withdraw(store, submission.id, reason="sai", by=CITY_OFFICER, at=NOON + 1)
    publish(store, desk, NOON + MINUTE)
    assert not store.publications.is_published(shown)


def test_a_picture_that_another_display_still_shows_may_be_fetched(store, desk):
    submission = approved_playlist(store, "nvh-hoi-phu", "nvh-dien-hong")
    schedule(store, submission, "display:nvh-hoi-phu")
    entry = schedule(store, submission, "display:nvh-dien-hong")
    shown = pictures_of(store, publish(store, desk)["nvh-dien-hong"])[0]
    scheduling.end_entry(store, entry, by=CITY_OFFICER, at=NOON + 1)
    publish(store, desk, NOON + MINUTE)
    assert store.publications.is_published(shown)


# Retiring (rule E)


def retire(store: Store, display: str, at: int) -> None:
    provisioning.retire_display(store, display, by=ADMINISTRATOR, at=at)


def test_a_retired_display_gets_a_retired_manifest_once(store, desk):
    on_air(store, "hoa-lu")
    publish(store, desk)
    retire(store, "hoa-lu", NOON + 1)
    sealed = publish(store, desk, NOON + MINUTE)
    assert set(sealed) == {"hoa-lu"}
    assert sealed["hoa-lu"].retired
    assert sealed["hoa-lu"].entries == []
    assert publish(store, desk, NOON + 2 * MINUTE) == {}


def test_a_display_retired_before_it_was_published_gets_none(store, desk):
    retire(store, "hoa-lu", NOON)
    assert "hoa-lu" not in publish(store, desk)


def test_a_retired_display_is_wiped_when_its_player_holds_the_retired_manifest(store, desk):
    publish(store, desk)
    retire(store, "hoa-lu", NOON + 1)
    reports(store, "hoa-lu", NOON, NOON + 2)
    assert wiped(store, "pleiku") == []
    serial = publish(store, desk, NOON + MINUTE)["hoa-lu"].serial
    assert wiped(store, "pleiku") == []
    reports(store, "hoa-lu", serial, NOON + 2 * MINUTE)
    assert wiped(store, "pleiku") == ["hoa-lu"]


def test_a_wiped_display_is_forgotten_for_good(store, desk):
    safe = publish(store, desk)["hoa-lu"].safe
    retire(store, "hoa-lu", NOON + 1)
    publish(store, desk, NOON + MINUTE)
    forget(store, "pleiku", "hoa-lu")
    assert publish(store, desk, NOON + 2 * MINUTE) == {}
    assert store.publications.latest(topics.manifest("pleiku", "hoa-lu")) is None
    assert not store.publications.is_published(safe.sha256)
    assert wiped(store, "pleiku") == []


# Faults


def add_profile(store: Store, profile: Profile) -> None:
    with store.transaction():
        store.profiles.add(profile)


def test_a_display_whose_manifest_can_not_be_made_stops_no_other(store, desk):
    tags = [f"nhan-{number}" for number in range(80)]  # more groups than the contract has room for
    save(store, msgspec.structs.replace(DISPLAYS[0], tags=tags))
    assert set(publish(store, desk)) == {"ubnd", "nvh-hoi-phu", "nvh-dien-hong"}
    assert list(failures(store)) == ["hoa-lu"]


def test_a_display_whose_manifest_can_not_be_made_keeps_the_one_it_has(store, desk):
    publish(store, desk)
    topic = topics.manifest("pleiku", "hoa-lu")
    before = store.publications.sealed(topic)
    save(store, msgspec.structs.replace(DISPLAYS[0], tags=[f"nhan-{n}" for n in range(80)]))
    assert publish(store, desk, NOON + MINUTE) == {}
    assert store.publications.sealed(topic) == before


def test_a_failure_is_forgotten_when_it_is_repaired(store, desk):
    save(store, msgspec.structs.replace(DISPLAYS[0], tags=[f"nhan-{n}" for n in range(80)]))
    publish(store, desk)
    save(store, DISPLAYS[0])
    publish(store, desk, NOON + MINUTE)
    assert failures(store) == {}


def test_a_safe_slide_that_can_not_be_drawn_stops_no_other_display(store, desk, monkeypatch):
    true = safe_slides.render_fallback

    def stumbles(profile, unit_name, words):
        if words == DISPLAYS[0].name:
            raise ZeroDivisionError
        return true(profile, unit_name, words)

    monkeypatch.setattr(safe_slides, "render_fallback", stumbles)
    assert set(publish(store, desk)) == {"ubnd", "nvh-hoi-phu", "nvh-dien-hong"}
    assert list(failures(store)) == ["hoa-lu"]


def test_a_full_disk_seals_nothing_and_loses_nothing(store, desk, monkeypatch):
    publish(store, desk)
    on_air(store, "hoa-lu")

    def full(_data: bytes) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(store.blobs, "put", full)
        with pytest.raises(OSError, match="No space"):
            publish(store, desk, NOON + MINUTE)
    assert set(publish(store, desk, NOON + MINUTE)) == {"hoa-lu"}


def test_two_workers_never_seal_over_one_another(store, desk, monkeypatch):
    true = publishing._changes

    def meanwhile(*details, **more):
        found = true(*details, **more)
        monkeypatch.setattr(publishing, "_changes", true)
        publish(store, SealingDesk(KEY, fleet="pleiku", epoch=1))
        return found

    monkeypatch.setattr(publishing, "_changes", meanwhile)
    with pytest.raises(RuntimeError, match="another worker"):
        publish(store, desk)
    assert publish(store, desk, NOON + MINUTE) == {}


def many_entries(store: Store, submission: Submission, count: int) -> Sequence[str]:
    return [
        schedule(store, submission, "display:hoa-lu", priority=1 + number * 9 // count)
        for number in range(count)
    ]


def test_an_oversized_manifest_is_never_published_it_carries_the_foremost_entries(store, desk):
    submission = approved_playlist(store, "hoa-lu")
    many_entries(store, submission, 260)
    sealed = publish_changes(store, desk, zone=PLEIKU, at=NOON)
    manifest = next(opened(one) for one in sealed if one.addressee == "hoa-lu")
    payload, _ = open_sealed(
        next(one.sealed for one in sealed if one.addressee == "hoa-lu"), Kind.MANIFEST, TRUSTED
    )
    assert len(payload) <= MAX_PAYLOAD_BYTES
    assert 150 < len(manifest.entries) < 260
    assert entries_of(manifest)[0].priority == 9
    assert "do not fit" in failures(store)["hoa-lu"]


def test_an_oversized_manifest_is_not_sealed_again_and_again(store, desk):
    many_entries(store, approved_playlist(store, "hoa-lu"), 260)
    publish(store, desk)
    assert publish(store, desk, NOON + MINUTE) == {}


def test_a_withdrawal_reaches_a_display_with_more_entries_than_fit(store, desk):
    submission = approved_playlist(store, "hoa-lu")
    many_entries(store, submission, 260)
    publish(store, desk)
    withdrawing.withdraw(store, submission.id, reason="sai", by=CITY_OFFICER, at=NOON + 1)
    assert entries_of(publish(store, desk, NOON + MINUTE)["hoa-lu"]) == []


def test_more_displays_than_go_into_one_transaction_are_all_published(store, desk):
    more = [
        msgspec.structs.replace(DISPLAYS[2], id=f"nvh-{number}", name="Nhà văn hóa", unit=WARD.id)
        for number in range(AT_ONCE + 10)
    ]
    save(store, *more)
    assert len(publish(store, desk)) == len(DISPLAYS) + len(more)
    assert publish(store, desk, NOON + MINUTE) == {}


def test_in_a_new_epoch_everything_is_sealed_anew(store, desk):
    publish(store, desk)
    anew = publish(store, SealingDesk(KEY, fleet="pleiku", epoch=2), NOON - DAY)
    assert len(anew) == len(DISPLAYS)
    assert {one.serial for one in anew.values()} == {NOON - DAY}


def test_while_held_nothing_is_sealed(store, desk):
    overtaken.hold(store, {"hoa-lu": NOON + 1}, fleet="pleiku", at=NOON)
    assert publish(store, desk) == {}
    assert store.publications.of_kind(Kind.MANIFEST) == []


# Sending again (rule S)


def test_what_a_player_lacks_although_it_was_sent_is_sent_again_as_it_was(store, desk):
    sealed = publish_changes(store, desk, zone=PLEIKU, at=NOON)
    reports(store, "hoa-lu", None, NOON + 5 * SECOND)
    again = to_resend(store, "pleiku", at=NOON + RESEND_AFTER)
    assert [one.topic for one in again] == [topics.manifest("pleiku", "hoa-lu")]
    assert again[0].sealed in {one.sealed for one in sealed}


def test_a_crash_between_commit_and_sending_heals(store, desk):
    publish(store, desk)
    reports(store, "hoa-lu", NOON, NOON + SECOND)
    on_air(store, "hoa-lu")
    committed = publish(store, desk, NOON + MINUTE)["hoa-lu"]  # and here the power goes
    reports(store, "hoa-lu", NOON, NOON + 2 * MINUTE)
    again = to_resend(store, "pleiku", at=NOON + 3 * MINUTE)
    assert [opened(one) for one in again] == [committed]


def test_what_a_player_holds_is_not_sent_again(store, desk):
    serial = publish(store, desk)["hoa-lu"].serial
    reports(store, "hoa-lu", serial, NOON + 5 * SECOND)
    assert to_resend(store, "pleiku", at=NOON + RESEND_AFTER) == []


def test_a_player_is_given_time_before_anything_is_sent_again(store, desk):
    publish(store, desk)
    reports(store, "hoa-lu", None, NOON + 5 * SECOND)
    assert to_resend(store, "pleiku", at=NOON + RESEND_AFTER - 1) == []


def test_it_is_sent_again_once_for_each_status(store, desk):
    publish(store, desk)
    reports(store, "hoa-lu", None, NOON + 5 * SECOND)
    assert to_resend(store, "pleiku", at=NOON + RESEND_AFTER)
    assert to_resend(store, "pleiku", at=NOON + 3 * RESEND_AFTER) == []


def test_an_old_status_asks_for_nothing(store, desk):
    reports(store, "hoa-lu", None, NOON - HOUR)
    publish(store, desk)
    assert to_resend(store, "pleiku", at=NOON + HOUR) == []


def test_a_manifest_says_where_the_display_stands_and_how_bright_it_may_be(
    store: Store, desk: SealingDesk
) -> None:
    before = publish(store, desk)["hoa-lu"].light
    limits = Dimming(day=70, night=5, alert=50)
    dimming.set_dimming(store, "hoa-lu", limits, by=ADMINISTRATOR, at=NOON)
    light = publish(store, desk, NOON + MINUTE)["hoa-lu"].light
    assert before
    assert light
    assert (light.day, light.night, light.alert) == (70, 5, 50)
    assert (light.latitude_e6, light.longitude_e6) == (before.latitude_e6, before.longitude_e6)
