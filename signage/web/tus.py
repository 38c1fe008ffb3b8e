"""Resumable uploads by the tus protocol 1.0 (https://tus.io): core, creation, termination, expiry.

Bytes are announced with POST, sent with PATCH, asked for with HEAD, given up with DELETE. When
all have come, POST to `<upload>/asset` takes the file into the library; asking again is harmless.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from wsgiref.handlers import format_date_time

import msgspec
from flask import Blueprint, Response, abort, request, url_for
from werkzeug.exceptions import HTTPException

from signage.domain.incoming import MAX_OPEN_BYTES, Upload
from signage.domain.media import Asset
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web.context import incoming, now, person, store
from signage.web.gate import allowed, takes
from signage.web.library_pages import DECLARED, page_of
from signage.web.refusals import as_json
from signage.workflows.media import receiving

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
PIECE = 1 << 16
SILENCE_SECONDS = 60
"""A line on which nothing comes for so long is given back; the sender calls again."""
OFFSET_STREAM = "application/offset+octet-stream"

pages = Blueprint("uploads", __name__, url_prefix="/api/v1/uploads")

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an upload: the asset, and the address of its page when it is a document."""

    asset: Asset
    page: str | None


@pages.before_request
def demand_version() -> Response | None:
    """Refuse another version of the protocol; our own additions need none."""
    plain = request.method in {"GET", "OPTIONS"} or request.path.endswith("/asset")
    if plain or request.headers.get("Tus-Resumable") == VERSION:
        return None
    wrong = as_json(
        N_("Chương trình gửi tệp phải dùng giao thức tus 1.0.0 (Tus-Resumable)."),
        status=HTTPStatus.PRECONDITION_FAILED,
    )
    wrong.headers["Tus-Version"] = VERSION
    return wrong


@pages.after_request
def speak_tus(answer: Response) -> Response:
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.route("", methods=["OPTIONS"])
@allowed(Action.EDIT)
def abilities() -> Response:
    """Say what is spoken here."""
    answer = Response(status=HTTPStatus.NO_CONTENT)
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = EXTENSIONS
    answer.headers["Tus-Max-Size"] = str(MAX_OPEN_BYTES)
    return answer


@pages.post("")
@allowed(Action.EDIT)
def announce() -> Response:
    """Begin an upload: its size, its name, and of which unit it is."""
    words = _metadata()
    filename = words.get("filename", "")
    upload = receiving.announce(
        store(),
        incoming(),
        filename=filename,
        size=_number("Upload-Length"),
        unit=words.get("unit") or person().unit,
        sha256=_hash(words.get("sha256")),
        declared=words.get(DECLARED) == "yes",
        by=person(),
        at=now(),
    )
    answer = Response(status=HTTPStatus.CREATED)
    answer.headers["Location"] = url_for(".send", upload_id=upload.id)
    return _with_offset(answer, upload)


@pages.route("/<upload_id>", methods=["HEAD"])
@allowed(Action.EDIT)
def ask(upload_id: str) -> Response:
    """Say how many bytes have come."""
    upload = receiving.mine(incoming(), upload_id, by=person())
    answer = Response(status=HTTPStatus.OK)
    answer.headers["Upload-Length"] = str(upload.size)
    return _with_offset(answer, upload)


@pages.patch("/<upload_id>")
@allowed(Action.EDIT)
@takes(MAX_OPEN_BYTES)
def send(upload_id: str) -> Response:
    """Take bytes from the offset on; what has come before a cut stays."""
    if request.mimetype != OFFSET_STREAM:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    upload = receiving.mine(incoming(), upload_id, by=person())
    offset = _number("Upload-Offset")
    if offset + (request.content_length or 0) > upload.size:
        raise Refused(N_("Gửi nhiều byte hơn đã báo trước. Hãy tải lại tệp từ đầu."), field="file")
    try:
        receiving.append(incoming(), upload, _pieces(), offset=offset, at=now())
    except receiving.WrongOffset as wrong:
        return as_json(wrong, status=HTTPStatus.CONFLICT)
    return _with_offset(Response(status=HTTPStatus.NO_CONTENT), upload)


@pages.delete("/<upload_id>")
@allowed(Action.EDIT)
def give_up(upload_id: str) -> Response:
    """Forget an upload and its bytes."""
    receiving.give_up(incoming(), receiving.mine(incoming(), upload_id, by=person()))
    return Response(status=HTTPStatus.NO_CONTENT)


@pages.post("/<upload_id>/asset")
@allowed(Action.EDIT)
def take_in(upload_id: str) -> Response:
    """Make an asset of all the bytes; raises Refused with the sentence for whoever sent it."""
    upload = receiving.mine(incoming(), upload_id, by=person())
    try:
        asset = receiving.take_in(store(), incoming(), upload, by=person(), at=now())
    except (receiving.WrongOffset, receiving.Busy) as early:
        return as_json(early, status=HTTPStatus.CONFLICT)
    taken = Taken(asset=asset, page=page_of(asset))
    return Response(msgspec.json.encode(taken), HTTPStatus.CREATED, mimetype="application/json")


def _with_offset(answer: Response, upload: Upload) -> Response:
    answer.headers["Upload-Offset"] = str(incoming().offset(upload))
    answer.headers["Upload-Expires"] = format_date_time(upload.expires_at / 1000)
    return answer


def _pieces() -> Iterator[bytes]:
    """Give what comes; a cut line ends the sequence and is no error."""
    line = request.environ.get("gunicorn.socket")
    if line is not None:
        line.settimeout(SILENCE_SECONDS)
    with suppress(OSError, HTTPException):
        while piece := request.stream.read(PIECE):
            yield piece


def _metadata() -> dict[str, str]:
    """Read Upload-Metadata: words with their values in base64."""
    words = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            words[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Refused(
                N_("Thông tin kèm theo tệp (Upload-Metadata) không đọc được. Hãy gửi lại.")
            ) from None
    return words


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isdecimal() or len(text) > 15:
        raise Refused(N_("Thiếu số byte trong {header}. Hãy gửi lại tệp."), header=header)
    return int(text)


def _hash(text: str | None) -> str | None:
    if text is not None and not _SHA256.fullmatch(text):
        raise Refused(N_("Mã kiểm tra sha256 phải gồm 64 chữ số thập lục phân. Hãy gửi lại."))
    return text
