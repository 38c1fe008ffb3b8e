"""The wall says what is really on the glass, in people's words, and who is late or lost."""

import msgspec
import pytest

from players.contract import topics
from players.contract.limits import HOUR, LOST_AFTER, MINUTE, SECOND
from players.contract.signature import Kind
from signage.domain.alert import Alert, AlertState, AlertWords
from signage.domain.names import NotFound
from signage.domain.people import NotAllowed
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.displays import provisioning
from signage.workflows.publication import scheduling
from signage.workflows.reports import reporting
from signage.workflows.reports.reporting import LATE_AFTER, Tile
from tests.signage.pleiku import (
    ADMINISTRATOR,
    CITY_OFFICER,
    DUTY_OFFICER,
    NOON,
    OFFICER,
    OTHER_OFFICER,
    VIEWER,
    WARD,
)
from tests.signage.workflows.desk import approved_playlist
from tests.signage.workflows.said import (
    FLEET,
    glass,
    hear,
    pair,
    plays,
    presence,
    presented,
    said,
    screenshot,
    status,
)


@pytest.fixture(autouse=True)
def _paired(store: Store) -> None:
    pair(store)


def tile(store: Store, display: str = "hoa-lu", *, by=VIEWER, at: int = NOON) -> Tile:
    tiles = reporting.wall(store, FLEET, by=by, at=at)
    return next(one for one in tiles if one.display.id == display)


def keep_manifest(store: Store, serial: int, at: int = NOON) -> None:
    with store.transaction():
        store.publications.commit(
            Sealed(
                topic=topics.manifest(FLEET, "hoa-lu"),
                kind=Kind.MANIFEST,
                addressee="hoa-lu",
                epoch=1,
                serial=serial,
                issued_at=at,
                says="",
                sealed=b"manifest",
            )
        )


def keep_alert(store: Store, alert_id: str = "lu", **changes: object) -> Alert:
    fields: dict[str, object] = {
        "id": alert_id,
        "revision": 1,
        "state": AlertState.RAISED,
        "words": AlertWords(headline="Lũ quét", body="", area="Pleiku", sender="UBND", level=3),
        "targets": ["all"],
        "begins_at": NOON,
        "expires_at": NOON + HOUR,
        "pages": {},
        "green": {},
        "created_by": "x",
        "created_at": NOON,
        "raised_at": NOON,
        "revised_at": NOON,
    }
    alert = Alert(**(fields | changes))
    with store.transaction():
        store.alerts.save(alert, by="x", at=NOON)
    return alert


# Whose displays


def test_a_viewer_of_the_city_sees_every_display(store):
    assert len(reporting.wall(store, FLEET, by=VIEWER, at=NOON)) == 4


def test_a_ward_sees_its_own_displays_alone(store):
    tiles = reporting.wall(store, FLEET, by=OFFICER, at=NOON)
    assert [one.display.id for one in tiles] == ["nvh-hoi-phu"]
    assert tiles[0].unit == WARD.name


def test_a_retired_display_is_not_on_the_wall(store):
    provisioning.retire_display(store, "hoa-lu", by=ADMINISTRATOR, at=NOON)
    assert "hoa-lu" not in {
        one.display.id for one in reporting.wall(store, FLEET, by=VIEWER, at=NOON)
    }


# Online, late, lost, never


def test_a_player_that_never_spoke_is_never(store):
    assert tile(store).link == "never"


def test_a_player_that_reports_is_online(store):
    hear(store, presence("online"), said(status()))
    assert tile(store).link == "online"


def test_a_player_whose_connection_broke_is_lost(store):
    hear(store, presence("online"), said(status()), presence("lost", at=NOON + SECOND))
    assert tile(store, at=NOON + SECOND).link == "lost"


def test_a_player_that_fell_silent_is_lost(store):
    hear(store, presence("online"), said(status()))
    assert tile(store, at=NOON + LOST_AFTER).link == "online"
    assert tile(store, at=NOON + LOST_AFTER + 1).link == "lost"


def test_a_player_that_reports_after_it_was_lost_is_back(store):
    hear(store, presence("lost"), said(status(), at=NOON + SECOND))
    assert tile(store, at=NOON + SECOND).link == "online"


def test_a_player_that_was_dead_before_the_worker_started_does_not_look_alive(store):
    old = NOON - HOUR
    hear(store, said(status(at=old), at=NOON, retained=True), presence("lost", retained=True))
    assert tile(store).link == "lost"


def test_a_player_that_still_lacks_the_newest_manifest_is_late(store):
    keep_manifest(store, NOON)
    hear(store, presence("online"), said(status(serial=NOON - 1), at=NOON + SECOND))
    assert tile(store, at=NOON + LATE_AFTER).link == "online"
    assert tile(store, at=NOON + LATE_AFTER + 1).link == "late"


def test_a_player_that_holds_the_newest_manifest_is_not_late(store):
    keep_manifest(store, NOON)
    hear(store, presence("online"), said(status(serial=NOON), at=NOON + SECOND))
    assert tile(store, at=NOON + MINUTE).link == "online"


# What is on the glass


def test_a_schedule_entry_on_the_glass_is_told_by_the_title_of_its_playlist(store):
    submission = approved_playlist(store, "hoa-lu", title="Tin Hoa Lư")
    entry = scheduling.add_entry(
        store,
        playlist=submission.playlist,
        targets=["display:hoa-lu"],
        first_date="2026-11-23",
        last_date="2026-11-30",
        by=CITY_OFFICER,
        at=NOON,
    )
    hear(store, said(status(showing=glass("schedule", entry.id), next=glass("alert", "x"))))
    assert (tile(store).source, tile(store).title) == ("schedule", "Tin Hoa Lư")
    scheduling.end_entry(store, entry.id, by=CITY_OFFICER, at=NOON)
    assert tile(store).title == "Tin Hoa Lư"


def test_an_alert_on_the_glass_is_told_by_its_headline(store):
    keep_alert(store)
    hear(store, said(status(showing=glass("alert", "lu"))))
    assert tile(store).title == "Lũ quét"


def test_what_is_on_the_glass_for_a_reason_nobody_knows_has_no_title(store):
    hear(store, said(status(showing=glass("schedule", "e-unknown"))))
    assert (tile(store).source, tile(store).title) == ("schedule", "")


def test_the_wall_says_what_comes_next_and_how_old_the_picture_is(store):
    keep_alert(store)
    hear(store, said(status(next=glass("alert", "lu"))), said(screenshot(NOON - SECOND)))
    assert (tile(store).next_title, tile(store).screenshot_at) == ("Lũ quét", NOON - SECOND)


def test_displays_that_show_a_picture_are_named(store):
    hear(
        store, said(status(showing=glass("schedule", "e1", sha256="a" * 64))), said(status("ubnd"))
    )
    assert reporting.displays_showing(store, ["a" * 64, "b" * 64]) == ["hoa-lu"]
    assert reporting.displays_showing(store, ["c" * 64]) == []


# Alerts


def test_the_progress_of_an_alert_is_waiting_then_received_then_shown(store):
    keep_alert(store)
    assert tile(store).progress.state == "waiting"
    hear(store, said(status(alerts=[presented("lu", at=None)])))
    assert tile(store).progress.state == "received"
    hear(store, said(status(number=2, alerts=[presented("lu")])))
    assert (tile(store).progress.state, tile(store).progress.took_ms) == ("shown", 40)


def test_a_display_that_no_alert_means_has_no_progress(store):
    keep_alert(store, targets=["unit:hoi-phu"])
    assert tile(store).progress is None
    assert tile(store, "nvh-hoi-phu").progress is not None


def test_an_alert_that_is_over_has_no_progress(store):
    keep_alert(store)
    assert tile(store, at=NOON + HOUR).progress is None


def test_of_several_alerts_the_foremost_is_told(store):
    keep_alert(store, "lu")
    higher = AlertWords(headline="Vỡ đập", body="", area="Pleiku", sender="UBND", level=5)
    keep_alert(store, "dap", words=higher)
    cleared = AlertWords(headline="Bão", body="", area="Pleiku", sender="UBND", level=5)
    keep_alert(store, "bao", words=cleared, state=AlertState.CLEARED, cleared_at=NOON)
    assert tile(store).progress.alert == "dap"


def test_the_proof_lists_every_display_an_alert_means_with_trouble_first(store):
    keep_alert(store)
    for display in ("hoa-lu", "ubnd", "nvh-hoi-phu"):
        hear(store, presence("online", display=display))
    hear(store, said(status(alerts=[presented("lu")])))
    hear(store, said(status("ubnd", alerts=[presented("lu", at=None)])))
    rows = reporting.proof(store, "lu", at=NOON)
    assert [(display.id, progress.state, link) for display, progress, link in rows] == [
        ("nvh-dien-hong", "waiting", "never"),
        ("nvh-hoi-phu", "waiting", "online"),
        ("ubnd", "received", "online"),
        ("hoa-lu", "shown", "online"),
    ]


def test_a_new_revision_counts_anew(store):
    alert = keep_alert(store)
    hear(store, said(status(alerts=[presented("lu")])))
    with store.transaction():
        store.alerts.save(msgspec.structs.replace(alert, revision=2), by="x", at=NOON)
    states = {progress.state for _, progress, _ in reporting.proof(store, "lu", at=NOON)}
    assert states == {"waiting"}


def test_there_is_no_proof_of_an_alert_that_never_was(store):
    assert reporting.proof(store, "bia", at=NOON) == []


# Proof of play


def test_plays_of_a_display_are_listed_newest_first(store):
    hear(store, said(plays(1, 2, 3)))
    rows = reporting.plays_of(store, "hoa-lu", by=DUTY_OFFICER, limit=2)
    assert [row.play.number for row in rows] == [3, 2]
    older = reporting.plays_of(store, "hoa-lu", by=DUTY_OFFICER, before=rows[-1].play.started_at)
    assert [row.play.number for row in older] == [1]


def test_plays_of_another_units_display_are_not_shown(store):
    with pytest.raises(NotAllowed):
        reporting.plays_of(store, "nvh-hoi-phu", by=OTHER_OFFICER)


def test_plays_of_a_display_that_never_was_are_not_found(store):
    with pytest.raises(NotFound):
        reporting.plays_of(store, "nobody", by=VIEWER)
