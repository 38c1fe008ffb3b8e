"""The media library: upload, look through, search; documents show how far their pages are."""

import tempfile
from pathlib import Path

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response

from signage.domain.incoming import Upload
from signage.domain.media import (
    MAX_DOCUMENT_BYTES,
    MAX_VIDEO_SECONDS,
    PAGE_LIMIT,
    Asset,
    Kind,
)
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web import choices, library_cards
from signage.web.context import incoming, now, person, store
from signage.web.gate import allowed, takes
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.paging import Paging
from signage.web.refusals import shows_again
from signage.workflows.accounts import people
from signage.workflows.media import library, receiving
from signage.workflows.media.formats import supported, unread
from signage.workflows.media.thumbnails import thumbnail

pages = Blueprint("library", __name__, url_prefix="/library")

PER_PAGE = 24
LISTED: tuple[Kind, ...] = ("picture", "document", "video")
"""Pages of a document are on its own page. Of a picture that moves, the first one is shown."""
DECLARED = "no_state_secret"
MULTIPART_ROOM = 200_000
"""What the form around the file adds to its bytes."""
MAX_FORM_BYTES = MAX_DOCUMENT_BYTES + MULTIPART_ROOM


@pages.get("")
@allowed(Action.EDIT)
def page() -> str:
    search = request.args.get("search", "")
    units = people.visible_units(store(), person())
    paging = Paging(total=store().assets.count(units, search, LISTED), per_page=PER_PAGE)
    found = library.assets(
        store(), by=person(), search=search, limit=PER_PAGE, offset=paging.offset, kinds=LISTED
    )
    cards = [library_cards.card_of(asset) for asset in found]
    if paging.number == 1 and not search:
        cards = [*library_cards.vanished(), *cards]
    return render_template(
        "library/page.html",
        cards=cards,
        live=_address_of_news(cards),
        unfinished=_unfinished(),
        search=search,
        paging=paging,
        units=choices.units_for(Action.EDIT),
        **upload_words(),
    )


@pages.post("")
@allowed(Action.EDIT)
@takes(MAX_FORM_BYTES)
@shows_again(page)
def upload() -> Response:
    asset = keep_upload()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(told_of(asset))
    flash(gettext("Đã tải lên “%(name)s”.", name=asset.filename))
    return redirect(page_of(asset) or url_for(".page"), 303)


@pages.get("/events")
@allowed(Action.EDIT)
def events() -> Response:
    """Send the cards of files at work as they change."""
    if request.method == "HEAD":
        return Response(status=204)
    references = request.args.getlist("of")[:PER_PAGE]
    return stream(lambda: library_cards.parts(references))


@pages.get("/<unit>/<sha256>/now")
@allowed(Action.EDIT)
def card(unit: str, sha256: str) -> str:
    """Show one card as it stands, for pages whose stream is cut."""
    return render_template("library/card.html", card=library_cards.card_at(unit, sha256))


@pages.post("/<unit>/<sha256>/remove")
@allowed(Action.EDIT)
def remove(unit: str, sha256: str) -> Response:
    """Take a refused file out of the list."""
    library.remove_refused(store(), sha256, unit=unit, by=person(), at=now())
    flash(gettext("Đã bỏ tệp bị từ chối khỏi danh sách."))
    return redirect(url_for(".page"), 303)


@pages.get("/<unit>/<sha256>/original")
@allowed(Action.EDIT)
def original(unit: str, sha256: str) -> Response:
    """Give back the file as it was uploaded, always as a download."""
    asset = library.asset(store(), sha256, unit=unit, by=person())
    path = store().originals.path(asset.sha256)
    if not path.is_file():
        abort(404)
    return send_file(
        path,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=asset.filename,
    )


@pages.get("/<unit>/<sha256>/film")
@allowed(Action.EDIT)
def film(unit: str, sha256: str) -> Response:
    """Go to the film as it was normalised, for a browser to play."""
    asset = library.asset(store(), sha256, unit=unit, by=person())
    master = library.video_master(store(), asset)
    return redirect(url_for("machine.preview", sha256=master.blob))


@pages.post("/unfinished/<upload_id>/remove")
@allowed(Action.EDIT)
def give_up(upload_id: str) -> Response:
    """Forget an upload that stopped in the middle."""
    receiving.give_up(incoming(), receiving.mine(incoming(), upload_id, by=person()))
    flash(gettext("Đã bỏ tệp tải dở."))
    return redirect(url_for(".page"), 303)


def keep_upload() -> Asset:
    """Take in the file of this request; raises Refused with a sentence for whoever sent it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused(N_("Chưa chọn tệp nào. Hãy chọn tệp rồi tải lên."), field="file")
    declared = request.form.get(DECLARED) == "yes"
    library.demand_declaration(declared)
    unit = request.form.get("unit") or person().unit
    with tempfile.TemporaryDirectory(prefix="signage-upload-") as folder:
        path = Path(folder) / "upload"
        file.save(path)
        return library.add_asset(
            store(),
            path,
            filename=file.filename,
            unit=unit,
            by=person(),
            at=now(),
            declared=declared,
        )


def told_of(asset: Asset) -> dict[str, str | None]:
    """Return what the page's own upload wants to know of an asset."""
    return {
        "sha256": asset.sha256,
        "clean_sha256": asset.clean_sha256,
        "page": page_of(asset),
    }


def page_of(asset: Asset) -> str | None:
    """Return the address of a document's own page; other files have none."""
    if asset.kind != "document":
        return None
    return url_for("documents.page", unit=asset.unit, sha256=asset.sha256)


def upload_words() -> dict[str, object]:
    """Return what the upload form says: formats, limits, what is missing."""
    formats = supported()
    return {
        "formats": formats,
        "accepted": ",".join(f".{suffix}" for one in formats for suffix in one.suffixes),
        "limits": {one.family: one.limit for one in formats},
        "most_pages": PAGE_LIMIT,
        "most_minutes": MAX_VIDEO_SECONDS // 60,
        "unread": unread(),
    }


def _unfinished() -> list[tuple[Upload, int]]:
    """Return this person's uploads that stopped, each with how many percent have come."""
    receiving.forget_expired(incoming(), at=now())
    waiting = receiving.unfinished(incoming(), by=person())
    return [(one, incoming().offset(one) * 100 // one.size) for one in waiting]


def _address_of_news(cards: list[library_cards.Card]) -> str | None:
    working = [card.reference for card in cards if card.is_working]
    return url_for(".events", of=working) if working else None


@pages.get("/thumbnails/<clean_sha256>")
@allowed(Action.VIEW)
def small_picture(clean_sha256: str) -> Response:
    """Show a library picture small."""
    answer = make_response(thumbnail(store(), clean_sha256, by=person()))
    answer.mimetype = "image/jpeg"
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
