"""A minimal Debian in a folder: made, given this checkout's player, and booted with systemd."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOT = Path(__file__).with_name("boot.sh")
PACKAGES = "systemd,systemd-sysv,dbus,udev,python3,python3-venv,ca-certificates,procps"
# There is no monitor: the installed unit of the screen gets a server without one, and slowly.
SCREEN = """[Service]
TTYPath=
TTYReset=no
TTYVHangup=no
StandardInput=null
PAMName=
ExecStart=
ExecStart=/bin/sh -c 'sleep 2; exec /usr/bin/Xvfb :0 -screen 0 800x600x24 -noreset -nolisten tcp'
"""


class Machine:
    """The booted Debian; `run` runs a command in it, `beside` gives one in its network alone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._boot = subprocess.Popen(["bash", str(BOOT), str(root)], stdout=subprocess.DEVNULL)
        self.first = _until(lambda: _systemd_below(self._boot.pid), 20)
        _until(lambda: self.run("systemctl", "is-system-running") in {"running", "degraded"}, 60)

    def run(self, *command: str) -> str:
        path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
        into = ["nsenter", "-t", str(self.first), "-n", "-m", "-p", "-u", "-i", "-C"]
        inside = [*into, "chroot", str(self.root), "env", "-i", path, "DISPLAY=:0", *command]
        return subprocess.run(inside, capture_output=True, text=True, check=False).stdout.strip()

    def beside(self, *command: str) -> list[str]:
        return ["nsenter", "-t", str(self.first), "-n", *command]

    def kill(self, name: str, pattern: str) -> None:
        self.run("pkill", f"-{name}", "-f", pattern)

    def close(self) -> None:
        os.kill(self.first, signal.SIGKILL)
        self._boot.wait()


def _systemd_below(pid: int) -> int | None:
    """The first process of the new machine, once it has become systemd."""
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    for child in map(int, told.stdout.split()):
        name = Path(f"/proc/{child}/comm").read_text().strip()
        return child if name == "systemd" else _systemd_below(child)
    return None


def make(root: Path) -> None:
    """A minimal Debian with this checkout's player in /opt/signage."""
    if not (root / "etc/debian_version").exists():
        _do("debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", root)
    for file in (Path("/etc/resolv.conf"), *Path("/etc/apt/apt.conf.d").iterdir()):
        shutil.copy(file, root / file.relative_to("/"))
    wheels = root / "opt/wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _do(sys.executable, "-m", "pip", "wheel", "-q", "-w", wheels, f"{ROOT}[window,led]")
    _do("chroot", root, "python3", "-m", "venv", "/opt/signage")
    quiet = ("install", "-q", "--no-index", "--find-links", "/opt/wheels", "--force-reinstall")
    _do("chroot", root, "/opt/signage/bin/pip", *quiet, "signage[window,led]")
    _do("chroot", root, "apt-get", "update", "-q")
    x = ("xserver-xorg-core", "libxcb1", "libxcursor1", "libxi6", "libxrandr2", "chrony", "xvfb")
    _do("chroot", root, "apt-get", "install", "-qy", "--no-install-recommends", *x)
    dropped = root / "etc/systemd/system/signage-screen.service.d"
    dropped.mkdir(parents=True, exist_ok=True)
    (dropped / "trial.conf").write_text(SCREEN)
    shutil.rmtree(root / "var/lib/signage-player", ignore_errors=True)


def _do(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True)


def _until(holds: Callable[[], int | None], seconds: float) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.2)
    raise SystemExit(f"the machine did not come up within {seconds:.0f} s")
