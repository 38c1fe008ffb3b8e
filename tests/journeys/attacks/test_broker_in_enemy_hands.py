"""The attacker owns the broker: what is on a board stays there, and somebody is told."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents, topics
from players.contract.keys import Role
from players.contract.reports import Presented
from players.contract.signature import Kind, seal
from signage.clock import now_ms
from tests.doubles import until
from tests.journeys.attacks.field import FLEET, PROFILE
from tests.signage.pleiku import ROAD_BOARD

pytestmark = [pytest.mark.journey, pytest.mark.system("mosquitto")]

SET = topics.alerts(FLEET, PROFILE)


@pytest.fixture
def unanswered(field, alert):
    """The sealer is away: nobody puts right what is said in its place."""
    field.stop_sealer()
    yield alert
    field.start_sealer()


def test_a_forged_set_shows_nothing_and_the_wall_says_so(field, unanswered):
    (real,) = field.entries_on_air()
    forged = msgspec.structs.replace(real, id="gia", level=5, headline="Chạy đi")
    field.attacker.says(SET, field.sealed(field.set_of(forged), Ed25519PrivateKey.generate()))
    field.tells("signed")
    field.still_shows(unanswered)


def test_an_older_set_takes_nothing_away(field, unanswered):
    without = field.attacker.all_of(SET)[-2]
    field.attacker.says(SET, without)
    field.tells("is older than")
    field.still_shows(unanswered)


def test_sets_in_another_order_end_with_the_newest(field, alert):
    first = field.attacker.all_of(SET)[-1]
    other = field.raises("Sạt lở đất", level=5)
    field.shows_alert(other)
    second = field.attacker.all_of(SET)[-1]
    for sealed in (first, second, first):
        field.attacker.says(SET, sealed)
    field.obeys_a_command()
    field.still_shows(other)
    field.clears(other)
    field.shows_alert(alert)


def test_a_set_for_other_boards_changes_nothing_here(field, unanswered):
    theirs = field.attacker.all_of(topics.alerts(FLEET, ROAD_BOARD.id))[-1]
    field.attacker.says(SET, theirs)
    field.tells(f"is for profile {ROAD_BOARD.id}")
    field.still_shows(unanswered)


def test_a_drill_in_the_place_of_alerts_is_none(field, alert):
    (real,) = field.entries_on_air()
    drilled = msgspec.structs.replace(real, id="dien-tap", level=5)
    exercise = field.set_of(drilled, exercise=True)
    field.attacker.says(SET, field.sealed(exercise, field.key(Role.DRILL), Kind.DRILLS))
    field.obeys_a_command()
    field.still_shows(alert)


def test_an_alert_that_is_withheld_comes_another_way_within_a_minute(field):
    field.broker.withholds("signage/1/+/sets/alert/#", "signage/1/+/pages/#")
    alert = field.raises("Vỡ đập")
    try:
        field.a_minute_later()
        field.shows_alert(alert)
        field.tells("fetched over HTTP")
        assert alert.id not in str(field.attacker.all_of(SET)[-1])
    finally:
        field.broker.withholds()
        field.clears(alert)
        field.shows("safe")


def test_cleared_topics_take_nothing_away_and_are_filled_again(field, alert):
    for topic in (SET, topics.page(FLEET, PROFILE, alert.pages[PROFILE][0].blob)):
        field.attacker.says(topic, b"")
    field.obeys_a_command()
    field.still_shows(alert)
    until(lambda: [one.id for one in field.entries_on_air()] == [alert.id])


def test_who_clears_again_and_again_does_not_have_the_last_word(field, alert):
    for _ in range(3):
        field.attacker.says(SET, b"")
    until(lambda: [one.id for one in field.entries_on_air()] == [alert.id])


def test_a_faked_proof_makes_no_board_look_reached(field, alert):
    """For a board whose player is off; the status is as its own would be, but for the key."""
    shown = Presented(id=alert.id, revision=1, received_at=now_ms(), presented_at=now_ms())
    lie = msgspec.structs.replace(field.status(), display="hoa-lu", alerts=[shown])
    forged = seal(documents.encode(lie), Kind.STATUS, Ed25519PrivateKey.generate())
    field.attacker.says(topics.status(FLEET, "hoa-lu"), forged)
    of_another = field.attacker.all_of(topics.status(FLEET, "ubnd"))[-1]
    field.attacker.says(topics.status(FLEET, "hoa-lu"), of_another)
    until(lambda: field.progress(alert)["ubnd"] == "shown")
    field.obeys_a_command()
    assert field.progress(alert)["hoa-lu"] == "waiting"
