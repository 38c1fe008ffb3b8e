"""The wall: every display live, as its own player pictures it."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from signage.domain.people import Action, User, granted_to
from signage.web.context import now, person, store
from signage.web.gate import allowed
from signage.web.live import stream
from signage.web.wall_parts import counts_of, newest_parts, tiles_for
from signage.workflows.alerts import alerting
from signage.workflows.reports.reporting import Tile

pages = Blueprint("wall", __name__, url_prefix="/wall")

FEW, SOME = 6, 24
"""Up to so many displays the tiles are large, or middling; above that small."""


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    tiles = tiles_for(person())
    may_alert = Action.ALERT in granted_to(person())
    return render_template(
        "wall/page.html",
        tiles=tiles,
        counts=counts_of(tiles),
        size=_size(tiles),
        waiting=alerting.waiting(store(), at=now()) if may_alert else [],
    )


@pages.get("/events")
@allowed(Action.VIEW)
def events() -> Response:
    if request.method == "HEAD":
        return Response(status=204)
    me = person()
    return stream(lambda: {**newest_parts(me), **_waiting(me)})


def _waiting(me: User) -> Mapping[str, str]:
    """What waits for a second officer appears on the wall of every officer at once."""
    if Action.ALERT not in granted_to(me):
        return {}
    waiting = alerting.waiting(store(), at=now())
    return {"waiting": render_template("alerts/waiting.html", waiting=waiting)}


def _size(tiles: list[Tile]) -> str:
    return "few" if len(tiles) <= FEW else "some" if len(tiles) <= SOME else "many"
