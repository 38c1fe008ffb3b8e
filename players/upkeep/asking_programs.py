"""Asks programs of the system what they see, for the doctor."""

import shutil
import subprocess
from typing import Final

SECONDS: Final = 4.0


def said(*command: str) -> str | None:
    """What a program of the system prints; None where it is not there or can't tell."""
    if not shutil.which(command[0]):
        return None
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return told.stdout.strip() or None
