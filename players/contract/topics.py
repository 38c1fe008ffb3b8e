"""The topic tree: `signage/1/<fleet>/…`, made here and nowhere else."""

import re

ROOT = "signage/1"
_NAME = r"[a-z0-9][a-z0-9._:-]{0,79}"
_REPORT = re.compile(rf"{ROOT}/({_NAME})/displays/({_NAME})/(status|plays|screenshot|presence)")


def keys(fleet: str) -> str:
    return f"{ROOT}/{fleet}/keys"


def beat(fleet: str) -> str:
    return f"{ROOT}/{fleet}/beat"


def manifest(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/manifest"


def plays_ack(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/plays-ack"


def commands(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/commands"


def bundle(fleet: str) -> str:
    """Where the index of hand-carried bundles would stand; it is never on a broker."""
    return f"{ROOT}/{fleet}/bundle"


def alerts(fleet: str, profile: str) -> str:
    return f"{ROOT}/{fleet}/sets/alert/{profile}"


def drills(fleet: str, profile: str) -> str:
    return f"{ROOT}/{fleet}/sets/drill/{profile}"


def holds(fleet: str, profile: str) -> str:
    return f"{ROOT}/{fleet}/sets/hold/{profile}"


def page(fleet: str, profile: str, sha256: str) -> str:
    return f"{ROOT}/{fleet}/pages/{profile}/{sha256}"


def pages(fleet: str, profile: str) -> str:
    """Filter for all pages of a profile."""
    return f"{ROOT}/{fleet}/pages/{profile}/+"


def status(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/status"


def plays(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/plays"


def screenshot(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/screenshot"


def presence(fleet: str, display: str) -> str:
    return f"{ROOT}/{fleet}/displays/{display}/presence"


def heard_by(fleet: str, display: str, profile: str) -> list[str]:
    """Filters for everything that the player of a display listens to."""
    return [
        keys(fleet),
        alerts(fleet, profile),
        drills(fleet, profile),
        holds(fleet, profile),
        manifest(fleet, display),
        beat(fleet),
        plays_ack(fleet, display),
        commands(fleet, display),
        pages(fleet, profile),
    ]


def told_by(fleet: str, display: str) -> list[str]:
    """The topics of everything that the player of a display says."""
    return [topic(fleet, display) for topic in (status, plays, screenshot, presence)]


def reports(fleet: str) -> list[str]:
    """Filters for everything that players say."""
    return told_by(fleet, "+")


def report_of(topic: str) -> tuple[str, str, str] | None:
    """Fleet, display and kind of a player's report, or None when `topic` is no such topic."""
    found = _REPORT.fullmatch(topic)
    return (found[1], found[2], found[3]) if found else None
