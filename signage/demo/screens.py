"""Where the demo's players show: in windows when there is a screen, else in folders of PNGs."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from signage.workflows.displays.player_folders import Output

PLACES = {"hoa-lu": (0, 0), "ubnd": (400, 0), "nvh-hoi-phu": (0, 200)}
"""Left and top of each window in pixels, so that all three can be seen."""

PROBE_SECONDS = 15
_PROBE = "import pygame; pygame.display.init(); print(pygame.display.get_driver())"
_SCREENS = {"x11", "wayland", "windows", "cocoa"}


def has_screen(environment: Mapping[str, str] | None = None) -> bool:
    """Say whether windows can be opened, by asking: DISPLAY may name a screen long gone."""
    environment = dict(os.environ if environment is None else environment)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        return False
    if importlib.util.find_spec("pygame") is None:
        return False
    try:
        answer = subprocess.run(
            [sys.executable, "-c", _PROBE],
            env=environment | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"},
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return answer.stdout.strip() in _SCREENS


def outputs(displays: Sequence[str], *, windows: bool) -> dict[str, Output]:
    """Return how the player of each display shows."""
    if not windows:
        return {display: Output(kind="png_folder") for display in displays}
    places = {display: PLACES.get(display, (0, 0)) for display in displays}
    return {
        display: Output(kind="window", x=left, y=top, framed=True)
        for display, (left, top) in places.items()
    }
