"""What the tests of the player share."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles import SimulatedController
from tests.players.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A player that holds the key list and nothing else."""
    rig = Rig(tmp_path / "player")
    rig.hears_keys()
    yield rig
    rig.close()


@pytest.fixture
def controller() -> Iterator[SimulatedController]:
    controller = SimulatedController()
    yield controller
    controller.close()


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual screen of 1400x900 pixels; gives its DISPLAY."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1400x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    yield display
    server.terminate()
    server.wait(timeout=10)
