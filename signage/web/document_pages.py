"""One document: its pages as they are drawn, and the way from them into a playlist."""

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.media import Asset
from signage.domain.people import Action
from signage.domain.playlist import Playlist
from signage.domain.slide import MAX_SLIDE_SECONDS, MIN_SLIDE_SECONDS
from signage.web import library_cards
from signage.web.context import now, person, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.refusals import shows_again
from signage.workflows.accounts import people
from signage.workflows.content import document_slides, editing
from signage.workflows.media import library

pages = Blueprint("documents", __name__, url_prefix="/library/documents/<unit>/<sha256>")

USUAL_SECONDS = 10
PLAYLISTS_OFFERED = 100
NEW = "new"


@pages.get("")
@allowed(Action.EDIT)
def page(unit: str, sha256: str) -> str:
    return render_template("library/document.html", **_looked_at(unit, sha256))


@pages.get("/events")
@allowed(Action.EDIT)
def events(unit: str, sha256: str) -> Response:
    """Send the pages and the progress as they change."""
    if request.method == "HEAD":
        return Response(status=204)
    return stream(lambda: {"document": _drawn(unit, sha256)})


@pages.get("/now")
@allowed(Action.EDIT)
def state(unit: str, sha256: str) -> str:
    """Show the same, for pages whose stream is cut."""
    return _drawn(unit, sha256)


@pages.post("/slides")
@allowed(Action.EDIT)
@shows_again(page)
def put_into_playlist(unit: str, sha256: str) -> Response:
    document = library.asset(store(), sha256, unit=unit, by=person())
    playlist = _playlist_with(document)
    flash(gettext("Đã đưa %(count)s trang vào danh sách phát.", count=len(_chosen())))
    return redirect(url_for("playlists.editor", playlist_id=playlist.id), 303)


def _playlist_with(document: Asset) -> Playlist:
    seconds, into = whole_number("seconds", default=USUAL_SECONDS), text("into") or NEW
    if into == NEW:
        return document_slides.make_playlist(
            store(),
            document,
            _chosen(),
            title=text("title").strip() or PurePath(document.filename).stem,
            seconds=seconds,
            by=person(),
            at=now(),
        )
    return document_slides.put_into_playlist(
        store(),
        document,
        _chosen(),
        playlist=into,
        # Slides at the end disturb no edit that somebody else has just made.
        version=editing.playlist(store(), into, by=person()).version,
        seconds=seconds,
        by=person(),
        at=now(),
    )


def _chosen() -> list[int]:
    return [int(number) for number in request.form.getlist("pages") if number.isdecimal()]


def _drawn(unit: str, sha256: str) -> str:
    return render_template("library/document_state.html", **_looked_at(unit, sha256))


def _looked_at(unit: str, sha256: str) -> dict[str, object]:
    card = library_cards.card_at(unit, sha256)
    made = library.pages_of(store(), sha256, unit=unit, by=person()) if card.asset else []
    return {
        "card": card,
        "document": card.asset,
        "made": made,
        "with_numbers": [one for one in made if one.findings],
        "title": PurePath(card.asset.filename).stem if card.asset else "",
        "into": _playlists_to_choose() if card.asset and card.asset.state == "ready" else [],
        "least_seconds": MIN_SLIDE_SECONDS,
        "most_seconds": MAX_SLIDE_SECONDS,
        "usual_seconds": USUAL_SECONDS,
    }


def _playlists_to_choose() -> list[tuple[str, str]]:
    mine = people.visible_units(store(), person(), Action.EDIT)
    found = store().playlists.page(mine, "", PLAYLISTS_OFFERED, 0)
    return [(NEW, gettext("Danh sách phát mới")), *((one.id, one.title) for one in found)]
