"""Installs the parts of the system that tests drive: X server, browser, office, LED receivers."""

import shutil
from collections.abc import Callable
from pathlib import Path

from setting_up import apt
from setting_up.saying import say


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _library(name: str) -> Callable[[], bool]:
    return lambda: any(Path("/usr/lib").glob(f"*/{name}"))


_OFFICE = Path("/usr/lib/libreoffice")

# For each purpose Debian's packages, and how to see that what a package brings is there already.
_PARTS: dict[str, dict[str, Callable[[], bool]]] = {
    "a voice, for the tests of what loudspeakers read": {
        "espeak-ng": _program("espeak-ng"),
    },
    "a broker, for the tests in which it is in enemy hands, and for the bench of 218 players": {
        "mosquitto": lambda: shutil.which("mosquitto", path="/usr/sbin:/usr/bin") is not None,
    },
    "an X server without a screen, for the tests that look at the player's window": {
        "xvfb": _program("Xvfb"),
        # The player's window loads these at run time.
        "libxcursor1": _library("libXcursor.so.1"),
        "libxi6": _library("libXi.so.6"),
        "libxrandr2": _library("libXrandr.so.2"),
    },
    "a browser, for the tests that use the pages as people do": {
        "chromium": _program("chromium"),
        # Playwright's own driver needs it, and nothing else brings it.
        "libatomic1": _library("libatomic.so.1"),
        # Debian's Liberation faces lack Vietnamese: without this one the browser draws boxes.
        "fonts-noto-core": lambda: any(
            Path("/usr/share/fonts").rglob("NotoSans-Regular.ttf"),
        ),
    },
    "readers of LED packets that are not ours, in networks of their own": {
        "ola": _program("olad"),
        "tshark": _program("tshark"),
        "iproute2": _program("ip"),
    },
    "a reader of words on pictures, an office and real files, for the tests of uploads": {
        "tesseract-ocr": _program("tesseract"),
        "tesseract-ocr-vie": lambda: any(
            Path("/usr/share/tesseract-ocr").rglob("vie.traineddata"),
        ),
        "libreoffice-impress": lambda: any(_OFFICE.glob("program/libsdlo.so")),
        "libreoffice-writer": lambda: any(_OFFICE.glob("program/libswlo.so")),
        "forensics-samples-files": Path("/usr/share/forensics-samples/original-files").is_dir,
    },
}


def install_for_tests() -> None:
    """Install what is missing; where that is not possible say which tests will be skipped."""
    for purpose, parts in _PARTS.items():
        missing = [package for package, is_here in parts.items() if not is_here()]
        if missing and not apt.install(missing, why=purpose):
            say(f"not installed, which needs apt-get and root or sudo: {', '.join(missing)}")
            say(f"  it is {purpose}; these are skipped, each with its reason")
