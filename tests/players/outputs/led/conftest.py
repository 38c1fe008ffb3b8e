"""What the tests of LED walls share: networks of their own, receivers by strangers, pictures."""

import sys
from pathlib import Path

import numpy as np
import pytest

from players.outputs.led.sacn import Sacn
from players.outputs.led.transport import Udp
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


@pytest.fixture
def another_source(networks):
    """Send one sACN frame of one colour as a source that nobody has heard of.

    Once only: where it is mixed with a source that has not said goodbye, it stays mixed for good.
    """

    def send(colour, pixels):
        encoder = Sacn(pixels, first=1, cid=bytes(16), name="another")
        line = Udp(BOARD, encoder.port)
        line.send(encoder.encode(np.tile(np.frombuffer(colour, np.uint8), pixels), 0))
        line.close()

    return lambda colour, pixels: networks.inside(networks.player, lambda: send(colour, pixels))
