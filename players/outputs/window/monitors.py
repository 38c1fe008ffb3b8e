"""The monitors of this PC, by number or name, with their place on the desktop: asked of SDL."""

import ctypes
import sys
from pathlib import Path
from typing import NamedTuple

import pygame


class Monitor(NamedTuple):
    """A monitor; `number` counts from 1, the rest is in pixels of the desktop."""

    number: int
    name: str
    x: int
    y: int
    width: int
    height: int


class _Rect(ctypes.Structure):
    _fields_ = (("x", ctypes.c_int), ("y", ctypes.c_int), ("w", ctypes.c_int), ("h", ctypes.c_int))


def monitors() -> list[Monitor]:
    """All monitors, in the order in which the system counts them; SDL's video must be on."""
    sdl = _sdl()
    sdl.SDL_GetDisplayName.restype = ctypes.c_char_p
    found = []
    for index in range(sdl.SDL_GetNumVideoDisplays()):
        box = _Rect()
        sdl.SDL_GetDisplayBounds(index, ctypes.byref(box))
        name = (sdl.SDL_GetDisplayName(index) or b"").decode("utf-8", "replace")
        found.append(Monitor(index + 1, name, box.x, box.y, box.w, box.h))
    return found


def chosen(wanted: str, among: list[Monitor]) -> Monitor:
    """The monitor meant by a number or by (part of) a name; raises ValueError with what there is.

    Nothing wanted is the first.
    """
    if not among:
        raise ValueError("this PC shows no monitor")
    if not wanted:
        return among[0]
    meant = [
        one
        for one in among
        if (str(one.number) == wanted if wanted.isdigit() else wanted.lower() in one.name.lower())
    ]
    if len(meant) != 1:
        there_are = ", ".join(f"{one.number} ({one.name or 'nameless'})" for one in among)
        raise ValueError(f"monitor {wanted!r} means {len(meant)} of those there are: {there_are}")
    return meant[0]


def _sdl() -> ctypes.CDLL:
    """The very library that pygame has loaded: pygame itself tells neither places nor names."""
    if sys.platform == "win32":
        return ctypes.CDLL(str(Path(pygame.__file__).parent / "SDL2.dll"))
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    paths = (line.split(maxsplit=5)[-1] for line in maps if "/libSDL2-2" in line)
    return ctypes.CDLL(next(paths))
