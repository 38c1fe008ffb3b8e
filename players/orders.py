"""Carries out commands: a name or a test pattern over the picture, a picture home, a new start."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from players.clock import PlayerTime
from players.contract import commands
from players.contract.commands import Command
from players.contract.limits import SECOND
from players.contract.reports import MAX_OBEYED, Obeyed
from players.contract.showing import Showing
from players.doorbell import Doorbell
from players.errands import Errands
from players.outputs import Output, Picture, Scene
from players.showing.glass import Glass

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

SAY: Final = "say"
LASTS: Final = {commands.IDENTIFY: 20 * SECOND, commands.TEST_PATTERN: 30 * SECOND, SAY: 8 * SECOND}
RESTART_AFTER: Final = 1 * SECOND
"""So that the status that tells of it is out."""
UNDER: Final = frozenset({"schedule", "fallback", "off"})
"""What a name or a test pattern may cover for a moment; no alert, drill or hold."""


@dataclass(frozen=True)
class _Over:
    act: str
    picture: Picture
    since: int
    ends: float


class Orders:
    """Main thread only; drawing is done by the errands. `obeyed` tells of the newest.

    `screenshot` has one sent at once, `restart` ends the player: its watchdog starts it again.
    """

    def __init__(
        self,
        output: Output,
        glass: Glass,
        time: PlayerTime,
        errands: Errands,
        doorbell: Doorbell,
        *,
        screenshot: Callable[[], None],
        restart: Callable[[], None],
    ) -> None:
        self._output, self._glass = output, glass
        self._time, self._errands = time, errands
        self._doorbell = doorbell
        self._screenshot, self._restart = screenshot, restart
        self._over: _Over | None = None
        self._restart_at = float("inf")
        self.obeyed: deque[Obeyed] = deque(maxlen=MAX_OBEYED)

    def obey(self, command: Command, showing: Showing | None) -> None:
        """Do what `command` says, while `showing` is due."""
        result = self._do(command, showing)
        log.info("%s: command %s, %s", command.display, command.act, result)
        self.obeyed.appendleft(
            Obeyed(number=command.serial, act=command.act, result=result, at=self._time.now())
        )

    def say(self, words: str) -> None:
        """Write `words` over the picture for a moment, to whoever stands before it."""
        if self._glass.on is None:
            return
        take = self._output.grab()
        self._errands.run("write over the picture", lambda: self._prepare_named(take, words, SAY))

    def tend(self) -> None:
        """End what has had its time."""
        steady = self._time.steady()
        if self._over and steady >= self._over.ends:
            self._over = None
        if steady >= self._restart_at:
            self._restart_at = float("inf")
            self._restart()

    def over(self, showing: Showing) -> tuple[Scene, Showing] | None:
        """What stands over `showing` for a moment, or None."""
        one = self._over
        if one is None or showing.source not in UNDER:
            return None
        until = one.since + int(one.ends - self._time.steady())
        told = Showing("command", one.act, one.act, None, one.since, until)
        return Scene(source="command", reason=one.act, item=one.act, picture=one.picture), told

    def _do(self, command: Command, showing: Showing | None) -> str:
        act = command.act
        if act == commands.SCREENSHOT:
            self._screenshot()
        elif act == commands.RESTART:
            self._restart_at = self._time.steady() + RESTART_AFTER
        elif act in {commands.IDENTIFY, commands.TEST_PATTERN}:
            if showing is None or showing.source not in UNDER:
                return f"not over {showing.source if showing else 'nothing'}"
            self._draw(command)
        else:
            return "not known here"
        return "done"

    def _draw(self, command: Command) -> None:
        width, height = self._output.width, self._output.height
        take = self._output.grab() if command.act == commands.IDENTIFY else None
        words = command.words or command.display

        def draw() -> None:
            if take:
                self._prepare_named(take, words, command.act)
                return
            # Late: a player in good health draws nothing.
            from players.showing.signs import test_pattern

            picture = self._output.prepare(test_pattern(words, width, height))
            self._doorbell.post(lambda: self._put(command.act, picture))

        self._errands.run(f"draw for {command.act}", draw)

    def _prepare_named(self, take: Callable[[], Image], words: str, act: str) -> None:
        from players.showing.signs import named

        picture = self._output.prepare(named(take(), words))
        self._doorbell.post(lambda: self._put(act, picture))

    def _put(self, act: str, picture: Picture) -> None:
        lasts = LASTS[act]
        self._over = _Over(act, picture, self._time.now(), self._time.steady() + lasts)
