"""What the tests of LED walls share: networks of their own, receivers by strangers, pictures."""

import sys
from pathlib import Path

import pytest

from tests.players.outputs.led.networks import BOARD, Networks
from tests.players.outputs.led.ola import Ola

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def networks():
    networks = Networks()
    yield networks
    networks.close()


@pytest.fixture(scope="module")
def ola(networks):
    ola = Ola(networks, universes=109)
    yield ola
    ola.close()


@pytest.fixture
def show(networks, tmp_path):
    """Run `signage-player show` in the player's network; gives what it printed at the end."""

    def shown(picture, *options, target=BOARD, size="192x96", seconds=0.3):
        (tmp_path / "picture.png").write_bytes(picture)
        return networks.run(
            networks.player, sys.executable, "-m", "players", "show", str(tmp_path / "picture.png"),
            "--target", target, "--size", size, "--seconds", str(seconds), *options,
            cwd=ROOT, env={"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/sbin"},
        )  # fmt: skip

    return shown
