"""Brings painted pixels onto a window: by the processor, or by a card that is really quicker.

Without a card SDL still offers OpenGL, drawn in software: 9.8 ms for a frame of 1920x1080 instead
of 2.1. So a card is used only where the settings ask for it, and `auto` tries both first.
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable
from typing import Final, Protocol

import pygame
from pygame._sdl2.video import Renderer, Texture

log = logging.getLogger(__name__)

TRIES: Final = 10
WORTH: Final = 0.7
"""A card must take no more than this share of the processor's time."""


class Presenter(Protocol):
    """What brings the pixels of a surface, as large as the window, onto the glass."""

    def present(self, pixels: pygame.Surface | None) -> None:
        """Show `pixels`; None: those painted on the window's own surface."""


class ByProcessor:
    """The window's own pixels in memory."""

    def __init__(self, window: pygame.Window) -> None:
        self._window = window

    def present(self, pixels: pygame.Surface | None) -> None:
        if pixels:
            self._window.get_surface().blit(pixels, (0, 0))
        self._window.flip()


class ByCard:
    """A texture that the card draws, in step with the refresh where it can."""

    def __init__(self, window: pygame.Window, *, vsync: bool = True) -> None:
        self._renderer = Renderer(window, accelerated=1, vsync=vsync)
        self._texture = Texture(self._renderer, window.size, streaming=True)

    def present(self, pixels: pygame.Surface | None) -> None:
        if pixels:
            self._texture.update(pixels)
        self._texture.draw()
        self._renderer.present()


def card_is_quicker(size: tuple[int, int], place: tuple[int, int]) -> bool:
    """Try both ways in a window of `size` at `place` for a moment; False where a card fails."""
    pixels = pygame.Surface(size, depth=32)
    try:
        card = _median_ms(lambda window: ByCard(window, vsync=False), size, place, pixels)
    except (pygame.error, OSError) as error:
        log.info("no graphics card is used: %s", error)
        return False
    processor = _median_ms(ByProcessor, size, place, pixels)
    quicker = card <= WORTH * processor
    log.info("a frame takes %.1f ms by card, %.1f ms by processor: %s", card, processor,
             "card" if quicker else "processor")  # fmt: skip
    return quicker


def _median_ms(
    way: Callable[[pygame.Window], Presenter],
    size: tuple[int, int],
    place: tuple[int, int],
    pixels: pygame.Surface,
) -> float:
    window = pygame.Window("trial", size, position=place, borderless=True)
    try:
        presenter = way(window)
        took = []
        for _ in range(TRIES):
            pygame.event.pump()
            began = time.perf_counter()
            presenter.present(pixels)
            took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took)
    finally:
        window.destroy()
