"""The screen behind an X server, sent to standby and woken by xset."""

from __future__ import annotations

import re
import subprocess
from typing import Final

from players.panels import PanelTrouble

SECONDS: Final = 5.0
_STATE = re.compile(r"Monitor is (On|Off|in Standby|in Suspend)")


class Dpms:
    """`program` is xset, or what stands in for it."""

    def __init__(self, program: str = "xset") -> None:
        self._program = program

    def switch(self, on: bool) -> None:
        # The times of 0 keep the server from switching by itself, now or later.
        self._run("+dpms", "dpms", "0", "0", "0", "dpms", "force", "on" if on else "off")

    def is_on(self) -> bool | None:
        found = _STATE.search(self._run("q"))
        return found[1] == "On" if found else None

    def set_volume(self, percent: int) -> None:
        """A screen has no loudspeaker that X knows of."""

    def _run(self, *arguments: str) -> str:
        try:
            done = subprocess.run(
                [self._program, *arguments],
                check=False,
                capture_output=True,
                text=True,
                timeout=SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PanelTrouble(f"xset can't be used: {error}") from error
        if done.returncode:
            raise PanelTrouble(f"xset: {done.stderr.strip() or 'it failed'}"[:200])
        return done.stdout
