"""Lets the film that is on be heard, in step with its pictures; silent where no sound device is."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

import pygame

from players.outputs import Film
from players.outputs.soundtrack import BUFFER, RATE

log = logging.getLogger(__name__)

LEAD: Final = 150
MOST_LEAD: Final = 2400
"""Ms between the decision to play and the first sound: decoding has to begin."""
ASTRAY: Final = 120
"""Ms; sound that is further from its pictures than this begins anew."""
LOOK_SECONDS: Final = 0.02


class Loudspeaker:
    """Belongs to the main thread; each film plays in a thread. `volume` goes from 0 to 100.

    Wherever there is no sound device it stays silent, and nothing else changes.
    """

    def __init__(self, volume: int) -> None:
        self._channel = _opened() if volume else None
        if self._channel:
            self._channel.set_volume(volume / 100)
        self._film: Film | None = None
        self._lag = 0.0
        """Player time less the steady clock, in ms."""

    def play(self, film: Film | None, moment: int) -> None:
        """Play the sound of `film`, which is on at `moment` (player time, ms); None: be quiet."""
        self._lag = moment - time.monotonic() * 1000
        if self._channel is None or film is self._film:
            return
        self._film = film
        self._channel.stop()
        if film is not None:
            threading.Thread(target=self._run, args=(film,), name="sound", daemon=True).start()

    def is_heard(self) -> bool:
        return self._channel is not None and bool(self._channel.get_busy())

    def close(self) -> None:
        self._film = None
        if self._channel:
            self._channel.stop()
            pygame.mixer.quit()

    def _run(self, film: Film) -> None:
        try:
            lead = LEAD
            while film is self._film and self._sound(film, lead):
                lead = min(2 * lead, MOST_LEAD)  # a slow machine needs longer
        except pygame.error as error:
            log.info("the sound of a film broke off: %s", error)

    def _sound(self, film: Film, lead: int) -> bool:
        """Play until the film is over or its sound has gone astray; False when it has none."""
        before: float | None = None
        for due, data in film.sound_from(round(self._now()) + lead):
            piece = pygame.mixer.Sound(buffer=data)
            if before is None:
                self._wait_until(film, due)
            elif not self._queue_is_free(film) or abs(self._now() - before) > ASTRAY:
                self._quiet(film)
                return True
            if film is not self._film or self._channel is None:
                return True
            if before is None:
                self._channel.play(piece)
            else:
                self._channel.queue(piece)
            before = due
        return False

    def _queue_is_free(self, film: Film) -> bool:
        """Wait until the piece queued last has begun; False when the film is over."""
        while film is self._film and self._channel and self._channel.get_queue() is not None:
            time.sleep(LOOK_SECONDS)
        return film is self._film

    def _wait_until(self, film: Film, due: float) -> None:
        while film is self._film and (left := due - self._now()) > 0:
            time.sleep(min(left / 1000, LOOK_SECONDS))

    def _quiet(self, film: Film) -> None:
        if film is self._film and self._channel:
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
