"""The wall: every display live, as its own player pictures it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from signage.domain.people import Action
from signage.web.context import now, person, settings, store
from signage.web.gate import allowed
from signage.web.live import stream
from signage.workflows import reporting
from signage.workflows.reporting import Tile

pages = Blueprint("wall", __name__, url_prefix="/wall")

FEW, SOME = 6, 24
"""Up to so many displays the tiles are large, or middling; above that small."""
ORDER = {"lost": 0, "late": 1, "never": 2, "online": 3}


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    tiles = _tiles()
    return render_template("wall/page.html", tiles=tiles, counts=_counts(tiles), size=_size(tiles))


@pages.get("/events")
@allowed(Action.VIEW)
def events() -> Response:
    if request.method == "HEAD":
        return Response(status=204)
    me = person()

    def parts() -> Mapping[str, str]:
        tiles = reporting.wall(store(), settings().fleet, by=me, at=now())
        counts = render_template("wall/counts.html", counts=_counts(tiles))
        return {
            "counts": counts,
            **{one.display.id: render_template("wall/tile.html", tile=one) for one in tiles},
        }

    return stream(parts)


def _tiles() -> list[Tile]:
    tiles = reporting.wall(store(), settings().fleet, by=person(), at=now())
    return sorted(tiles, key=lambda tile: (ORDER.get(tile.link, 9), tile.unit, tile.display.name))


def _size(tiles: list[Tile]) -> str:
    return "few" if len(tiles) <= FEW else "some" if len(tiles) <= SOME else "many"


def _counts(tiles: list[Tile]) -> dict[str, Any]:
    """Return how many are online, late and lost, and how far running alerts are."""
    running = [tile.progress for tile in tiles if tile.progress]
    took = [one.took_ms for one in running if one.took_ms is not None]
    return {
        "all": len(tiles),
        **{name: sum(tile.link == name for tile in tiles) for name in ORDER},
        "alerted": len(running),
        **{
            state: sum(one.state == state for one in running)
            for state in ("shown", "received", "waiting")
        },
        "slowest": max(took, default=None),
    }
