"""What breaks by itself: broker, database, a restored backup; boards keep what they have."""

import shutil

import msgspec
import pytest

from players.contract import topics
from players.contract.limits import SECOND
from signage.domain.alert import AlertState
from signage.wake import wake
from signage.workflows.reports import broker_state
from tests.doubles import until
from tests.journeys.attacks.field import FLEET, PROFILE
from tests.signage.pleiku import VIEWER

pytestmark = [pytest.mark.journey, pytest.mark.system("mosquitto")]

SET = topics.alerts(FLEET, PROFILE)


def test_without_a_broker_boards_hold_the_wall_says_so_and_all_comes_back(
    field, alert, monkeypatch
):
    monkeypatch.setattr(broker_state, "TOLD_AFTER", SECOND)
    field.broker.stop()
    until(lambda: "mất đường truyền" in field.wall(VIEWER))
    field.still_shows(alert)
    field.broker.start()
    until(lambda: "mất đường truyền" not in field.wall(VIEWER))
    other = field.raises("Sạt lở đất", level=5)
    field.shows_alert(other)
    field.clears(other)
    field.shows_alert(alert)


def test_an_alert_that_was_raised_without_a_broker_goes_out_when_there_is_one(field):
    field.broker.stop()
    alert = field.raises("Vỡ đập", level=5)
    field.broker.start()
    field.shows_alert(alert)
    field.clears(alert)
    field.shows("safe")


def test_with_a_database_that_takes_no_writes_the_sealer_still_seals(field):
    drawn = field.drafts("Lũ quét")
    path = field.settings.home_path / "signage.sqlite3"
    read_only = f"sqlite:///file:{path}?mode=ro&uri=true"
    field.stop_sealer()
    field.start_sealer(msgspec.structs.replace(field.settings, database=read_only))
    alert = field.confirms(drawn)
    wake(field.settings.home_path, "sealer")
    field.shows_alert(alert)
    field.stop_sealer()
    field.start_sealer()
    until(lambda: field.store.alerts.get(alert.id) is not None)
    field.clears(alert)
    field.shows("safe")


def test_a_book_of_yesterday_ends_no_alert_of_today(field):
    """The set on the air bears the alert key's signature: it is taken over, and can be cleared."""
    folder, backup = field.files.sealer_folder, field.folder / "yesterday"
    field.stop_sealer()
    field.book.close()
    shutil.copytree(folder, backup)
    field.start_sealer()
    field.open_book()
    alert = field.raises("Lũ lớn nhất trong năm")
    field.shows_alert(alert)
    field.stop_sealer()
    field.book.close()
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)
    field.start_sealer()
    field.open_book()
    until(lambda: [one.id for one in field.book.alerts.live()] == [alert.id])
    until(lambda: field.store.alerts.get(alert.id).outside)
    field.obeys_a_command()
    field.still_shows(alert)
    assert field.store.alerts.get(alert.id).state is AlertState.RAISED
    told = [row.act for row in field.store.audit.page(subject=f"alert:{alert.id}")]
    assert "alert.unauthorised" not in told
    field.clears(alert)
    field.shows("safe")
