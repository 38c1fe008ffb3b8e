"""Keeps the panel as the glass needs it: lit while there is something to see, dark when not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from players.contract.reports import PanelState
from players.panels import Panel, PanelTrouble

AGAIN_SECONDS: Final = 60.0
"""A panel that did not obey is told again; one that was switched by hand is found as often."""


class PanelKeeper:
    """`want` is called from the main thread; a thread of its own talks to the panel.

    `changed` hears of a new state, `trouble` what a panel answers when it does not obey.
    """

    def __init__(
        self,
        kind: str,
        panel: Panel,
        *,
        trouble: Callable[[str], None],
        changed: Callable[[], None],
        again_seconds: float = AGAIN_SECONDS,
    ) -> None:
        self._kind, self._panel = kind, panel
        self._trouble, self._changed = trouble, changed
        self._again = again_seconds
        self._asked = threading.Condition()
        self._on = True
        self._volume: int | None = None
        self._told: tuple[bool, int | None] | None = None
        self._is_on: bool | None = None
        self._problem = ""
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="panel", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._asked:
            self._stopping = True
            self._asked.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=1)

    def want(self, on: bool, volume: int | None) -> None:
        """Say how the panel shall be; the same again is no work."""
        with self._asked:
            if (on, volume) != (self._on, self._volume):
                self._on, self._volume = on, volume
                self._asked.notify()

    def state(self) -> PanelState:
        """What is wanted and what is known, for the status."""
        return PanelState(
            kind=self._kind,
            wanted_on=self._on,
            is_on=self._is_on,
            volume=self._volume,
            problem=self._problem,
        )

    def _run(self) -> None:
        while True:
            with self._asked:
                wanted = self._on, self._volume
                if self._stopping:
                    return
            self._obey(*wanted)
            with self._asked:
                if wanted == (self._on, self._volume) and not self._stopping:
                    self._asked.wait(self._again)

    def _obey(self, on: bool, volume: int | None) -> None:
        before = self._is_on, self._problem
        try:
            if self._told != (on, volume) or self._panel.is_on() is not on:
                self._panel.switch(on)
                if on and volume is not None:
                    self._panel.set_volume(volume)
            self._is_on, self._problem = self._panel.is_on(), ""
            self._told = on, volume
        except PanelTrouble as error:
            self._problem, self._told = str(error)[:200], None
        if (self._is_on, self._problem) != before:
            self._trouble(self._problem)
            self._changed()
