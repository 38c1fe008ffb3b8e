"""The set of each profile says what is in force, once, and never takes the place of a newer one."""

import msgspec
import pytest

from players.contract import topics
from players.contract.alerts import Alert as SealedAlert
from players.contract.alerts import AlertSet, AllClear, Bulletin
from players.contract.limits import DAY, HOUR, MAX_ALERT_LIFE, MINUTE, SECOND
from players.contract.signature import Kind
from signage.domain.alert import (
    ALL_CLEAR_BODY,
    GREEN_PAGE_TIME,
    AlertPage,
    AlertState,
    checked_words,
)
from signage.domain.sentences import Refused
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.alerts.alert_adoption import adopt
from signage.workflows.alerts.alert_entries import entry_of
from signage.workflows.alerts.alert_sets import pages_of
from signage.workflows.publication.sealing import ClockWrong, SealingDesk
from tests.signage.pleiku import HOUSE_SCREEN, NOON, ROAD_BOARD, SMALL_BOARD
from tests.signage.workflows.alarm import FLOOD, UNTIL, Desk, amend, clear, draft, flood

PROFILES = {ROAD_BOARD.id, SMALL_BOARD.id, HOUSE_SCREEN.id}
BOARD = SMALL_BOARD.id
TOPIC = topics.alerts("pleiku", BOARD)


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path / "keys")


def on_air(store: Store, desk: Desk, profile: str = BOARD) -> list[SealedAlert | AllClear]:
    """The entries of the newest set of a profile."""
    return desk.entries(store.publications.sealed(topics.alerts("pleiku", profile)))


# Publishing


def test_without_alerts_nothing_is_sealed(store, desk):
    draft(store)
    assert desk.publish(store) == {}


def test_a_raised_alert_is_in_the_set_of_every_profile_it_means(store, desk):
    flood(store)
    published = desk.publish(store)
    assert set(published) == PROFILES
    assert {one.sealed.topic for one in published.values()} == {
        topics.alerts("pleiku", profile) for profile in PROFILES
    }


def test_a_priority_bulletin_takes_nothing_over_and_ends_without_a_green_page(store, desk):
    alert = flood(store, words=msgspec.structs.replace(FLOOD, in_programme=True))
    desk.publish(store)
    assert [type(entry) for entry in on_air(store, desk)] == [Bulletin]
    clear(store, alert.id, NOON + MINUTE)
    desk.publish(store, NOON + MINUTE)
    assert on_air(store, desk) == []


def test_an_emergency_comes_before_a_priority_bulletin_of_a_higher_level(store, desk):
    flood(store, words=msgspec.structs.replace(FLOOD, in_programme=True, level=5))
    flood(store, at=NOON + 1)
    desk.publish(store, NOON + 1)
    assert [type(entry) for entry in on_air(store, desk)] == [SealedAlert, Bulletin]


def test_profiles_that_an_alert_does_not_mean_keep_quiet(store, desk):
    flood(store, "unit:hoi-phu")
    assert set(desk.publish(store)) == {HOUSE_SCREEN.id}


def test_the_set_says_what_was_raised(store, desk):
    alert = flood(store)
    desk.publish(store)
    (entry,) = on_air(store, desk)
    assert isinstance(entry, SealedAlert)
    assert (entry.id, entry.revision, entry.level) == (alert.id, 1, 3)
    assert (entry.headline, entry.sender) == (FLOOD.headline, FLOOD.sender)
    assert entry.text == f"{FLOOD.area}\n{FLOOD.body}"
    assert entry.covers.everything
    assert (entry.begins_at, entry.expires_at) == (NOON, UNTIL)
    assert [page.blob.sha256 for page in entry.pages] == [p.blob for p in alert.pages[BOARD]]


def test_nothing_unchanged_is_sealed_twice(store, desk):
    flood(store)
    desk.publish(store)
    assert desk.publish(store, NOON + SECOND) == {}


def test_a_round_without_a_change_waits_for_no_other_writer(store, desk):
    flood(store)
    desk.publish(store)
    other = Store.open(str(store.rows.engine.url), store.blobs.root.parent)
    with other.transaction():
        assert desk.publish(store, NOON + SECOND) == {}
    other.close()


def test_pages_that_players_may_lack_go_out_with_the_first_set_alone(store, desk):
    alert = flood(store)
    assert desk.publish(store)[BOARD].new_pages == sorted(p.blob for p in alert.pages[BOARD])
    second = flood(store, at=NOON + 1)
    published = desk.publish(store, NOON + 1)[BOARD]
    new = {p.blob for p in second.pages[BOARD]} - {p.blob for p in alert.pages[BOARD]}
    assert set(published.new_pages) == new


def test_pages_of_a_running_alert_may_be_fetched_and_no_longer(store, desk):
    alert = flood(store)
    page = alert.pages[BOARD][0].blob
    assert not store.publications.is_published(page)
    desk.publish(store)
    assert store.publications.is_published(page)
    desk.publish(store, UNTIL)
    assert not store.publications.is_published(page)


def test_an_amendment_takes_the_place_of_the_revision_before(store, desk):
    alert = flood(store)
    desk.publish(store)
    amended = amend(store, alert, NOON + MINUTE, words=msgspec.structs.replace(FLOOD, level=4))
    published = desk.publish(store, NOON + MINUTE)[BOARD]
    (entry,) = on_air(store, desk)
    assert (entry.revision, entry.level) == (2, 4)
    assert set(published.old_pages) == {p.blob for p in alert.pages[BOARD]} - {
        p.blob for p in amended.pages[BOARD]
    }


def test_an_expired_alert_ends_and_leaves_the_set(store, desk):
    alert = flood(store)
    desk.publish(store)
    assert desk.publish(store, UNTIL - 1) == {}
    assert set(desk.publish(store, UNTIL)) == PROFILES
    assert on_air(store, desk) == []
    assert store.alerts.get(alert.id).state is AlertState.ENDED


def test_the_all_clear_stands_green_for_ten_minutes(store, desk):
    alert = flood(store)
    desk.publish(store)
    clear(store, alert.id, NOON + MINUTE)
    desk.publish(store, NOON + MINUTE)
    (entry,) = on_air(store, desk)
    assert isinstance(entry, AllClear)
    assert entry.expires_at == NOON + MINUTE + GREEN_PAGE_TIME
    assert [page.blob.sha256 for page in entry.pages] == [p.blob for p in alert.green[BOARD]]
    assert desk.publish(store, NOON + MINUTE + GREEN_PAGE_TIME - 1) == {}
    desk.publish(store, NOON + MINUTE + GREEN_PAGE_TIME)
    assert on_air(store, desk) == []
    assert store.alerts.get(alert.id).state is AlertState.ENDED


def test_under_the_all_clear_nobody_is_told_to_flee(store, desk):
    alert = flood(store)
    clear(store, alert.id, NOON + MINUTE)
    desk.publish(store, NOON + MINUTE)
    (entry,) = on_air(store, desk)
    assert FLOOD.body not in entry.text
    assert ALL_CLEAR_BODY in entry.text


def test_several_alerts_stand_in_one_set_the_foremost_first(store, desk):
    flood(store)
    severe = flood(store, at=NOON + 1, words=msgspec.structs.replace(FLOOD, level=5))
    desk.publish(store, NOON + 1)
    first, _ = on_air(store, desk)
    assert first.id == severe.id


def test_a_broken_entry_hides_no_other(store, desk):
    broken = flood(store)
    whole = flood(store, at=NOON + 1)
    bad = AlertPage(blob="x", media_type="", width=0, height=0, bytes=0, seconds=0)
    with store.transaction():
        store.alerts.save(
            msgspec.structs.replace(broken, pages={BOARD: [bad]}), by="x", at=NOON + 1
        )
    desk.publish(store, NOON + 1)
    assert [entry.id for entry in on_air(store, desk)] == [whole.id]


def test_a_set_that_can_not_be_sealed_stops_no_other(store, desk, monkeypatch):
    flood(store)
    true = SealingDesk.prepare

    def too_much(self, **details):
        if details["addressee"] == BOARD:
            details["document"] = lambda header: AlertSet(**header, profile="HỎNG", entries=[])
        return true(self, **details)

    monkeypatch.setattr(SealingDesk, "prepare", too_much)
    assert set(desk.publish(store)) == PROFILES - {BOARD}


def test_a_new_epoch_seals_every_set_anew(store, desk):
    flood(store)
    desk.publish(store)
    desk.sealing = SealingDesk(desk.key, fleet="pleiku", epoch=2)
    assert set(desk.publish(store, NOON + SECOND)) == PROFILES


def test_a_wrong_clock_seals_no_alert(store, desk):
    flood(store)
    desk.publish(store)
    with pytest.raises(ClockWrong):
        desk.publish(store, NOON - HOUR)


def test_what_is_given_to_be_sent_was_committed(store, desk):
    flood(store)
    for one in desk.publish(store).values():
        assert store.publications.sealed(one.sealed.topic) == one.sealed.sealed


# From outside (rule R)


class Elsewhere:
    """Another controller with the same keys and a database of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def entry(self, store: Store, alert_id: str = "noi-khac", **changes) -> SealedAlert | AllClear:
        """An alert made elsewhere; its pages are not in our store."""
        alert = draft(store, words=msgspec.structs.replace(FLOOD, headline="Cháy rừng"))
        alert = alert.raised(at=NOON)
        entry = entry_of(msgspec.structs.replace(alert, id=alert_id), alert.pages[BOARD])
        return msgspec.structs.replace(entry, **changes)

    def green(self, entry: SealedAlert, at: int) -> AllClear:
        fields = {name: getattr(entry, name) for name in AllClear.__struct_fields__}
        fields |= {
            "revision": entry.revision + 1,
            "begins_at": at,
            "expires_at": at + GREEN_PAGE_TIME,
            "text": f"{FLOOD.area}\n{ALL_CLEAR_BODY}",
        }
        return AllClear(**fields)

    def seal(self, *entries, serial: int, profile: str = BOARD, key=None, **changes) -> bytes:
        fields = {
            "schema": 1,
            "fleet": "pleiku",
            "epoch": 1,
            "serial": serial,
            "issued_at": serial,
            "profile": profile,
            "entries": [
                e if isinstance(e, msgspec.Raw) else msgspec.Raw(msgspec.json.encode(e))
                for e in entries
            ],
        }
        return self.desk.seal(AlertSet(**(fields | changes)), key)


@pytest.fixture
def elsewhere(desk: Desk) -> Elsewhere:
    return Elsewhere(desk)


def hear(store: Store, desk: Desk, sealed: bytes, at: int = NOON, topic: str = TOPIC):
    return adopt(store, desk.key_list, fleet="pleiku", topic=topic, sealed=sealed, at=at)


def test_an_alert_raised_elsewhere_is_adopted(store, desk, elsewhere):
    assert hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON))
    (alert,) = store.alerts.live()
    assert (alert.id, alert.state, alert.outside) == ("noi-khac", AlertState.RAISED, True)
    assert (alert.words.headline, alert.words.area) == ("Cháy rừng", FLOOD.area)
    assert alert.targets == ["all"]
    assert store.audit.page()[0].act == "alert.adopted"


def test_an_adopted_set_is_never_overwritten(store, desk, elsewhere):
    sealed = elsewhere.seal(elsewhere.entry(store), serial=NOON)
    hear(store, desk, sealed)
    assert desk.publish(store, NOON + SECOND) == {}
    assert store.publications.sealed(TOPIC) == sealed


def test_pages_of_an_adopted_set_may_be_fetched(store, desk, elsewhere):
    sealed = elsewhere.seal(elsewhere.entry(store), serial=NOON)
    hear(store, desk, sealed)
    assert all(store.publications.is_published(page) for page in pages_of(sealed))


def test_our_own_alert_joins_what_came_from_outside_word_for_word(store, desk, elsewhere):
    theirs = elsewhere.entry(store)
    hear(store, desk, elsewhere.seal(theirs, serial=NOON + 5 * SECOND))
    ours = flood(store, at=NOON + SECOND)
    published = desk.publish(store, NOON + SECOND)[BOARD]
    entries = on_air(store, desk)
    assert {entry.id for entry in entries} == {ours.id, theirs.id}
    assert theirs in entries
    assert published.sealed.serial == NOON + 5 * SECOND + 1


def test_a_kind_of_entry_that_is_not_known_here_is_carried_on(store, desk, elsewhere):
    strange = {"kind": "tsunami", "id": "song-than", "revision": 1, "expires_at": UNTIL}
    raw = msgspec.Raw(msgspec.json.encode(strange))
    hear(store, desk, elsewhere.seal(raw, serial=NOON))
    flood(store, at=NOON + SECOND)
    desk.publish(store, NOON + SECOND)
    carried = desk.opened(store.publications.sealed(TOPIC)).entries
    assert strange in [msgspec.json.decode(bytes(entry)) for entry in carried]
    desk.publish(store, UNTIL + SECOND)
    assert desk.opened(store.publications.sealed(TOPIC)).entries == []


def test_an_alert_from_outside_that_has_expired_leaves_the_set(store, desk, elsewhere):
    hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON))
    desk.publish(store, UNTIL)
    assert on_air(store, desk) == []


def test_an_older_set_is_not_adopted(store, desk, elsewhere):
    flood(store)
    desk.publish(store)
    sealed = store.publications.sealed(TOPIC)
    assert hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON)) is None
    assert hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON - 1)) is None
    assert store.publications.sealed(TOPIC) == sealed


def test_our_own_set_heard_again_changes_nothing(store, desk):
    flood(store)
    desk.publish(store)
    before = store.audit.page(limit=1)
    assert hear(store, desk, store.publications.sealed(TOPIC)) is None
    assert store.audit.page(limit=1) == before


@pytest.mark.parametrize("garbage", [b"", b"{}", b"\x00" * 100, b'{"payload":"e30="}'])
def test_garbage_is_not_adopted(store, desk, garbage):
    assert hear(store, desk, garbage) is None


def test_a_set_sealed_with_another_key_is_not_adopted(store, desk, elsewhere):
    sealed = elsewhere.seal(elsewhere.entry(store), serial=NOON, key=desk.content_key)
    assert hear(store, desk, sealed) is None
    assert store.alerts.live() == []


def test_a_set_for_another_profile_or_fleet_is_not_adopted(store, desk, elsewhere):
    entry = elsewhere.entry(store)
    assert hear(store, desk, elsewhere.seal(entry, serial=NOON, profile=ROAD_BOARD.id)) is None
    assert hear(store, desk, elsewhere.seal(entry, serial=NOON, fleet="kontum")) is None
    assert store.alerts.live() == []


def test_a_set_of_another_epoch_is_not_adopted(store, desk, elsewhere):
    assert hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON, epoch=0)) is None


def test_a_set_that_players_would_refuse_is_not_adopted(store, desk, elsewhere):
    endless = elsewhere.entry(store, expires_at=NOON + MAX_ALERT_LIFE + 1)
    assert hear(store, desk, elsewhere.seal(endless, serial=NOON)) is None
    newer = elsewhere.seal(elsewhere.entry(store), serial=NOON, schema=99)
    assert hear(store, desk, newer) is None


def test_a_clock_that_is_ahead_elsewhere_does_not_stop_ours(store, desk, elsewhere):
    hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON + 400 * DAY))
    flood(store, at=NOON + SECOND)
    assert desk.publish(store, NOON + SECOND)[BOARD].sealed.serial == NOON + 400 * DAY + 1


def test_an_alert_of_ours_that_was_cleared_elsewhere_is_cleared_here(store, desk, elsewhere):
    alert = flood(store)
    desk.publish(store)
    (entry,) = on_air(store, desk)
    sealed = elsewhere.seal(elsewhere.green(entry, NOON + MINUTE), serial=NOON + MINUTE)
    assert hear(store, desk, sealed, NOON + MINUTE)
    now = store.alerts.get(alert.id)
    assert (now.state, now.revision) == (AlertState.CLEARED, 2)
    assert now.words == alert.words
    assert BOARD not in desk.publish(store, NOON + MINUTE)


def test_an_alert_that_a_newer_set_names_no_more_was_ended_elsewhere(store, desk, elsewhere):
    alert = flood(store, "display:ubnd")
    desk.publish(store)
    hear(store, desk, elsewhere.seal(serial=NOON + MINUTE), NOON + MINUTE)
    assert store.alerts.get(alert.id).state is AlertState.ENDED


def test_an_alert_that_nobody_elsewhere_could_know_of_goes_on(store, desk, elsewhere):
    alert = flood(store)  # raised here, and not sealed yet
    hear(store, desk, elsewhere.seal(elsewhere.entry(store), serial=NOON + SECOND), NOON + SECOND)
    assert store.alerts.get(alert.id).state is AlertState.RAISED
    desk.publish(store, NOON + SECOND)
    assert {entry.id for entry in on_air(store, desk)} == {alert.id, "noi-khac"}


def test_an_alert_ended_elsewhere_on_one_profile_goes_on_where_it_is_still_named(
    store, desk, elsewhere
):
    alert = flood(store)
    desk.publish(store)
    hear(store, desk, elsewhere.seal(serial=NOON + MINUTE), NOON + MINUTE)
    assert store.alerts.get(alert.id).state is AlertState.RAISED
    assert set(desk.publish(store, NOON + MINUTE)) == set()
    assert len(on_air(store, desk, ROAD_BOARD.id)) == 1


def test_our_own_newer_revision_stands(store, desk, elsewhere):
    alert = flood(store)
    desk.publish(store)
    (first,) = on_air(store, desk)
    amend(store, alert, NOON + SECOND)
    hear(store, desk, elsewhere.seal(first, serial=NOON + MINUTE), NOON + MINUTE)
    desk.publish(store, NOON + MINUTE)
    (entry,) = on_air(store, desk)
    assert entry.revision == 2


def test_of_two_revisions_with_one_number_the_one_on_the_air_stands(store, desk, elsewhere):
    alert = flood(store)
    desk.publish(store)
    (first,) = on_air(store, desk)
    amend(store, alert, NOON + SECOND)
    theirs = msgspec.structs.replace(first, revision=2, headline="Lũ rút")
    sealed = elsewhere.seal(theirs, serial=NOON + MINUTE)
    hear(store, desk, sealed, NOON + MINUTE)
    assert store.alerts.get(alert.id).words.headline == "Lũ rút"
    assert BOARD not in desk.publish(store, NOON + MINUTE)


def test_an_alert_from_outside_is_cleared_here_and_leaves_every_set(store, desk, elsewhere):
    entry = elsewhere.entry(store)
    hear(store, desk, elsewhere.seal(entry, serial=NOON))
    strange = elsewhere.seal(entry, serial=NOON, profile="led-xa-la")
    hear(store, desk, strange, topic=topics.alerts("pleiku", "led-xa-la"))
    clear(store, entry.id, NOON + MINUTE)
    published = desk.publish(store, NOON + MINUTE)
    assert isinstance(on_air(store, desk)[0], AllClear)
    assert "led-xa-la" in published
    assert on_air(store, desk, "led-xa-la") == []


def test_an_alert_from_outside_that_is_amended_here_is_ours_from_then_on(store, desk, elsewhere):
    entry = elsewhere.entry(store)
    hear(store, desk, elsewhere.seal(entry, serial=NOON))
    amended = amend(store, store.alerts.get(entry.id), NOON + MINUTE, words=FLOOD)
    assert not amended.outside
    assert set(desk.publish(store, NOON + MINUTE)) == PROFILES
    (now,) = on_air(store, desk)
    assert (now.revision, now.headline) == (2, FLOOD.headline)


def test_sets_of_several_profiles_are_adopted_one_by_one(store, desk, elsewhere):
    alert = flood(store)
    desk.publish(store)
    for number, profile in enumerate(sorted(PROFILES)):
        (entry,) = on_air(store, desk, profile)
        newer = msgspec.structs.replace(entry, revision=2, headline="Lũ lên nhanh")
        serial = NOON + MINUTE + number
        sealed = elsewhere.seal(newer, serial=serial, profile=profile)
        hear(store, desk, sealed, NOON + MINUTE, topic=topics.alerts("pleiku", profile))
        # What one set brings must not make us seal over the others.
        assert desk.publish(store, NOON + MINUTE) == {}
    assert store.alerts.get(alert.id).words.headline == "Lũ lên nhanh"
    assert {on_air(store, desk, profile)[0].revision for profile in PROFILES} == {2}


def test_a_set_that_a_crash_left_half_adopted_is_adopted_again(store, desk, elsewhere):
    sealed = elsewhere.seal(elsewhere.entry(store), serial=NOON)

    class PowerCut(Exception):
        """The machine stops here."""

    def cut(*_documents: Sealed) -> None:
        raise PowerCut

    true, store.publications.commit = store.publications.commit, cut
    with pytest.raises(PowerCut):
        hear(store, desk, sealed)
    assert store.alerts.live() == []
    store.publications.commit = true
    assert hear(store, desk, sealed)
    assert store.publications.of_kind(Kind.ALERTS)


def test_an_alert_is_heard_when_the_officer_said_so_and_a_bulletin_never_is(store, desk):
    loud = msgspec.structs.replace(FLOOD, sound=True)
    flood(store, words=loud)
    (entry,) = desk.entries(desk.publish(store)[SMALL_BOARD.id].sealed.sealed)
    assert entry.sound == "attention"
    bulletin = msgspec.structs.replace(loud, in_programme=True)
    assert not checked_words(bulletin).sound
    with pytest.raises(Refused):
        checked_words(msgspec.structs.replace(FLOOD, symbol="../../sign"))
