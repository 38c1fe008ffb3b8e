"""The media library: upload, look through, search."""

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

from signage.domain.media import MAX_UPLOAD_BYTES, Asset
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web import choices
from signage.web.context import now, person, store
from signage.web.gate import allowed, takes
from signage.web.language import gettext
from signage.web.paging import Paging
from signage.web.refusals import shows_again
from signage.workflows import library, people
from signage.workflows.thumbnails import thumbnail

pages = Blueprint("library", __name__, url_prefix="/library")

PER_PAGE = 24
MULTIPART_ROOM = 200_000
"""What the form around the file adds to its bytes."""


@pages.get("")
@allowed(Action.EDIT)
def page() -> str:
    search = request.args.get("search", "")
    units = people.visible_units(store(), person())
    paging = Paging(total=store().assets.count(units, search), per_page=PER_PAGE)
    return render_template(
        "library/page.html",
        assets=library.assets(
            store(), by=person(), search=search, limit=PER_PAGE, offset=paging.offset
        ),
        search=search,
        paging=paging,
        units=choices.units_for(Action.EDIT),
        limit=MAX_UPLOAD_BYTES,
    )


@pages.post("")
@allowed(Action.EDIT)
@takes(MAX_UPLOAD_BYTES + MULTIPART_ROOM)
@shows_again(page)
def upload() -> Response:
    asset = keep_upload()
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"sha256": asset.sha256, "clean_sha256": asset.clean_sha256})
    flash(gettext("Đã tải lên “%(name)s”.", name=asset.filename))
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


def keep_upload() -> Asset:
    """Take in the file of this request; raises Refused with a sentence for whoever sent it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused(N_("Chưa chọn tệp nào. Hãy chọn ảnh rồi tải lên."), field="file")
    unit = request.form.get("unit") or person().unit
    with tempfile.TemporaryDirectory(prefix="signage-upload-") as folder:
        path = Path(folder) / "upload"
        file.save(path)
        return library.add_asset(
            store(), path, filename=file.filename, unit=unit, by=person(), at=now()
        )


@pages.get("/thumbnails/<clean_sha256>")
@allowed(Action.VIEW)
def small_picture(clean_sha256: str) -> Response:
    """Show a library picture small."""
    answer = make_response(thumbnail(store(), clean_sha256, by=person()))
    answer.mimetype = "image/jpeg"
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
