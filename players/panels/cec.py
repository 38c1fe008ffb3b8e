"""A television over HDMI-CEC, through cec-client of libcec."""

from __future__ import annotations

import re
import subprocess
from typing import Final

from players.panels import PanelTrouble

SECONDS: Final = 15.0
_POWER = re.compile(r"power status: (.+)")


class Cec:
    """`adapter` is the port of a CEC adapter, "" for the first one found."""

    def __init__(self, adapter: str = "", program: str = "cec-client") -> None:
        self._adapter, self._program = adapter, program

    def switch(self, on: bool) -> None:
        self._say("on 0" if on else "standby 0")

    def is_on(self) -> bool | None:
        found = _POWER.search(self._say("pow 0"))
        states = {"on": True, "in transition from standby to on": True, "standby": False,
                  "in transition from on to standby": False}  # fmt: skip
        return states.get(found[1].strip()) if found else None

    def set_volume(self, percent: int) -> None:
        """CEC knows louder and quieter, no percentage: left to the television."""

    def _say(self, line: str) -> str:
        command = [self._program, "-s", "-d", "1", *([self._adapter] if self._adapter else [])]
        try:
            done = subprocess.run(
                command,
                input=f"{line}\n",
                check=False,
                capture_output=True,
                text=True,
                timeout=SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PanelTrouble(f"cec-client can't be used: {error}") from error
        if done.returncode:
            raise PanelTrouble(f"cec-client: {(done.stdout + done.stderr).strip()}"[:200])
        return done.stdout
