"""Lets be heard what is on, in step with its pictures; silent where no sound device is."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

import pygame

from players.outputs import Audible
from players.outputs.soundtrack import BUFFER, RATE

log = logging.getLogger(__name__)

LEAD: Final = 150
MOST_LEAD: Final = 2400
"""Ms between the decision to play and the first sound: decoding has to begin."""
ASTRAY: Final = 120
"""Ms; sound that is further from its pictures than this begins anew."""
LOOK_SECONDS: Final = 0.02


class Loudspeaker:
    """Belongs to the main thread; each sound plays in a thread. `volume` goes from 0 to 100.

    Wherever there is no sound device it stays silent, and nothing else changes.
    """

    def __init__(self, volume: int) -> None:
        self._channel = _opened() if volume else None
        if self._channel:
            self._channel.set_volume(volume / 100)
        self._sounding: Audible | None = None
        self._lag = 0.0
        """Player time less the steady clock, in ms."""

    def play(self, heard: Audible | None, moment: int) -> None:
        """Play the sound of `heard`, which is on at `moment` (player time, ms); None: be quiet."""
        self._lag = moment - time.monotonic() * 1000
        if self._channel is None or heard is self._sounding:
            return
        self._sounding = heard
        self._channel.stop()
        if heard is not None:
            threading.Thread(target=self._run, args=(heard,), name="sound", daemon=True).start()

    def is_heard(self) -> bool:
        return self._channel is not None and bool(self._channel.get_busy())

    def close(self) -> None:
        self._sounding = None
        if self._channel:
            self._channel.stop()
            pygame.mixer.quit()

    def _run(self, heard: Audible) -> None:
        try:
            lead = LEAD
            while heard is self._sounding and self._sound(heard, lead):
                lead = min(2 * lead, MOST_LEAD)  # a slow machine needs longer
        except pygame.error as error:
            log.info("a sound broke off: %s", error)

    def _sound(self, heard: Audible, lead: int) -> bool:
        """Play until it is over or its sound has gone astray; False when it has none."""
        before: float | None = None
        for due, data in heard.sound_from(round(self._now()) + lead):
            piece = pygame.mixer.Sound(buffer=data)
            if before is None:
                self._wait_until(heard, due)
            elif not self._queue_is_free(heard) or abs(self._now() - before) > ASTRAY:
                self._quiet(heard)
                return True
            if heard is not self._sounding or self._channel is None:
                return True
            if before is None:
                self._channel.play(piece)
            else:
                self._channel.queue(piece)
            before = due
        return False

    def _queue_is_free(self, heard: Audible) -> bool:
        """Wait until the piece queued last has begun; False when it is over."""
        while heard is self._sounding and self._channel and self._channel.get_queue() is not None:
            time.sleep(LOOK_SECONDS)
        return heard is self._sounding

    def _wait_until(self, heard: Audible, due: float) -> None:
        while heard is self._sounding and (left := due - self._now()) > 0:
            time.sleep(min(left / 1000, LOOK_SECONDS))

    def _quiet(self, heard: Audible) -> None:
        if heard is self._sounding and self._channel:
            self._channel.stop()

    def _now(self) -> float:
        return time.monotonic() * 1000 + self._lag


def _opened() -> pygame.mixer.Channel | None:
    try:
        pygame.mixer.init(RATE, -16, 2, BUFFER, allowedchanges=0)
    except pygame.error as error:
        log.info("films are silent: %s", error)
        return None
    return pygame.mixer.Channel(0)
