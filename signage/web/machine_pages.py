"""What programs fetch: blobs by hash, sealed bytes by topic, the time, health and figures."""

import re

from flask import Blueprint, Response, abort, jsonify, request, send_file, url_for
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from werkzeug.wrappers import Response as AnyResponse

from players.contract import topics
from players.contract.playlist import FILM_TYPE
from signage.domain.people import Action
from signage.keys import KeyFiles
from signage.store.blobs import SHA256
from signage.wake import ask_time
from signage.web.context import house, now, settings, store
from signage.web.gate import allowed, public
from signage.web.live import open_streams
from signage.workflows.content import previewing
from signage.workflows.content.previewing import Piece

pages = Blueprint("machine", __name__)

YEAR_SECONDS = 365 * 24 * 3600
LOOPBACK = {"127.0.0.1", "::1"}

_NONCE = re.compile(r"[0-9a-f]{32}")
_FIRST_BYTES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"{": "application/json",
}
_FILM_MARK = b"ftyp"
"""Stands in an MP4 behind the length of its first box."""


@pages.get("/blobs/<sha256>")
@public
def blob(sha256: str) -> AnyResponse:
    """Give a player what something published or armed names; nothing else is there (rule B)."""
    if not SHA256.fullmatch(sha256) or not store().publications.is_published(sha256):
        abort(404)
    return _file(sha256, cache="public")


@pages.get("/previews/<sha256>")
@allowed(Action.VIEW)
def preview(sha256: str) -> AnyResponse:
    """Show a rendered picture to somebody who is signed in."""
    if not SHA256.fullmatch(sha256):
        abort(404)
    return _file(sha256, cache="private")


@pages.get("/previews/<profile>/<subject>/<int:width>x<int:height>/figures")
@allowed(Action.VIEW)
def figures(profile: str, subject: str, width: int, height: int) -> Response:
    """Tell what the clocks on a picture say in the next minute, for previews that tick."""
    drawn = store().renditions.find(subject, profile, (width, height))
    if drawn is None:
        abort(404)
    at = now()
    coming = [
        {"at": moment - at, "pieces": [_placed(piece) for piece in pieces]}
        for moment, pieces in previewing.figures_from(drawn, at)
    ]
    answer = jsonify(coming)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _placed(piece: Piece) -> dict[str, object]:
    return {
        "sheet": url_for(".preview", sha256=piece.sheet.sha256),
        "size": [piece.sheet.width, piece.sheet.height],
        "left": piece.left,
        "width": piece.width,
        "x": piece.x,
        "y": piece.y,
    }


@pages.get("/sealed/<path:topic>")
@public
def sealed(topic: str) -> Response:
    """Give the sealed bytes last committed for a topic: the way around a broker that withholds."""
    data = store().publications.sealed(topic) or _key_list(topic)
    if data is None:
        abort(404)
    answer = Response(data, mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _key_list(topic: str) -> bytes | None:
    """The key list: whoever withholds it would keep a revoked key alive."""
    if topic != topics.keys(settings().fleet):
        return None
    try:
        return KeyFiles(settings().keys_folder, settings().fleet).sealed_list()
    except OSError:
        return None


@pages.get("/time")
@public
def time_now() -> Response:
    """Answer a player's own nonce with the sealed time (rule T)."""
    nonce = request.args.get("nonce", "")
    if not _NONCE.fullmatch(nonce):
        abort(400)
    data = ask_time(settings().home_path, nonce)
    if data is None:
        abort(503)
    answer = Response(data, mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/healthz")
@public
def health() -> tuple[Response, int]:
    """Say whether this process can serve: 200 with the database readable and current, else 503."""
    current = store().is_current()
    answer = {"status": "ok" if current else "database is not up to date"}
    return jsonify(answer), 200 if current else 503


@pages.get("/metrics")
@public
def metrics() -> Response:
    """Give figures to a collector on the same machine."""
    if request.remote_addr not in LOOPBACK or "X-Forwarded-For" in request.headers:
        abort(404)
    figures = CollectorRegistry()
    _gauge(figures, "signage_open_streams", "Live pages open now", open_streams())
    _gauge(figures, "signage_changes_seen", "Changes told to live pages", house().pulse.beat)
    presences = store().reports.presences().values()
    online = sum(seen.presence.state == "online" for seen in presences)
    _gauge(figures, "signage_players_online", "Players connected to the broker", online)
    _gauge(figures, "signage_displays", "Displays in use", len(store().displays.all()))
    return Response(generate_latest(figures), mimetype="text/plain; version=0.0.4")


def _gauge(figures: CollectorRegistry, name: str, words: str, value: int) -> None:
    Gauge(name, words, registry=figures).set(value)


def _file(sha256: str, *, cache: str) -> AnyResponse:
    path = store().blobs.path(sha256)
    if not path.is_file():
        abort(404)
    with path.open("rb") as reader:
        start = reader.read(8)
    answer = send_file(
        path,
        mimetype=_type_of(start),
        conditional=True,
        etag=sha256,
        max_age=YEAR_SECONDS,
    )
    # Bytes named by their hash never change.
    answer.headers["Cache-Control"] = f"{cache}, max-age={YEAR_SECONDS}, immutable"
    return answer


def _type_of(start: bytes) -> str:
    if start[4:] == _FILM_MARK:
        return FILM_TYPE
    types = (name for first, name in _FIRST_BYTES.items() if start.startswith(first))
    return next(types, "application/octet-stream")
