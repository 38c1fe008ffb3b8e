"""What the doctor looks at where the display is an LED board."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

from players.outputs.led.budget import UDP_PORTS
from players.outputs.led.settings import LedSettings
from players.settings import Settings
from players.upkeep.units import PLAYER_UNIT, UNIT_FOLDER


def numbers(settings: Settings) -> str:
    """The extra that walls and their cards need."""
    output = settings.output
    wants = {"numpy": output.kind == "led_wall", "serial": output.novastar.startswith(("/", "COM"))}
    for module, wanted in wants.items():
        if wanted and importlib.util.find_spec(module) is None:
            return f"{module} is not installed: pip install 'signage[led]'"
    return ""


def receivers(settings: Settings) -> str:
    """Whether there is a way to each receiver, and whether the cable is as fast as it is said."""
    if settings.output.kind != "led_wall":
        return ""
    troubles = (_trouble_with(receiver) for receiver in settings.output.receivers())
    return next(filter(None, troubles), "")


def card(settings: Settings) -> str:
    """Whether the NovaStar card can be reached."""
    if not settings.output.novastar:
        return ""
    from players.outputs.novastar import opened

    try:
        with opened(settings.output.novastar):
            return ""
    except (OSError, ImportError) as error:
        return f"no card at {settings.output.novastar}: {error}"


def _trouble_with(receiver: LedSettings) -> str:
    if receiver.protocol == "colorlight":
        interface = receiver.target
        if not Path("/sys/class/net", interface).is_dir():
            return f"there is no network interface {interface}: `ip link` lists them"
        return _no_right() or _slowness(interface, receiver)
    if receiver.multicast:
        return ""
    host, _, port = receiver.target.partition(":")
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect((host, int(port or UDP_PORTS[receiver.protocol])))  # sends nothing
            address = line.getpeername()[0]
    except OSError as error:
        return f"there is no way to the receiver at {receiver.target}: {error}"
    return _slowness(_interface_to(address), receiver)


def _no_right() -> str:
    """ColorLight cards want whole Ethernet frames, which few may send."""
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()
    except (OSError, AttributeError):
        with contextlib.suppress(OSError):
            if "CAP_NET_RAW" in (UNIT_FOLDER / PLAYER_UNIT).read_text(encoding="utf-8"):
                return ""
        return "nobody may send whole Ethernet frames here: run `signage-player install` again"
    return ""


def _interface_to(address: str) -> str:
    if not shutil.which("ip"):
        return ""
    command = ["ip", "-o", "route", "get", address]
    told = subprocess.run(command, capture_output=True, text=True, timeout=4, check=False).stdout
    found = re.search(r" dev (\S+)", told)
    return found[1] if found else ""


def _slowness(interface: str, receiver: LedSettings) -> str:
    try:
        speed = int(Path("/sys/class/net", interface, "speed").read_text())
    except (OSError, ValueError):
        return ""  # a line that can't tell: Wi-Fi, a tunnel, another system
    if os.name == "posix" and 0 < speed < receiver.link_mbit:
        return (
            f"the cable to {receiver.target} runs at {speed} Mbit/s, and link_mbit says "
            f"{receiver.link_mbit}: set it to {speed}, or see to cable and switch"
        )
    return ""
