"""Tests that child processes end when they should, with all that they started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from signage.demo.children import Child, end_all

SLEEPING = "import time; time.sleep(60)"
WITH_A_GRANDCHILD = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(grandchild.pid, flush=True)
time.sleep(60)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
A_PARENT = """
import os, pathlib, sys, time
from signage.demo.children import Child
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"],
              environment=os.environ, log=pathlib.Path(sys.argv[1]))
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def child_of(tmp_path):
    children = []

    def make(program: str, name: str = "child") -> Child:
        command = [sys.executable, "-c", program]
        child = Child(name, command, environment=os.environ, log=tmp_path / f"{name}.log")
        children.append(child)
        return child

    yield make
    for child in children:
        child.kill()


def wait_for_words(child: Child) -> str:
    deadline = time.monotonic() + 20
    while not (words := child.last_words()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert words, f"{child.name} said nothing"
    return words


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.01)
    return False


def test_a_child_runs_until_it_is_ended(child_of):
    child = child_of(SLEEPING)
    child.start()
    assert child.is_running()
    child.end()
    assert not child.is_running()


def test_what_a_child_says_stands_in_its_log(child_of):
    child = child_of("print('xin chào', flush=True)")
    child.start()
    assert wait_for_words(child) == "xin chào"


def test_a_second_start_adds_to_the_log(child_of):
    child = child_of("print('again')")
    for _ in range(2):
        child.start()
        child._process.wait()
    assert child.last_words() == "again\nagain"


def test_a_child_that_ended_tells_its_code(child_of):
    child = child_of("raise SystemExit(7)")
    child.start()
    child._process.wait()
    assert child.code == 7


def test_ending_a_child_ends_what_it_started(child_of):
    child = child_of(WITH_A_GRANDCHILD)
    child.start()
    grandchild = int(wait_for_words(child))
    child.end()
    assert wait_until_gone(grandchild)


def test_a_child_that_does_not_listen_is_killed_after_a_while(child_of):
    child = child_of(DEAF)
    child.start()
    wait_for_words(child)
    child.end(seconds=0.1)
    assert child.code == -signal.SIGKILL


def test_children_are_ended_together(child_of):
    children = [child_of(SLEEPING, f"child-{number}") for number in range(3)]
    for child in children:
        child.start()
    end_all(children)
    assert [child.is_running() for child in children] == [False] * 3


def test_ending_a_child_that_was_never_started_does_nothing(child_of):
    child = child_of(SLEEPING)
    child.end()
    assert child.code is None


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at the parent's death")
def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    command = [sys.executable, "-c", A_PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    assert wait_until_gone(pid)
