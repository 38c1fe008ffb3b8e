"""A full or read-only disk: the picture stays, alerts come, and the status says what is wrong."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from players.files import Disk
from players.reporting.journal import Journal, Showed
from tests.doubles import until

ROOT = Path(__file__).parents[2]
ORANGE, RED = (255, 165, 0), (255, 0, 0)


class RefusingDisk(Disk):
    """Reads, and refuses every change while `refuses`."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.refuses = True

    def _check(self) -> None:
        if self.refuses:
            raise OSError(self._number, os.strerror(self._number))

    def write(self, path: Path, content: bytes) -> None:
        self._check()
        super().write(path, content)

    def append(self, path: Path, content: bytes) -> None:
        self._check()
        super().append(path, content)

    def rename(self, old: Path, new: Path) -> None:
        self._check()
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        if self._number == errno.EROFS:
            self._check()
        super().remove(path)


@pytest.fixture(params=[errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def player(rig, request):
    """A player that was started on a disk which takes nothing any more; it holds a slide."""
    slide = rig.controller.slide("orange", "orange")
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.shows("orange")
    rig.saves()
    rig.disk = RefusingDisk(request.param)
    rig.restart()
    return rig


def test_the_programme_is_up_after_a_start(player):
    player.shows("orange")
    assert player.colour == ORANGE


def test_an_alert_comes_with_its_page_and_the_trouble_is_told(player):
    player.connects()
    alert = player.controller.alert()
    name = alert.pages[0].blob.sha256
    player.hears_page(player.controller.blobs[name], name)
    player.hears_alerts(player.controller.alerts(alert))
    player.shows("flood.1.1")
    assert player.colour == RED
    player.until(lambda: player.problem.startswith("could not "))
    player.passes(3000)
    assert "could not" in player.statuses[-1].health.problem


def test_what_could_not_be_saved_is_saved_once_there_is_room(player):
    player.hears_alerts(player.controller.alerts(player.controller.alert()))
    player.until(lambda: "Errno" in player.problem)
    assert not (player.folder / "state/holdings/alerts.json").exists()
    player.disk.refuses = False
    player.assembled.errands.finish()
    assert (player.folder / "state/holdings/alerts.json").exists()


def test_a_journal_on_a_full_disk_is_kept_as_it_is_and_goes_on_in_memory(tmp_path):
    path = tmp_path / "journal.sqlite3"
    journal = Journal(path)
    showed = Showed(source="schedule", reason="e", item="orange", sha256="0" * 64, started_at=1)
    journal.began(showed, before_ms=0)
    own = journal.id
    journal.close()
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "kept in memory only" in done.stdout, done.stderr
    again = Journal(path)
    until(lambda: again.id == own)
    assert again.batch("pleiku", "hoa-lu").plays[0].item == "orange"
    again.close()


ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from players.reporting.journal import Journal
print(Journal(Path(sys.argv[1])).trouble)
"""
