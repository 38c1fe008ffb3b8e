"""OLA receives what a wall is sent: every pixel, in every universe."""

import sys

import pytest

from tests.doubles import png as plain
from tests.doubles import until
from tests.players.outputs.led.conftest import ROOT
from tests.players.outputs.led.networks import BOARD
from tests.players.outputs.led.pictures import noise, png

NAVY = b"\x00\x00\x80"

pytestmark = [pytest.mark.system("network namespaces", "ola")]


def arrives(ola, show, *options):
    """Show 109 universes until the receiver has them all: a busy one loses packets, which only
    come again while a picture is shown."""
    picture = noise(192, 96)

    def shown():
        printed = show(png(picture), "--output", "sacn", *options)
        return ola.slots(1, 109)[: 192 * 96 * 3] == picture.tobytes() and printed

    return until(shown, 30)


def test_ola_receives_all_109_universes_of_a_wall_by_sacn(ola, show):
    printed = arrives(ola, show)
    assert "0 not taken by the network" in printed


def test_ola_receives_them_by_multicast_too(ola, show):
    arrives(ola, show, "--set", "led.multicast=true")


def test_synchronisation_packets_do_not_disturb_ola(ola, show):
    picture = noise(34, 10)
    show(png(picture), "--output", "sacn", "--set", "led.sync_universe=7000", size="34x10")
    until(lambda: ola.slots(1, 2) == picture.tobytes(), 5)


def test_ola_receives_four_universes_by_art_net(ola, show):
    picture = noise(34, 20)
    show(png(picture), "--output", "artnet", "--set", "led.universe=9", size="34x20")
    until(lambda: ola.slots(201, 4) == picture.tobytes(), 5)


def test_ola_is_found_on_the_network(ola, networks):
    command = [sys.executable, "-m", "players", "find-boards", "--seconds", "1"]
    found = networks.run(networks.player, *command, "--where", "10.77.0.255", cwd=ROOT)
    assert found.startswith(f"{BOARD}  OLA")
    assert len(found.splitlines()) == 1


@pytest.fixture
def white(ola, networks, tmp_path):
    """A player that shows white for as long as it is let, and OLA has it."""
    (tmp_path / "white.png").write_bytes(plain("white", (10, 10)))
    command = [sys.executable, "-m", "players", "show", str(tmp_path / "white.png")]
    command += ["--output", "sacn", "--target", BOARD, "--size", "10x10"]
    own = {"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    process = networks.start(networks.player, *command, cwd=ROOT, env=own)
    until(lambda: ola.slots(1)[:3] == b"\xff\xff\xff", 20)
    yield process
    process.kill()
    process.wait()


def test_after_a_stop_another_source_is_not_mixed_with_the_old_one(ola, white, another_source):
    white.terminate()
    white.wait()
    another_source(NAVY, 100)
    until(lambda: ola.slots(1)[:300] == NAVY * 100, 5)


def test_a_player_that_was_killed_goes_on_as_the_same_source(ola, white, show):
    white.kill()
    white.wait()
    show(plain("navy", (10, 10)), "--output", "sacn", size="10x10")
    until(lambda: ola.slots(1)[:300] == NAVY * 100, 5)
