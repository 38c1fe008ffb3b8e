"""Says in sentences what is wrong with this PC as a player, and what to do about it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from players.blobs.fetch import FetchFailed, HttpFetch
from players.contract import topics
from players.contract.limits import MIB
from players.contract.signature import Unsealed
from players.sealed import trust
from players.settings import Settings
from players.system_clock import SystemClock
from players.upkeep import board_looks, broker_look, screen_looks
from players.upkeep.asking_programs import said

SECONDS: Final = 4.0
"""How long each question to the network may take."""
LEAST_FREE: Final = 512 * MIB
LARGEST_DIFFERENCE: Final = 5.0
"""Seconds; HTTP tells the time in whole ones."""


@dataclass(frozen=True)
class Finding:
    """What one look found; `sentence` says what to do when it is not `well`."""

    subject: str
    well: bool
    sentence: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one thing after the other; nothing is changed."""
    for subject, look in LOOKS.items():
        try:
            trouble = look(settings)
        except Exception as error:  # noqa: BLE001 - one look that fails must not hide the others
            trouble = f"could not be looked at: {error}"
        yield Finding(subject, not trouble, trouble or "fine")


def _key(settings: Settings) -> str:
    settings.player_private_key()
    for path in (settings.player_key, settings.broker.password_file):
        if os.name == "posix" and path and Path(path).stat().st_mode & 0o077:
            return f"{path} can be read by other users: chmod 600 {path}"
    return ""


def _folder(settings: Settings) -> str:
    state = Path(settings.state)
    try:
        state.mkdir(parents=True, exist_ok=True)
        probe = state / ".doctor"
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        return f"the player can't write in {state}: {error.strerror}"
    return ""


def _disk(settings: Settings) -> str:
    state = Path(settings.state)
    there = next(folder for folder in (state, *state.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        return f"only {free // MIB} MB are free at {there}: make room, or lower cache_mb"
    return ""


def _controller(settings: Settings) -> str:
    fetch = HttpFetch(settings.controller)
    try:
        sealed = fetch.sealed(topics.keys(settings.fleet))
    except (FetchFailed, OSError) as error:
        return f"no key list from {settings.controller}: {error}"
    finally:
        fetch.close()
    if sealed is None:
        return f"{settings.controller} knows no fleet {settings.fleet}"
    try:
        trust.open_key_list(sealed, settings.roots(), settings.root_threshold, settings.fleet)
    except Unsealed as error:
        return f"{settings.controller} answers, but is not the controller of this fleet: {error}"
    return ""


def _clock(settings: Settings) -> str:
    address = f"{settings.controller}/healthz"
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - http or https
            told = answer.headers.get("Date", "")
    except urllib.error.HTTPError as error:
        told = error.headers.get("Date", "")
    except OSError:
        return ""  # the look at the controller tells of that
    off = time.time() - parsedate_to_datetime(told).timestamp() if told else 0.0
    if abs(off) > LARGEST_DIFFERENCE:
        return f"this clock is {off:+.0f} s off the controller's: set it, and see to a time source"
    return ""


def _time_source(_settings: Settings) -> str:
    if not sys.platform.startswith("linux") or SystemClock().is_kept_right():
        return ""
    return "nothing keeps the clock right: `signage-player install` makes the controller its source"


def _sleep(_settings: Settings) -> str:
    if said("systemctl", "is-enabled", "suspend.target") in {None, "masked"}:
        return ""
    return "this PC may go to sleep: systemctl mask sleep.target suspend.target hibernate.target"


def _letters(_settings: Settings) -> str:
    from players.showing.plain import words

    words("Cảnh báo lũ quét", 64, 32)
    return ""


def _films(settings: Settings) -> str:
    if settings.output.kind != "window":
        return ""
    if importlib.util.find_spec("av") is None:
        return "films are shown as still pictures: pip install 'signage[video]'"
    return ""


LOOKS: Final[dict[str, Callable[[Settings], str]]] = {
    "key": _key,
    "state folder": _folder,
    "disk": _disk,
    "controller": _controller,
    "broker": broker_look.broker,
    "clock": _clock,
    "time source": _time_source,
    "screen": screen_looks.screen,
    "blanking": screen_looks.blanking,
    "refresh": screen_looks.refresh,
    "graphics card": screen_looks.graphics_card,
    "panel": screen_looks.panel,
    "sleep": _sleep,
    "letters": _letters,
    "films": _films,
    "parts for boards": board_looks.numbers,
    "receivers": board_looks.receivers,
    "brightness card": board_looks.card,
}
"""Each gives a sentence on what is wrong, or nothing."""
