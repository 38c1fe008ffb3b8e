"""What was worked on is gone afterwards, also when the process was killed in the middle."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from signage.ingest import rooms

HOLD = """
import sys, tempfile, time
tempfile.tempdir = sys.argv[1]
from signage.ingest.rooms import room
with room() as folder:
    (folder / "film.mp4").write_bytes(b"secret")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_room_is_gone_when_the_work_is_done(temporary: Path) -> None:
    with rooms.room() as folder:
        (folder / "page.png").write_bytes(b"x")
    assert list(temporary.iterdir()) == []


def test_the_rooms_of_a_killed_process_are_swept_and_no_others(temporary: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(temporary)]
    holders = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    killed, alive = holders
    left, used = (Path((holder.stdout or sys.stdin).readline().strip()) for holder in holders)
    assert rooms.sweep() == 0
    killed.kill()
    killed.wait()
    assert rooms.sweep() == 1
    assert not left.exists()
    assert (used / "film.mp4").exists()
    alive.kill()
    alive.wait()
    for holder in holders:
        if holder.stdout:
            holder.stdout.close()


def test_a_room_that_has_just_been_made_is_left_alone(temporary: Path) -> None:
    young, old = temporary / f"{rooms.PREFIX}young", temporary / f"{rooms.PREFIX}old"
    young.mkdir()
    old.mkdir()
    os.utime(old, (1, 1))
    assert rooms.sweep() == 1
    assert young.exists()


def test_a_link_is_not_followed(temporary: Path) -> None:
    kept = temporary / "kept"
    kept.mkdir()
    (temporary / f"{rooms.PREFIX}link").symlink_to(kept)
    assert rooms.sweep() == 0
    assert kept.exists()
