"""Gets packages of Debian: installs them as root or with sudo, or only downloads their files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from setting_up.saying import say, step

_LISTS = Path("/var/lib/apt/lists")
_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def is_here() -> bool:
    """Whether this is a Debian or one of its kin."""
    return shutil.which("apt-get") is not None


def install(packages: Sequence[str], *, why: str) -> bool:
    """Install `packages` without recommended ones. False when that is not possible here."""
    as_root = _as_root()
    if not is_here() or as_root is None:
        return False
    with step(f"apt-get install {' '.join(packages)}: {why}"):
        _update_if_empty(as_root)
        command = [*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends"]
        return _succeeds([*command, *packages])


def download(packages: Sequence[str], *, into: Path) -> bool:
    """Fetch the package files without installing anything; needs no root. False when it fails."""
    if not is_here():
        return False
    _update_if_empty(_as_root())
    # The user that apt drops to cannot write into a checkout.
    sandbox = ["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []
    return _succeeds(["apt-get", "download", "-q", *sandbox, *packages], folder=into)


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; None when nothing helps."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    return ["sudo", "-n"] if _succeeds(["sudo", "-n", "true"], shown=False) else None


def _update_if_empty(as_root: list[str] | None) -> None:
    if any(_LISTS.glob("*_Packages*")):
        return
    if as_root is None:
        say("apt has no package lists, and fetching them needs root or sudo")
        return
    say("apt has no package lists yet; fetching them")
    _succeeds([*as_root, "apt-get", "update", "-q"])


def _succeeds(command: list[str], *, folder: Path | None = None, shown: bool = True) -> bool:
    finished = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **_QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode and shown:
        print("\n".join(finished.stdout.splitlines()[-15:]), flush=True)
    return finished.returncode == 0
