"""Paints a scene with SDL: panes, figures, what moves; the same pixels as `composing` makes."""

from __future__ import annotations

import pygame

from players.contract.types import Area
from players.outputs import Entrance, Frame, Pane, Picture, Scene
from players.outputs.composing import surroundings
from players.outputs.fitting import fitted, places
from players.outputs.layers import Piece, band_of, covers_all, panes_of, pieces_of
from players.outputs.transitions import progress, slid


class Painter:
    """Paints on glasses of `width` x `height` pixels; keeps both ends of a running transition."""

    def __init__(self, width: int, height: int) -> None:
        self._size = width, height
        self._ends: tuple[Entrance, object, pygame.Surface, pygame.Surface] | None = None

    def said(self, scene: Scene, moment: int) -> list[tuple[Frame | None, list[Piece]]]:
        """What films and figures show at `moment`; equal answers need no new painting."""
        return [
            (pane.film.frame_at(moment) if pane.film else None, pieces_of(pane, moment))
            for pane in panes_of(scene, *self._size)
        ]

    def paint(self, glass: pygame.Surface, scene: Scene, moment: int) -> None:
        """Paint all but the strip."""
        if scene.entrance is None:
            self._ends = None
            self._paint_panes(glass, scene, moment)
            return
        before, after = self._both_ends(scene, scene.entrance, moment)
        area = scene.entrance.area
        glass.blit(after, (0, 0))
        old = pygame.Rect(area.x, area.y, area.width, area.height)
        if scene.entrance.how == "slide":
            gone = slid(scene.entrance, moment)
            glass.blit(before, old, pygame.Rect(area.x + gone, area.y, area.width - gone,
                                                area.height))  # fmt: skip
            new = pygame.Rect(area.x, area.y, gone, area.height)
            glass.blit(after, (area.x + area.width - gone, area.y), new)
        else:
            before.set_alpha(255 - round(255 * progress(scene.entrance, moment)))
            glass.blit(before, old, old)

    def paint_strip(self, glass: pygame.Surface, scene: Scene, moment: int) -> None:
        """Paint the strip where it stands at `moment`."""
        if scene.strip and scene.ticker:
            strip, top = surface_of(scene.strip), self._size[1] - band_of(scene, self._size[1])
            for left in places(strip.get_width(), self._size[0], scene.ticker.offset_at(moment)):
                glass.blit(strip, (left, top))

    def _both_ends(
        self, scene: Scene, entrance: Entrance, moment: int
    ) -> tuple[pygame.Surface, pygame.Surface]:
        """The glass before and after a transition, painted anew only when figures change."""
        said = self.said(entrance.before, moment), self.said(scene, moment)
        if self._ends is None or self._ends[0] is not entrance or self._ends[1] != said:
            before, after = (pygame.Surface(self._size, depth=32, masks=MASKS) for _ in range(2))
            self._paint_panes(before, entrance.before, moment)
            self._paint_panes(after, scene, moment)
            self._ends = entrance, said, before, after
        return self._ends[2], self._ends[3]

    def _paint_panes(self, glass: pygame.Surface, scene: Scene, moment: int) -> None:
        width, height = self._size
        panes = panes_of(scene, width, height)
        if not covers_all(panes, width, height - band_of(scene, height)):
            glass.fill(surroundings(scene.picture.encoded))
        for pane in panes:
            frame = pane.film.frame_at(moment) if pane.film else None
            if frame:
                _project(glass, frame, pane.area)
            elif pane.area.height > 0:
                _fill(glass, pane)
            for piece in pieces_of(pane, moment):
                left, top, right, bottom = piece.of
                part = pygame.Rect(left, top, right - left, bottom - top)
                glass.blit(surface_of(piece.sheet), piece.to, part)


def _fill(glass: pygame.Surface, pane: Pane) -> None:
    """Draw a picture into its area; one of wrong size is fitted, not dropped."""
    surface, area = surface_of(pane.picture), pane.area
    if surface.get_size() == (area.width, area.height):
        glass.blit(surface, (area.x, area.y))
        return
    left, top, width, height = fitted(surface.get_size(), (area.width, area.height))
    box = pygame.Rect(area.x, area.y, area.width, area.height)
    glass.fill(surroundings(pane.picture.encoded), box)
    scaled = pygame.transform.smoothscale(surface, (width, height))
    glass.blit(scaled, (area.x + left, area.y + top))


def _project(glass: pygame.Surface, frame: Frame, area: Area) -> None:
    """Draw the picture of a film in the middle of its area."""
    size = frame.width, frame.height
    surface = pygame.image.frombuffer(frame.pixels, size, "BGRA", frame.pitch)
    surface.set_alpha(None)
    if size != (area.width, area.height):
        glass.fill("black", pygame.Rect(area.x, area.y, area.width, area.height))
    left, top = (area.width - frame.width) // 2, (area.height - frame.height) // 2
    glass.blit(surface, (area.x + left, area.y + top))


def surface_of(picture: Picture) -> pygame.Surface:
    """The pixels of a picture that the window prepared."""
    if not isinstance(picture.native, pygame.Surface):
        raise TypeError("a picture of another output")
    return picture.native


MASKS = (0xFF0000, 0xFF00, 0xFF, 0)
"""Red, green, blue and no alpha: how screens lay out a pixel, so that showing one is a copy."""
