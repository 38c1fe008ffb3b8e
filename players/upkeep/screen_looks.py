"""What the doctor looks at where the display is a screen: X, its refresh, card and panel."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Final

from players.panels import PANELS, PanelTrouble
from players.settings import Settings
from players.upkeep.asking_programs import said

LEAST_REFRESH: Final = 49.0
"""Hz; below it a ticker stutters. Televisions at 4K often start with 24 or 30."""
X_PROGRAMS: Final = "xset is not installed: apt install x11-xserver-utils"
_CURRENT: Final = re.compile(r"(\d+\.\d+)\*")


def screen(settings: Settings) -> str:
    """Whether there is a screen, and the display lies on it."""
    if settings.output.kind != "window" or os.name != "posix":
        return ""
    if not os.environ.get("DISPLAY"):
        return "there is no screen here (DISPLAY is not set): look again where the player runs"
    from players.outputs.window.backdrop import Backdrop

    try:
        backdrop = Backdrop()
    except OSError as error:
        return f"the screen {os.environ['DISPLAY']} can't be used: {error}"
    width, height = backdrop.size
    backdrop.close()
    right = settings.output.x + settings.width
    bottom = settings.output.y + settings.height
    if right > width or bottom > height:
        return f"the display reaches to {right}x{bottom}, but the screen ends at {width}x{height}"
    return ""


def blanking(settings: Settings) -> str:
    """Whether X would darken the screen by itself."""
    if settings.output.kind != "window" or not os.environ.get("DISPLAY"):
        return ""
    if not shutil.which("xset"):
        return X_PROGRAMS if settings.panel.kind == "dpms" else ""
    told = said("xset", "q")
    if told and "timeout:  0" not in told:
        return "the screen saver is on: xset s off"
    if told and "DPMS is Enabled" in told and settings.panel.kind != "dpms":
        return "the screen goes dark by itself: xset -dpms"
    return ""


def refresh(settings: Settings) -> str:
    """Whether the screen is quick enough for what runs over it."""
    told = said("xrandr") if settings.output.kind == "window" else None
    rates = [float(rate) for rate in _CURRENT.findall(told or "")]
    if slow := [rate for rate in rates if rate < LEAST_REFRESH]:
        return (
            f"a screen shows {slow[0]:.0f} pictures a second, and tickers will stutter: choose a "
            "mode of 50 or 60 (xrandr lists them), with another cable or port if there is none"
        )
    return ""


def graphics_card(settings: Settings) -> str:
    """Whether there is the card that the settings ask for."""
    wants = settings.output.kind == "window" and settings.output.renderer == "card"
    if wants and os.name == "posix" and not any(Path("/dev/dri").glob("card*")):
        return "output.renderer asks for a graphics card, and there is none: set it to processor"
    return ""


def panel(settings: Settings) -> str:
    """Whether the panel behind the glass answers."""
    kind = settings.panel.kind
    if kind == "cec" and not shutil.which("cec-client"):
        return "cec-client is not installed: apt install cec-utils"
    if kind == "dpms" and not shutil.which("xset"):
        return X_PROGRAMS
    if kind == "dark":
        return ""
    try:
        PANELS[kind].open(settings.panel).is_on()
    except (PanelTrouble, OSError, ImportError) as error:
        return f"the panel can't be asked, and is not switched by the hour: {error}"
    return ""
