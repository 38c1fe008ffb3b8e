"""Installs the parts of the system that some tests drive: an X server and a browser."""

import shutil
from pathlib import Path

from setting_up import apt
from setting_up.saying import say

# What proves that it is there: the packages of Debian that bring it, and what it is for.
_PARTS = {
    "Xvfb": (("xvfb",), "an X server without a screen, to see what the player's window shows"),
    "chromium": (("chromium",), "the browser that walks through the pages as people do"),
}
# The player's window loads these at run time.
_WINDOW_LIBRARIES = ("libxcursor1", "libxi6", "libxrandr2")
# Without a face on the system the browser draws boxes instead of Vietnamese letters.
_FONT = Path("/usr/share/fonts/truetype/liberation")


def install_for_tests() -> None:
    """Install what is missing; where that is not possible say which tests will be skipped."""
    missing = {name: part for name, part in _PARTS.items() if shutil.which(name) is None}
    packages = [package for names, _ in missing.values() for package in names]
    if "xvfb" in packages:
        packages += _WINDOW_LIBRARIES
    if "chromium" in packages and not _FONT.is_dir():
        packages.append("fonts-liberation")
    if not packages:
        return
    why = "; ".join(f"{name} is {purpose}" for name, (_, purpose) in missing.items())
    if not apt.install(packages, why=why):
        say(f"without root or sudo these stay away: {', '.join(packages)}")
        say("  the tests that need them are skipped, each with its reason; all others run")
