"""Proof of play: whatever was on the glass stands in the numbered list of its display."""

import hashlib
from typing import Any

from signage.demo.journey.city import City
from signage.demo.journey.claims import NotSo
from signage.demo.journey.glass import moments
from signage.demo.journey.holding import DARK
from signage.demo.journey.people import People
from signage.demo.journey.watch import Marks

PATIENCE = 15.0
NEAR = 1500
"""A play and its picture begin within this many milliseconds of each other."""


def prove(city: City, people: People, until: Marks) -> None:
    """Wait until every named view that came before `until` stands in its display's list."""
    city.say("compare the proof of play with what was on the glass")
    missing: list[str] = []
    for _ in moments(PATIENCE):
        missing = [
            line
            for display in city.profiles
            for line in _missing(city, display, until[display], _plays(people, display))
        ]
        if not missing:
            return
    raise NotSo(f"proof of play: {'; '.join(missing[:5])}")


def _plays(people: People, display: str) -> list[dict[str, Any]]:
    return [row["play"] for row in people.read(f"/displays/{display}/plays", limit=500)]


def _missing(city: City, display: str, until: int, plays: list[dict[str, Any]]) -> list[str]:
    numbers = sorted(play["number"] for play in plays)
    lines = []
    if numbers != list(range(1, len(numbers) + 1)):
        lines.append(f"the plays of {display} are not numbered without gaps: {numbers}")
    for frame, names in city.watch.shown(display):
        pictures = {_sha256(city, display, name) for name in names} - {""}
        played = any(
            play["sha256"] in pictures and abs(play["started_at"] - frame.at) <= NEAR
            for play in plays
        )
        if pictures and frame.number <= until and not played:
            lines.append(f"{display} showed {', '.join(sorted(names))} at {frame.at}; not listed")
    return lines


def _sha256(city: City, display: str, name: str) -> str:
    view = None if name == DARK else city.watch.view(display, name)  # dark is nothing that plays
    return hashlib.sha256(view.picture).hexdigest() if view else ""
