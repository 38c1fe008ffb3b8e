"""Makes the pixel faces for small LED text from bitmap fonts that Debian packages."""

import shutil
import tempfile
from pathlib import Path

from setting_up import apt
from setting_up.python_parts import PYTHON
from setting_up.saying import ROOT, run, say, step
from setting_up.stamps import is_done, key_of, mark_done

FACES = ROOT / "signage" / "render" / "faces"
_GENERATOR = ROOT / "signage" / "render" / "pixel_faces"
_PACKAGES = ["xfonts-base", "xfonts-efont-unicode", "xfonts-efont-unicode-ib"]
_NAMES = [
    "led-13.ttf",
    "led-16.ttf",
    "led-16-bold.ttf",
    "led-20.ttf",
    "led-24.ttf",
    "led-24-bold.ttf",
]
_WITHOUT = "small LED text will be set in Noto Sans, which is less sharp"


def make() -> None:
    """Make the faces; where Debian's fonts cannot be had say so, and let set-up go on."""
    key = key_of(files=_GENERATOR.glob("*.py"))
    if is_done("faces", key, made=[FACES / name for name in _NAMES]):
        return
    if not apt.is_here() or shutil.which("dpkg") is None:
        say(f"no pixel faces: there is no apt-get here to fetch Debian's fonts; {_WITHOUT}")
        return
    with (
        step("making the pixel faces from Debian's bitmap fonts (30 MB; installs nothing)"),
        tempfile.TemporaryDirectory() as folder,
    ):
        if not _fetch(Path(folder)):
            say(f"no pixel faces: apt-get could not fetch {', '.join(_PACKAGES)}; {_WITHOUT}")
            return
        run(
            [PYTHON, "-m", "signage.render.pixel_faces", folder],
            on_failure="the pixel faces could not be made from Debian's fonts.",
        )
        mark_done("faces", key)


def _fetch(folder: Path) -> bool:
    if not apt.download(_PACKAGES, into=folder):
        return False
    for package in folder.glob("*.deb"):
        run(
            ["dpkg", "-x", package, folder],
            on_failure=f"{package.name} could not be unpacked. Fetch it again: make setup",
        )
    return True
