"""Installs the parts of the system that some tests drive: an X server and a browser."""

import shutil
from collections.abc import Callable
from pathlib import Path

from setting_up import apt
from setting_up.saying import say

_WHY = (
    "an X server without a screen, to see what the player's window shows, "
    "and a browser that walks through the pages as people do"
)


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _library(name: str) -> Callable[[], bool]:
    return lambda: any(Path("/usr/lib").glob(f"*/{name}"))


# Debian's package, and how to see that what it brings is there already.
_PARTS: dict[str, Callable[[], bool]] = {
    "xvfb": _program("Xvfb"),
    # The player's window loads these at run time.
    "libxcursor1": _library("libXcursor.so.1"),
    "libxi6": _library("libXi.so.6"),
    "libxrandr2": _library("libXrandr.so.2"),
    "chromium": _program("chromium"),
    # Playwright's own driver needs it, and nothing else brings it.
    "libatomic1": _library("libatomic.so.1"),
    # Debian's Liberation faces lack Vietnamese: without this one the browser draws boxes.
    "fonts-noto-core": lambda: any(Path("/usr/share/fonts").rglob("NotoSans-Regular.ttf")),
}


def install_for_tests() -> None:
    """Install what is missing; where that is not possible say which tests will be skipped."""
    missing = [package for package, is_here in _PARTS.items() if not is_here()]
    if missing and not apt.install(missing, why=_WHY):
        say(f"without root or sudo these stay away: {', '.join(missing)}")
        say("  the tests that need them are skipped, each with its reason; all others run")
