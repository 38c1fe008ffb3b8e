"""Brings each picture of a film upright, to square pixels, and into its size."""

from itertools import pairwise

import av
from av.filter import Graph

from signage.domain.video import crop_of, fitted, inside

_TURNS = {90: ("transpose", "cclock"), -90: ("transpose", "clock")}


class Fitting:
    """A box that the film must fit into, or, when `exact`, the size that it must have, in px."""

    def __init__(self, size: tuple[int, int], *, exact: bool, fit: str) -> None:
        self._size = (size[0] // 2 * 2, size[1] // 2 * 2)
        self._exact, self._fit = exact, fit
        self._graph: Graph | None = None
        self._shape: tuple[object, ...] = ()
        self._out: tuple[int, int] | None = None

    def fitted(self, frame: av.VideoFrame) -> av.VideoFrame:
        """Return the picture as it is written."""
        shape = (frame.width, frame.height, frame.format.name, frame.rotation)
        if self._graph is None or shape != self._shape:
            self._graph, self._shape = self._graph_for(frame), shape
        self._graph.push(frame)
        done = self._graph.pull()
        if not isinstance(done, av.VideoFrame):
            raise TypeError("pictures come out of this graph")
        return done

    def _graph_for(self, frame: av.VideoFrame) -> Graph:
        steps = list(_TURNS.get(frame.rotation, ()) and [_TURNS[frame.rotation]])
        if abs(frame.rotation) == 180:
            steps = [("hflip", ""), ("vflip", "")]
        width, height = self._upright(frame)
        if self._exact:
            steps += self._exact_steps(width, height)
        else:
            # A film that changes its size in the middle keeps the one it began with.
            self._out = self._out or fitted((width, height), self._size)
            steps.append(_scale(self._out))
        steps += [("setsar", "1"), ("format", "yuv420p")]
        return _linked(frame, steps)

    def _upright(self, frame: av.VideoFrame) -> tuple[int, int]:
        return (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)

    def _exact_steps(self, width: int, height: int) -> list[tuple[str, str]]:
        left, top, wide, high = crop_of((width, height), self._size, self._fit)
        if (wide, high) != (width, height):
            return [("crop", f"{wide}:{high}:{left}:{top}"), _scale(self._size)]
        whole = inside((width, height), self._size)
        pad = ":".join(map(str, (*self._size, "(ow-iw)/2", "(oh-ih)/2", "black")))
        # Filling within a pixel is filling.
        return [_scale(whole)] if whole == self._size else [_scale(whole), ("pad", pad)]


def _scale(size: tuple[int, int]) -> tuple[str, str]:
    return (
        "scale",
        f"{size[0]}:{size[1]}:flags=bicubic:out_color_matrix=bt709:out_range=tv",
    )


def _linked(frame: av.VideoFrame, steps: list[tuple[str, str]]) -> Graph:
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )
    filters = [source, *(graph.add(name, args or None) for name, args in steps)]
    filters.append(graph.add("buffersink"))
    for one, next_one in pairwise(filters):
        one.link_to(next_one)
    graph.configure()
    return graph
