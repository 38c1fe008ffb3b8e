"""Shows in a borderless window at exact pixels of a screen."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pygame
from PIL import Image

from players.outputs import Picture, Scene
from players.outputs.composing import checked_size
from players.outputs.window.loudspeaker import Loudspeaker
from players.outputs.window.monitors import chosen, monitors
from players.outputs.window.painting import MASKS, Painter
from players.outputs.window.presenting import ByCard, ByProcessor, card_is_quicker

if TYPE_CHECKING:
    from players.settings import OutputSettings


UNSEEN: Final = frozenset({"offscreen", "dummy"})
"""Drivers of SDL without a screen."""


class Window:
    """A window for `width` x `height` pixels on a monitor; hidden until the first picture.

    A rotated picture takes as many pixels turned. Idle it costs next to nothing: `breathe` is
    called five times a second; `pygame.event.wait`, which polls a thousand times, is never used.
    """

    kind = "window"
    rate = 60
    patience = 0.2

    def __init__(self, settings: OutputSettings, width: int, height: int, *, title: str) -> None:
        self.width, self.height = width, height
        _begin_display()
        pygame.display.set_allow_screensaver(False)
        self._rotate = settings.rotate
        size = (width, height) if self._rotate % 180 == 0 else (height, width)
        self._backing: pygame.Window | None = None
        self._place = self._placed(settings, title)
        by_card = settings.renderer == "card" or (
            settings.renderer == "auto" and card_is_quicker(size, self._place)
        )
        self._window = pygame.Window(
            title,
            size,
            position=self._place,
            borderless=settings.borderless,
            always_on_top=settings.on_top,
            hidden=True,
        )
        self._presenter = ByCard(self._window) if by_card else ByProcessor(self._window)
        # Painted on before it is turned or given to a card; else the window's own pixels will do.
        apart = by_card or self._rotate
        self._glass = pygame.Surface((width, height), depth=32, masks=MASKS) if apart else None
        self._visible = False
        self._since_whole = 0
        self._last: tuple[Scene, int] | None = None
        self._painter = Painter(width, height)
        self._said: object = None
        self._loudspeaker = Loudspeaker(settings.volume)

    def _placed(self, settings: OutputSettings, title: str) -> tuple[int, int]:
        """Where the window goes; makes the black one behind it where that is wanted."""
        if not settings.monitor and not settings.surround:
            return settings.x, settings.y
        monitor = chosen(settings.monitor, monitors())
        if settings.surround:
            self._backing = pygame.Window(
                f"{title}: black",
                (monitor.width, monitor.height),
                position=(monitor.x, monitor.y),
                borderless=True,
                always_on_top=settings.on_top,
                hidden=True,
            )
        return monitor.x + settings.x, monitor.y + settings.y

    @property
    def standing(self) -> tuple[int, int, int]:
        """Left and top on the screen, and by how many degrees the picture is turned clockwise."""
        return *self._place, self._rotate

    def prepare(self, encoded: bytes) -> Picture:
        width, height = checked_size(encoded)
        surface = pygame.image.load(io.BytesIO(encoded))
        ready = pygame.Surface((width, height), depth=32, masks=MASKS)
        ready.blit(surface, (0, 0))
        return Picture(hashlib.sha256(encoded).hexdigest(), width, height, encoded, ready)

    def show(self, scene: Scene, moment: int) -> None:
        self._since_whole = (self._since_whole + 1) % self.rate
        said = self._painter.said(scene, moment)
        # Once a second all of it: whatever the system did to our pixels, they come back.
        only_the_strip = self._last is not None and self._last[0] is scene and self._since_whole > 0
        only_the_strip = only_the_strip and said == self._said and scene.entrance is None
        if not only_the_strip or scene.strip:  # else a film stands between two of its pictures
            self._paint(scene, moment, only_the_strip=only_the_strip)
        self._last, self._said = (scene, moment), said
        self._loudspeaker.play(scene.sound, moment)
        if not self._visible:
            self._appear()

    def breathe(self) -> None:
        """Answer the window system; paint again what it covered or lost."""
        redraw = (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED, pygame.WINDOWSIZECHANGED)
        if any(event.type in redraw for event in pygame.event.get()):
            self._paint_again()

    def grab(self) -> Callable[[], Image.Image]:
        surface = self._surface().copy()
        size = surface.get_size()
        return lambda: Image.frombytes("RGB", size, pygame.image.tobytes(surface, "RGB"))

    def close(self) -> None:
        self._loudspeaker.close()
        self._window.destroy()
        if self._backing:
            self._backing.destroy()
        pygame.display.quit()

    def _appear(self) -> None:
        if self._backing:
            self._backing.show()
        self._window.show()
        self._window.position = self._place  # some window managers only listen now
        pygame.mouse.set_visible(False)
        self._visible = True
        self._paint_again()

    def _paint_again(self) -> None:
        if self._backing:
            self._backing.get_surface().fill("black")
            self._backing.flip()
        if self._last:
            self._paint(*self._last, only_the_strip=False)

    def _paint(self, scene: Scene, moment: int, *, only_the_strip: bool) -> None:
        glass = self._surface()
        if not only_the_strip:
            self._painter.paint(glass, scene, moment)
        self._painter.paint_strip(glass, scene, moment)
        # Quarters of a turn move pixels and mix none.
        turned = pygame.transform.rotate(glass, -self._rotate) if self._rotate else self._glass
        self._presenter.present(turned)

    def _surface(self) -> pygame.Surface:
        return self._glass or self._window.get_surface()


def _begin_display() -> None:
    """Raises where there is no screen: SDL would draw into memory that nobody sees, and say so to
    nobody, for ever, as when the X server is a moment later than the player.
    """
    pygame.display.init()
    driver = pygame.display.get_driver()
    if driver in UNSEEN and os.environ.get("SDL_VIDEODRIVER") != driver:
        pygame.display.quit()
        raise RuntimeError("there is no screen here, or not yet")
