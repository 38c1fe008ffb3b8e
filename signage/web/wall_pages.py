"""The wall: every display live, as its own player pictures it."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from signage.domain.people import Action
from signage.web.context import person
from signage.web.gate import allowed
from signage.web.live import stream
from signage.web.wall_parts import counts_of, newest_parts, tiles_for
from signage.workflows.reporting import Tile

pages = Blueprint("wall", __name__, url_prefix="/wall")

FEW, SOME = 6, 24
"""Up to so many displays the tiles are large, or middling; above that small."""


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    tiles = tiles_for(person())
    return render_template(
        "wall/page.html", tiles=tiles, counts=counts_of(tiles), size=_size(tiles)
    )


@pages.get("/events")
@allowed(Action.VIEW)
def events() -> Response:
    if request.method == "HEAD":
        return Response(status=204)
    me = person()
    return stream(lambda: newest_parts(me))


def _size(tiles: list[Tile]) -> str:
    return "few" if len(tiles) <= FEW else "some" if len(tiles) <= SOME else "many"
