"""Installs a player on a Debian of its own, boots it with systemd, and looks at its glass.

By hand, as root, on Debian or Ubuntu with `debootstrap`, `xvfb` and the checkout set up:

    sudo .venv/bin/python deploy/try_installation.py /var/tmp/trial

The folder (400 MB) is kept, so that the second time takes two minutes. Everything runs in
namespaces of its own, without the right to set the clock. Ends with 1 when something was black,
or not as it should be.
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from trial.machine import Machine, make

ROOT = Path(__file__).resolve().parents[1]
PLAYER = "signage-player@hoa-lu"
COLOURS = {str((255, 165, 0)), str((128, 0, 128))}
"""Orange and purple, which the programme shows in turn."""
SETTLED_SECONDS = 10


def serve(folder: Path) -> None:
    """A controller and its broker, in the network of the machine: orange and purple in turn."""
    from tests.broker import start_broker
    from tests.doubles import SimulatedController

    host, port, _ = start_broker()
    controller = SimulatedController()
    address = controller.serve()
    controller.connect(host, port)
    controller.publish_keys()
    slides = [controller.slide(colour, colour, 3) for colour in ("orange", "purple")]
    controller.publish_manifest(controller.entry(*slides))
    broker, window = {"host": host, "port": port}, {"kind": "window", "x": 0, "y": 0}
    controller.settings(folder, broker=broker, controller=address, output=window)
    print("ready", flush=True)
    threading.Event().wait()


def watch() -> None:
    """Print each colour of the glass that was not there before."""
    from PIL import ImageGrab

    last: object = None
    while True:
        grabbed = ImageGrab.grab(bbox=(10, 10, 11, 11), xdisplay=":0").convert("RGB")
        if (colour := grabbed.getpixel((0, 0))) != last:
            print(colour, flush=True)
            last = colour
        time.sleep(0.02)


@contextlib.contextmanager
def helper(machine: Machine, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = machine.beside(sys.executable, __file__, *arguments)
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=here) as made:
        try:
            yield made
        finally:
            made.kill()


def trials(machine: Machine) -> Iterator[tuple[str, bool]]:
    """What was tried, and whether it went as it should."""
    machine.run("/opt/signage/bin/signage-player", "install", "--config", "/opt/cfg/player.yaml")
    units = ("signage-screen.service", "signage-player@.service", "signage-medium@.service")
    files = [f"/etc/systemd/system/{unit}" for unit in units]
    verified = machine.run("systemd-analyze", "verify", *files)
    yield "systemd finds nothing wrong with the units", not verified
    is_up = machine.run("systemctl", "is-active", PLAYER) == "active"
    yield "the player is up after install", is_up
    time.sleep(SETTLED_SECONDS)
    for what, act, seconds in (
        ("the player is killed", lambda: machine.kill("KILL", "players play"), 6),
        ("the player hangs", lambda: machine.kill("STOP", "players play"), 14),
        ("systemctl reload", lambda: machine.run("systemctl", "reload", PLAYER), 8),
        ("the watchdog is killed", lambda: machine.kill("KILL", "signage-player run"), 8),
        ("the watchdog hangs (WatchdogSec)", lambda: machine.kill("STOP", "player run"), 45),
    ):
        before = machine.run("pgrep", "-f", "players play")
        seen = _seen_while(machine, act, seconds)
        after = machine.run("pgrep", "-f", "players play")
        print(f"    {what}: another player {after != before}, on the glass {sorted(seen)}")
        yield f"{what}: another comes, and nothing is black", after != before and seen <= COLOURS


def _seen_while(machine: Machine, act: Callable[[], object], seconds: float) -> set[str]:
    with helper(machine, "--watch") as eyes:
        time.sleep(1)
        act()
        time.sleep(seconds)
        eyes.kill()
        return set(eyes.stdout.read().split("\n")) - {""} if eyes.stdout else set()


def main(root: Path) -> int:
    make(root)
    machine, failed = Machine(root), 0
    try:
        with helper(machine, "--serve", str(root / "opt/cfg")) as controller:
            if not controller.stdout or controller.stdout.readline() != "ready\n":
                raise SystemExit("the controller did not come up")
            for what, well in trials(machine):
                failed += not well
                print("ok  " if well else "BAD ", what, flush=True)
            print(machine.run("journalctl", "--no-pager", "-u", PLAYER, "-p", "warning"))
    finally:
        machine.close()
    return 1 if failed else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--serve", folder]:
            serve(Path(folder))
        case ["--watch"]:
            watch()
        case [folder] if os.geteuid() == 0:
            sys.exit(main(Path(folder).resolve()))
        case _:
            sys.exit(__doc__)
