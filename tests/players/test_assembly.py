"""A player that can't start says why, in a sentence; one that starts makes no noise."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.doubles import SimulatedController

ROOT = Path(__file__).parents[2]


def start(path, **environment):
    return subprocess.run(
        [sys.executable, "-m", "players", "run", "--config", str(path)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def controller():
    return SimulatedController()


@pytest.mark.parametrize("environment", [{}, {"SDL_VIDEODRIVER": "x11"}, {"DISPLAY": ":98765"}])
def test_no_screen_is_said_in_a_sentence(controller, tmp_path, environment):
    """SDL alone would go on and draw where nobody sees it."""
    ended = start(controller.settings(tmp_path, output={"kind": "window"}), **environment)
    assert ended.returncode == 1
    assert "the window can't be opened" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_state_folder_that_is_no_folder_is_said(controller, tmp_path):
    (tmp_path / "file").write_text("")
    ended = start(controller.settings(tmp_path, state="file/state"))
    assert ended.returncode == 1
    assert "state: can't write" in ended.stderr
    assert "Traceback" not in ended.stderr
