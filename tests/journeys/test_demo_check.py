"""The whole journey through real processes, on the pages and by programs; the glass is read."""

import json
import subprocess
import sys

import pytest

from signage.demo.check import NAMES, travel

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    report = tmp_path_factory.mktemp("check") / "report.json"
    command = [sys.executable, "-m", "signage", "demo", "--check", "--json", str(report)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=280)
    return finished, json.loads(report.read_text())


def test_every_display_shows_the_right_pictures_when_people_use_the_pages(checked):
    finished, report = checked
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert report["passed"]


def test_the_report_tells_when_each_display_showed_the_alert(checked):
    _, report = checked
    told = {
        moment["display"]
        for moment in report["timeline"]
        if moment["step"] == "alert click → on glass"
    }
    assert told == set(NAMES)


def test_every_time_in_the_report_stands_in_the_table(checked):
    finished, report = checked
    missing = [
        moment for moment in report["timeline"] if f"{moment['ms']:,}" not in finished.stdout
    ]
    assert missing == []


def test_nothing_of_the_check_is_left_running_or_lying_about(checked):
    finished, _ = checked
    assert "Everything is kept" not in finished.stdout


def test_every_display_shows_the_right_pictures_when_programs_do_it(tmp_path):
    said = []
    report = travel(tmp_path, lambda people: people.by_programs, say=said.append)
    assert report.failure == "", f"{report.failure}\n{said}"
