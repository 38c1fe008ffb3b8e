"""Turns the pixels of a glyph into square outlines, as TrueType wants them."""

Point = tuple[int, int]
Edges = dict[Point, list[Point]]


def contours_of(ink: frozenset[Point]) -> list[list[Point]]:
    """The closed outlines around `ink`, corners only, in pixels; outer ones run clockwise.

    Outlines of whole areas, not one square per pixel: touching squares would show seams
    wherever the face is drawn at another size.
    """
    edges = _edges_around(ink)
    contours = []
    while edges:
        contours.append(_corners(_walk(edges)))
    return contours


def _edges_around(ink: frozenset[Point]) -> Edges:
    """Each side of a pixel that has no neighbour there, by its start, with the ink on its right."""
    edges: Edges = {}
    for x, y in sorted(ink):
        sides = (
            ((x - 1, y), (x, y), (x, y + 1)),
            ((x, y + 1), (x, y + 1), (x + 1, y + 1)),
            ((x + 1, y), (x + 1, y + 1), (x + 1, y)),
            ((x, y - 1), (x + 1, y), (x, y)),
        )
        for neighbour, start, end in sides:
            if neighbour not in ink:
                edges.setdefault(start, []).append(end)
    return edges


def _walk(edges: Edges) -> list[Point]:
    """Take one closed loop out of `edges`."""
    start = previous = next(iter(edges))
    here = _take(edges, start, start)
    loop = [start]
    while here != start:
        loop.append(here)
        previous, here = here, _take(edges, here, previous)
    return loop


def _take(edges: Edges, here: Point, previous: Point) -> Point:
    """Remove and return the next corner; where two pixels touch at a corner, turn right.

    Turning right keeps each pixel's own loop, so that no outline crosses itself.
    """
    ends = edges[here]
    heading = (here[0] - previous[0], here[1] - previous[1])
    right = (here[0] + heading[1], here[1] - heading[0])
    end = right if right in ends else ends[0]
    ends.remove(end)
    if not ends:
        del edges[here]
    return end


def _corners(loop: list[Point]) -> list[Point]:
    """Leave out the points in the middle of straight lines."""
    around = zip(loop[-1:] + loop[:-1], loop, loop[1:] + loop[:1], strict=True)
    return [here for before, here, after in around if not _straight(before, here, after)]


def _straight(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]
