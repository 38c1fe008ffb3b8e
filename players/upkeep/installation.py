"""What `signage-player install` does on Debian and Ubuntu: files and commands, with reasons."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from players.settings import Settings
from players.upkeep import units

USER: Final = "signage-player"
HOME: Final = Path("/var/lib/signage-player")
RULES: Final = Path("/etc/udev/rules.d")
CHRONY: Final = Path("/etc/chrony/conf.d/signage.conf")
GROUPS: Final = "video,render,input,audio,dialout,tty"
KIOSK_PACKAGES: Final = {
    # SDL loads the last three at run time.
    "x": ["xserver-xorg-core", "libxcb1", "libxcursor1", "libxi6", "libxrandr2"],
    "cage": ["cage"],
}
PANEL_PACKAGES: Final = {"cec": ["cec-utils"], "dpms": ["x11-xserver-utils"]}
SLEEP: Final = ("sleep.target", "suspend.target", "hibernate.target", "hybrid-sleep.target")


class NotInstalled(Exception):
    """One sentence on what stood in the way."""


@dataclass(frozen=True)
class Write:
    """A file to write as root."""

    why: str
    path: Path
    text: str

    def do(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.text, encoding="utf-8")

    def told(self) -> str:
        indented = "".join(f"    {line}\n" for line in self.text.splitlines())
        return f"# {self.why}\nwrite {self.path}:\n{indented}"


@dataclass(frozen=True)
class Run:
    """A command to run as root; `may_fail` when the state it wants may be there already."""

    why: str
    command: tuple[str, ...]
    may_fail: bool = False

    def do(self) -> None:
        try:
            done = subprocess.run(self.command, check=False)
        except OSError as error:
            raise NotInstalled(f"{self.command[0]}: {error.strerror}. {self.why}") from error
        if done.returncode and not self.may_fail:
            raise NotInstalled(f"`{' '.join(self.command)}` ended with {done.returncode}.")

    def told(self) -> str:
        return f"# {self.why}\n{' '.join(self.command)}\n"


Step = Write | Run


def steps(settings: Settings, config: Path, *, kiosk: str, command: str) -> list[Step]:
    """Everything to do for the display of `settings`, in order; doing it twice does no harm.

    `kiosk` is x, cage or none; `command` the path of signage-player.
    """
    home = HOME / settings.display
    packages = list(KIOSK_PACKAGES.get(kiosk, []))
    packages += PANEL_PACKAGES.get(settings.panel.kind, [])
    listed: list[Step] = [
        Run("What the player needs of the system.", _apt(*packages, "chrony")),
        Run("A user of its own, without a password.", _add_user(), may_fail=True),
        *_folder(settings, config, home),
        Write(
            "The controller tells the time where there is no other source.",
            CHRONY,
            units.chrony(urlsplit(settings.controller).hostname or settings.broker.host),
        ),
        Run("Takes the new source of time into use.", ("systemctl", "restart", "chrony")),
        Run("A display never goes to sleep.", ("systemctl", "mask", *SLEEP)),
    ]
    if kiosk == "x":
        text = units.screen_unit(USER)
        listed.append(Write("X without a desktop.", units.UNIT_FOLDER / units.SCREEN_UNIT, text))
    raw = any(one.protocol == "colorlight" for one in settings.output.receivers())
    text = units.player_unit(command, user=USER, home=str(HOME), kiosk=kiosk, raw=raw)
    services = [units.SCREEN_UNIT] if kiosk == "x" else []
    services.append(units.PLAYER_UNIT.replace("@", f"@{settings.display}"))
    return [
        *listed,
        Write(
            "A stick with a bundle is mounted read only, and nothing on it is run.",
            units.UNIT_FOLDER / units.MEDIUM_UNIT,
            units.medium_unit(USER),
        ),
        Write("Which sticks.", RULES / units.MEDIUM_RULE, units.medium_rule()),
        Run("The rule is read.", ("udevadm", "control", "--reload"), may_fail=True),
        Write("The player, watched by systemd.", units.UNIT_FOLDER / units.PLAYER_UNIT, text),
        Run("systemd reads the units.", ("systemctl", "daemon-reload")),
        Run("Starts now and with the PC.", ("systemctl", "enable", "--now", *services)),
    ]


def kiosk_for(settings: Settings) -> str:
    """Only a window needs a screen."""
    return "x" if settings.output.kind == "window" else "none"


def carry_out(listed: Iterable[Step], tell: Callable[[str], object]) -> None:
    """Do the steps as root. Raises `NotInstalled` at the first that fails."""
    if not sys.platform.startswith("linux"):
        raise NotInstalled(
            "This installs on Debian and Ubuntu. On Windows use the Task Scheduler as README says."
        )
    if os.geteuid() != 0:
        raise NotInstalled("Run this as root (sudo), or with --dry-run to see what it would do.")
    for step in listed:
        tell(step.why)
        step.do()


def _apt(*packages: str) -> tuple[str, ...]:
    return ("apt-get", "install", "--yes", "--no-install-recommends", *packages)


def _add_user() -> tuple[str, ...]:
    options = ("--system", "--home-dir", str(HOME), "--shell", "/usr/sbin/nologin")
    return ("useradd", *options, "--user-group", "--groups", GROUPS, USER)


def _folder(settings: Settings, config: Path, home: Path) -> list[Step]:
    owner = ("-o", USER, "-g", USER)
    made: list[Step] = [
        Run("A folder only for it.", ("install", "-d", "-m", "700", *owner, str(folder)))
        for folder in (HOME, home)
    ]
    broker = settings.broker
    secrets = [
        Path(one) for one in (settings.player_key, broker.password_file, broker.ca_file) if one
    ]
    for source, name in ((config.resolve(), "player.yaml"), *((one, one.name) for one in secrets)):
        if source != home / name:
            copy = ("install", "-m", "600", *owner, str(source), str(home / name))
            made.append(Run("Its settings, its own key, and what it connects with.", copy))
    return made
