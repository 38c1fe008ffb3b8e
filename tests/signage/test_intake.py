import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from players.contract.limits import HOUR, MINUTE
from signage.cap.table_file import FILE
from signage.clock import now_ms
from signage.domain.cap.received import Standing
from signage.intake import Intake
from signage.settings import Settings
from signage.workflows.cap import cap_feeds
from tests.signage.cap.messages import info, message
from tests.signage.cap.street import open_street
from tests.signage.pleiku import settle


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    made = Intake(Settings(home=str(tmp_path)))
    made.store.upgrade()
    settle(made.store)
    yield made
    made.close()


def rounds_until(intake: Intake, done) -> None:
    for _ in range(200):
        intake.step(now_ms())
        if done():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def write_table(intake: Intake, text: str) -> None:
    (intake.settings.home_path / FILE).write_text(text)


def fresh(identifier: str) -> bytes:
    return message(identifier, now_ms() - MINUTE, info(expires=now_ms() + HOUR))


def test_a_file_in_the_folder_is_taken_once_and_moved_aside(intake: Intake) -> None:
    write_table(intake, "folder: cap-in")
    folder = intake.settings.home_path / "cap-in"
    folder.mkdir()
    (folder / "lu.xml").write_bytes(fresh("1"))
    os.utime(folder / "lu.xml", (1, 1))
    rounds_until(intake, intake.store.cap_messages.open)
    (received,) = intake.store.cap_messages.recent(limit=9)
    assert (received.source, received.standing) == ("folder lu.xml", Standing.WAITS)
    assert [path.name for path in folder.rglob("*.xml")] == ["lu.xml"]
    assert not (folder / "lu.xml").exists()


def test_a_wish_that_can_not_be_read_is_put_aside_with_the_reason(tmp_path: Path) -> None:
    intake = Intake(Settings(home=str(tmp_path), alert_folder="wishes"))
    intake.store.upgrade()
    settle(intake.store)
    folder = tmp_path / "wishes"
    folder.mkdir()
    (folder / "nuoc.yaml").write_text("tamplate: Lũ")
    os.utime(folder / "nuoc.yaml", (1, 1))
    rounds_until(intake, (folder / "refused" / "nuoc.yaml.txt").exists)
    assert "tamplate" in (folder / "refused" / "nuoc.yaml.txt").read_text("utf-8")
    (row,) = intake.store.audit.page(limit=1)
    assert (row.act, row.detail["file"]) == ("alert-folder.refused", "nuoc.yaml")
    intake.close()


def test_a_feed_that_hangs_keeps_no_other_from_being_heard(intake: Intake) -> None:
    with open_street() as street:
        hangs, good = street.hang("/hangs"), street.serve("/good", fresh("1"))
        write_table(
            intake,
            f"feeds: [{{url: '{hangs}', private: true}}, {{url: '{good}', private: true}}]",
        )
        rounds_until(intake, intake.store.cap_messages.open)
        assert [one.source for one in intake.store.cap_messages.recent(limit=9)] == [good]


def test_a_mistake_in_the_table_is_told_and_the_old_one_stays_in_force(intake: Intake) -> None:
    write_table(intake, "folder: cap-in")
    intake.step(now_ms())
    write_table(intake, "foldr: cap-in")
    intake.step(now_ms() + MINUTE)
    assert "unknown field `foldr`" in cap_feeds.table_problem(intake.store)
    write_table(intake, "folder: cap-in")
    intake.step(now_ms() + 2 * MINUTE)
    assert cap_feeds.table_problem(intake.store) == ""
