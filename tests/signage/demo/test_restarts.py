"""Tests that a process of the demo that dies is started again, ever more patiently."""

import os
import sys

import pytest

from signage.demo.children import Child
from signage.demo.restarts import FIRST_PAUSE, LONGEST_PAUSE, SOON, Restarts


@pytest.fixture
def dying(tmp_path):
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    child = Child("worker", command, environment=os.environ, log=tmp_path / "worker.log")
    yield child
    child.kill()


def die(child: Child) -> None:
    child.start()
    child._process.wait()


def test_a_child_that_runs_needs_nothing(tmp_path):
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    child = Child("web", command, environment=os.environ, log=tmp_path / "web.log")
    child.start()
    lines = Restarts([child], now=0.0).look(1.0)
    child.kill()
    assert lines == []


def test_a_dead_child_is_told_with_its_code_and_its_log(dying, tmp_path):
    die(dying)
    [line] = Restarts([dying], now=0.0).look(1.0)
    assert line.startswith("worker ended with code 3")
    assert line.endswith(str(tmp_path / "worker.log"))


def test_a_dead_child_is_told_once(dying):
    die(dying)
    restarts = Restarts([dying], now=0.0)
    restarts.look(1.0)
    assert restarts.look(1.1) == []


def test_a_dead_child_starts_again_after_the_pause(dying):
    die(dying)
    restarts = Restarts([dying], now=0.0)
    restarts.look(1.0)
    first = dying._process.pid
    restarts.look(1.0 + FIRST_PAUSE)
    assert dying._process.pid != first


def test_a_child_that_keeps_dying_waits_longer_each_time(dying):
    restarts = Restarts([dying], now=0.0)
    now, told = 0.0, []
    for _ in range(8):
        die(dying)
        told += restarts.look(now)
        now += 1000 * SOON  # the pause is over, and the child was started again just now
        restarts._started["worker"] = now
        restarts._due.clear()
    pauses = [line.partition("again in ")[2].partition(" s")[0] for line in told]
    assert pauses == ["1", "2", "4", "8", "16", "30", "30", f"{LONGEST_PAUSE:.0f}"]


def test_a_child_that_lived_long_starts_again_soon(dying):
    restarts = Restarts([dying], now=0.0)
    die(dying)
    restarts.look(1.0)
    restarts.look(1.0 + FIRST_PAUSE)
    dying._process.wait()
    [line] = restarts.look(1.0 + FIRST_PAUSE + SOON)
    assert f"again in {FIRST_PAUSE:.0f} s" in line
