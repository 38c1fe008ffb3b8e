"""Two networks of their own with a cable between them: one for the player, one for the board."""

import ctypes
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

BOARD, PLAYER = "10.77.0.1", "10.77.0.2"
CLONE_NEWNET = 0x40000000


class Networks:
    """Everything sent stays inside; nothing of this machine's own network is touched."""

    def __init__(self) -> None:
        self.board, self.player = (f"signage-{side}-{os.getpid()}" for side in "bp")
        for name in (self.board, self.player):
            _ip("netns", "add", name)
        cable = ("link", "add", "wire", "type", "veth", "peer", "name", "wire")
        _ip("-n", self.board, *cable, "netns", self.player)
        for name, address in ((self.board, BOARD), (self.player, PLAYER)):
            # Without a broadcast address OLA never answers an ArtPoll.
            _ip("-n", name, "addr", "add", f"{address}/24", "brd", "+", "dev", "wire")
            for interface in ("lo", "wire"):
                _ip("-n", name, "link", "set", interface, "up")
            _ip("-n", name, "route", "add", "224.0.0.0/4", "dev", "wire")
        # Debian allows 20 groups; OLA joins one for each universe, also where it is sent to alone.
        self.run(self.board, "sysctl", "-qw", "net.ipv4.igmp_max_memberships=1024")

    def close(self) -> None:
        for name in (self.board, self.player):
            subprocess.run(["ip", "netns", "del", name], check=False)

    def run(self, side: str, *command: str, **options: Any) -> str:
        """Run a command in the network of one side; gives what it prints."""
        return subprocess.run(
            ["ip", "netns", "exec", side, *command],
            check=True,
            text=True,
            stdout=subprocess.PIPE,
            **options,
        ).stdout

    def start(self, side: str, *command: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(["ip", "netns", "exec", side, *command], text=True, **options)

    def inside(self, side: str, work: Callable[[], T]) -> T:
        """Do `work` in a thread whose sockets belong to the network of one side."""

        def entered() -> T:
            with open(f"/run/netns/{side}") as network:  # noqa: PTH123 - a file descriptor is wanted
                ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET)
            return work()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(entered).result()


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
