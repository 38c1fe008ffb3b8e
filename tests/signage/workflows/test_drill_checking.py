"""The sealer's look at drills: who writes the database gets no picture of an alert sealed."""

from dataclasses import replace as with_

import pytest
from msgspec.structs import replace

from players.contract.keys import Role
from players.contract.limits import HOUR, MINUTE, SECOND
from signage.keys import KeyFiles
from signage.workflows import drilling, laid_sets
from signage.workflows.drill_checking import DrillCheck
from signage.workflows.drill_sets import DRILLS
from signage.workflows.sealing import SealingDesk
from tests.signage.pleiku import DUTY_OFFICER, NOON, SMALL_BOARD
from tests.signage.workflows.alarm import FLOOD, flood


@pytest.fixture
def files(tmp_path):
    made = KeyFiles(tmp_path / "keys", "pleiku")
    made.make(at=NOON)
    return made


def drill(store, at=NOON):
    drafted = drilling.draft(
        store,
        FLOOD,
        targets=["display:ubnd"],
        begins_at=NOON,
        expires_at=NOON + HOUR,
        by=DUTY_OFFICER,
        at=NOON,
    )
    return drilling.plan(store, drafted.id, by=DUTY_OFFICER, at=at)


def looked(store, check, at=NOON):
    while check.look(store, at):
        pass
    return check.entries(store, SMALL_BOARD.id, at)


def tampered(store, planned):
    """The database says that the drill has the pages of a real alert."""
    alert = flood(store, "display:ubnd")
    with store.transaction():
        store.drills.save(replace(planned, pages=alert.pages))


def test_a_drill_that_was_drawn_as_one_is_sealed(store):
    planned = drill(store)
    assert [entry.id for entry in looked(store, DrillCheck())] == [planned.id]


def test_a_drill_that_was_confirmed_a_while_after_it_was_drawn_is_sealed(store):
    drill(store, at=NOON + 90 * SECOND)
    assert len(looked(store, DrillCheck(), NOON + 2 * MINUTE)) == 1


def test_the_picture_of_a_real_alert_never_gets_the_drill_key(store):
    tampered(store, drill(store))
    assert looked(store, DrillCheck()) == []
    (entry,) = store.audit.page(limit=1)
    assert (entry.act, entry.who) == ("drill.refused", "sealer")


def test_it_is_said_once(store):
    tampered(store, drill(store))
    check = DrillCheck()
    looked(store, check)
    newest = store.audit.page(limit=1)
    looked(store, check)
    assert store.audit.page(limit=1) == newest


def test_a_drill_that_was_sealed_before_a_restart_goes_on_and_can_not_be_swapped(store, files):
    planned, check = drill(store), DrillCheck()
    looked(store, check)
    desk = SealingDesk(files.signer(Role.DRILL), fleet="pleiku", epoch=1, boot_ms=lambda: 0)
    laid_sets.publish(store, desk, with_(DRILLS, entries=check.entries), at=NOON)
    again = DrillCheck()
    again.trust_sealed(store, files.key_list(), NOON)
    assert len(again.entries(store, SMALL_BOARD.id, NOON)) == 1
    tampered(store, planned)
    assert looked(store, again) == []
