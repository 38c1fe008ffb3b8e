"""Speaks an alert's words into a WAV file by espeak-ng, where it is installed on the controller."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

PROGRAM: Final = "espeak-ng"
HOW_TO_GET_IT: Final = "apt install espeak-ng"
VOICE: Final = "vi"
WORDS_PER_MINUTE: Final = 140
"""Loudspeakers echo: slower than people speak in a room."""
MAX_SECONDS: Final = 20
MAX_LETTERS: Final = 4000


class CannotSpeak(Exception):
    """There is no voice here, or it failed; the text says which."""


def is_available() -> bool:
    """Say whether there is a voice on this machine."""
    return shutil.which(PROGRAM) is not None


def spoken(text: str) -> bytes:
    """Return `text` as a WAV file; raises CannotSpeak."""
    if not is_available():
        raise CannotSpeak(f"no voice: {HOW_TO_GET_IT}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        # By standard input: words are never taken for options.
        command = [PROGRAM, "-v", VOICE, "-s", str(WORDS_PER_MINUTE), "-w", str(path), "--stdin"]
        try:
            subprocess.run(
                command,
                input=text[:MAX_LETTERS].encode(),
                timeout=MAX_SECONDS,
                check=True,
                capture_output=True,
            )
            return path.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotSpeak(f"{PROGRAM} failed: {error}") from error
