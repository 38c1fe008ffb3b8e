"""A wall stays lit while its player dies, hangs or starts anew, for receivers made by others."""

import os
import signal
from pathlib import Path

import pytest
import sacn

from players.contract import commands, topics
from tests.doubles import until
from tests.players.outputs.led.networks import BOARD
from tests.players.outputs.led.test_strangers import receiver
from tests.players.upkeep.test_watchdog import Watched

pytestmark = [pytest.mark.journey, pytest.mark.system("network namespaces", "node")]

ORANGE = b"\xff\xa5\x00"
UNIVERSES = range(1, 14)
SACN = {"kind": "led_wall", "led": {"protocol": "sacn", "target": BOARD, "multicast": True}}
"""Two receivers on one machine hear what goes to a group, not what goes to one address."""
FORGOTTEN_SECONDS = 2.5
"""E1.31 6.7.1: without packets for so long a source is lost."""


class Wall:
    """pip `sacn` listens to all universes; `lost` lists those that it took for gone."""

    def __init__(self):
        self.lost, self.colours = [], set()
        self._receiver = sacn.sACNreceiver(bind_address=BOARD)
        for universe in UNIVERSES:
            self._receiver.register_listener("universe", self._take, universe=universe)
        self._receiver.register_listener("availability", self._hear)
        self._receiver.start()

    def close(self):
        self._receiver.stop()

    def _take(self, packet):
        if packet.universe == 1:
            self.colours.add(bytes(packet.dmxData[:3]))

    def _hear(self, universe, changed):
        if changed == "timeout":
            self.lost.append(universe)


class WatchedWall(Watched):
    """A wall under a watchdog."""

    def kept(self):
        """Gives the player once a keeper is at work: it has opened the memory of the wall."""
        player, keeper = self.child("play"), self.child("players.upkeep.keeper")
        opened = keeper and Path(f"/proc/{keeper.pid}/maps").read_text()
        return player and opened and "signage-led-" in opened and player.pid

    def replaced(self, player):
        return until(lambda: (new := self.kept()) and new != player and new, 30)

    def tells_to_restart(self):
        controller = self.controller
        topic = topics.commands(controller.fleet, controller.display)
        controller.publish(topic, controller.command(commands.RESTART), retain=False)


@pytest.fixture
def watched(networks, tmp_path):
    watched = networks.inside(networks.player, lambda: WatchedWall(tmp_path))
    watched.presents("orange")
    yield watched
    if watched.process and watched.process.poll() is None:
        watched.process.terminate()
        watched.process.wait(timeout=20)
    watched.close()


@pytest.fixture
def wall(networks):
    wall = networks.inside(networks.board, Wall)
    yield wall
    wall.close()


def test_no_receiver_loses_a_wall_whose_player_is_killed_hangs_or_is_told_to_restart(
    networks, watched, wall
):
    with receiver(networks, "sacn", UNIVERSES[0], len(UNIVERSES)) as came:
        networks.inside(networks.player, lambda: watched.start(output=SACN))
        player = watched.replaced(None)
        until(lambda: ORANGE in wall.colours, 20)
        until((watched.folder / "state/holdings/manifest.json").exists)  # else it has nothing yet
        wall.colours.clear()
        for end in (signal.SIGKILL, signal.SIGSTOP):
            os.kill(player, end)
            player = watched.replaced(player)
        until(lambda: watched.last_status().health.restarts == 2, 20)
        watched.tells_to_restart()
        player = watched.replaced(player)
        os.kill(watched.process.pid, signal.SIGHUP)  # as `systemctl reload` does
        watched.replaced(player)
    assert not wall.lost
    assert wall.colours <= {ORANGE}
    assert came["faults"] == 0  # the numbers went on
    assert watched.ends_cleanly()
    until(lambda: set(wall.lost) == set(UNIVERSES), FORGOTTEN_SECONDS)
