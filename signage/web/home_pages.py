"""The first page after signing in: what is waiting for this person."""

import msgspec
from flask import Blueprint, render_template

from signage.domain.people import Action, User, granted_to
from signage.domain.playlist import Playlist
from signage.web.context import now, person, settings, store
from signage.web.gate import allowed
from signage.web.standing import Standing, standing_of
from signage.workflows.approval import review
from signage.workflows.content import editing
from signage.workflows.reports import reporting

pages = Blueprint("home", __name__)

MOST_SHOWN = 8


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist with its standing."""

    playlist: Playlist
    standing: Standing


@pages.get("/")
@allowed(Action.VIEW)
def page() -> str:
    me = person()
    mine = granted_to(me)
    work = _work(me) if Action.EDIT in mine else []
    tiles = reporting.wall(store(), settings().fleet, by=me, at=now())
    return render_template(
        "home/page.html",
        returned=[one for one in work if one.standing.word == "returned"],
        drafts=[
            one
            for one in work
            if one.standing.has_changes and one.standing.word not in {"returned", "waiting"}
        ],
        sent=[one for one in work if one.standing.word == "waiting"],
        waiting=review.waiting(store(), by=me) if Action.REVIEW in mine else [],
        trouble=[tile for tile in tiles if tile.link in {"late", "lost"} or tile.problem],
        tiles=tiles,
        links={
            name: sum(tile.link == name for tile in tiles)
            for name in ("online", "late", "lost", "never")
        },
        may={action.value for action in mine},
        most=MOST_SHOWN,
    )


def _work(me: User) -> list[Work]:
    """Return what `me` has in hand: playlists of the own unit, newest first."""
    playlists = [one for one in editing.playlists(store(), by=me, limit=60) if one.unit == me.unit]
    return [Work(playlist=one, standing=standing_of(one)) for one in playlists]
