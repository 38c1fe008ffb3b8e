"""Holds and drills from the command line: the same rules, the same sentences."""

import pytest
from click.testing import CliRunner

from signage.__main__ import main
from signage.settings import Settings
from signage.store import Store
from tests.signage.pleiku import DUTY_OFFICER, OFFICER, settle
from tests.signage.sealing import SealerAside


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SIGNAGE_HOME", str(tmp_path))
    made = Store.open(f"sqlite:///{tmp_path}/signage.sqlite3", tmp_path / "media")
    made.upgrade()
    settle(made)
    yield made
    made.close()


@pytest.fixture
def sealer(store, tmp_path):
    aside = SealerAside(Settings(home=str(tmp_path)), store)
    aside.start()
    yield aside
    aside.close()


@pytest.fixture
def phone(sealer):
    return sealer.phone(DUTY_OFFICER.login)


def run(*arguments, by=DUTY_OFFICER, code=""):
    """Run a command; `code` is what is typed when it asks."""
    return CliRunner().invoke(main, [*arguments, "--as", by.login], input=f"{code}\n")


def test_a_hold_is_placed_listed_and_lifted(store, phone):
    placed = run("hold", "place", "blank", "display:ubnd", "--why", "Bảo trì", code=phone.code())
    assert placed.exit_code == 0, placed.output
    (hold,) = store.holds.recent()
    assert f"{hold.id}: blank display:ubnd" in run("hold", "list").output
    assert run("hold", "lift", hold.id, "--code", phone.code()).exit_code == 0
    assert run("hold", "list").output == ""


def test_a_meeting_of_an_hour_is_placed_and_lifted_without_a_code(store, sealer):
    placed = run("hold", "place", "meeting", "display:nvh-hoi-phu", "--minutes", "60", by=OFFICER)
    assert placed.exit_code == 0, placed.output
    (hold,) = store.holds.recent()
    assert run("hold", "lift", hold.id, by=OFFICER).exit_code == 0


def test_a_refusal_is_a_sentence_and_no_traceback(store):
    refused = run("hold", "place", "safe", "all", by=OFFICER)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")
    assert store.holds.recent() == []


def test_a_drill_is_planned_reported_and_stopped(store, phone):
    details = ("--area", "Ven suối", "--sender", "UBND", "--minutes", "15")
    planned = run("drill", "plan", "Lũ lên nhanh", "display:ubnd", *details, code=phone.code())
    assert planned.exit_code == 0, planned.output
    (drill,) = store.drills.recent()
    assert f"{drill.id}: running, Lũ lên nhanh" in run("drill", "list").output
    assert f"{drill.id},ubnd,Trước UBND" in run("drill", "report", drill.id).output
    assert run("drill", "stop", drill.id, code=phone.code()).exit_code == 0
