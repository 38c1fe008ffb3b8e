"""Every "no" in one place: a sentence at the field, a page, a fragment or JSON, no traceback."""

import errno
import inspect
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from signage.domain.names import NotFound
from signage.domain.people import NotAllowed
from signage.domain.playlist import Stale
from signage.domain.sentences import N_, Refused
from signage.domain.writing import CannotWrite
from signage.web import formats
from signage.web.language import english, gettext

View = TypeVar("View", bound=Callable[..., Any])

log = structlog.get_logger()

_AGAIN: dict[Callable[..., Any], Callable[..., Any]] = {}

DRAIN_BYTES = 64_000_000
"""How much of a refused upload is thrown away so that the browser gets to read the sentence."""

_SENTENCES = {
    400: N_("Yêu cầu không hợp lệ. Hãy tải lại trang rồi thử lại."),
    401: N_("Hãy đăng nhập để tiếp tục."),
    403: N_("Bạn không có quyền xem trang này. Hãy liên hệ quản trị hệ thống."),
    404: N_("Không có trang này. Có thể nội dung đã bị xóa hoặc địa chỉ gõ sai."),
    405: N_("Trang này không nhận thao tác đó. Hãy quay lại và dùng nút trên trang."),
    415: N_("Dữ liệu gửi lên không đúng dạng. Hãy gửi JSON hoặc biểu mẫu."),
    429: N_("Bạn thử quá nhiều lần. Hãy đợi một phút rồi thử lại."),
    500: N_(
        "Hệ thống gặp lỗi và đã ghi lại. Hãy thử lại; nếu vẫn lỗi,"
        " hãy báo quản trị hệ thống kèm giờ xảy ra."
    ),
    503: N_("Đang có quá nhiều người xem trực tiếp. Hãy đóng bớt trang rồi tải lại."),
}


class TooBig(Refused):
    """More bytes than the page takes."""


_STATUSES = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Stale, 409),
    (TooBig, 413),
    (CannotWrite, 503),
)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def shows_again(page: Callable[..., Any]) -> Callable[[View], View]:
    """When the form is refused, show `page` again with the sentence and what was typed."""

    def mark(view: View) -> View:
        _AGAIN[view] = page
        return view

    return mark


def catch(app: Flask) -> None:
    """Give `app` an answer for every refusal and failure."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(RequestEntityTooLarge, _too_big)
    app.register_error_handler(CSRFError, _foreign_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)
    app.add_template_global(sentence_of, "sentence")
    app.add_template_global(sentence_now, "refusal_sentence")
    app.add_template_global(refused_field, "refused_field")
    app.add_template_global(typed, "typed")
    app.add_template_global(typed_list, "typed_list")


def sentence_of(refused: Refused) -> str:
    """Return the sentence in the language of the page."""
    return refused.text(gettext)


def status_of(refused: Refused) -> int:
    """Return the HTTP status of a refusal."""
    for kind, status in _STATUSES:
        if isinstance(refused, kind):
            return status
    return 422


def as_json(refused: Refused | str, *, status: int, **more: str) -> Response:
    """Return the refusal as programs read it, in both languages."""
    one = Refused(refused) if isinstance(refused, str) else refused
    error = {"message_vi": one.text(), "message_en": one.text(english), "field": one.field, **more}
    answer = jsonify({"error": error})
    answer.status_code = status
    return answer


# What the templates ask while a form is shown again


def sentence_now() -> str:
    """Return the sentence of the refusal that is being shown, or nothing."""
    refused = g.get("refused")
    return sentence_of(refused) if refused else ""


def refused_field(form: str) -> str | None:
    """Return which field of `form` is at fault, when this form was refused."""
    return g.refused.field if _is_shown_again(form) else None


def typed(form: str, name: str, default: Any = "") -> Any:
    """Return what was typed into a field of the refused `form`, or else `default`."""
    return request.form.get(name, default) if _is_shown_again(form) else default


def typed_list(form: str, name: str, default: Any = ()) -> Any:
    """Return everything that was ticked in a refused `form`, or else `default`."""
    return request.form.getlist(name) if _is_shown_again(form) else default


def _is_shown_again(form: str) -> bool:
    return g.get("refused") is not None and request.form.get("form_name", "") == form


# Handlers


def _refused(refused: Refused) -> AnyResponse:
    status = status_of(refused)
    if _wants_json():
        return as_json(refused, status=status)
    if request.headers.get("HX-Request"):
        return make_response(
            render_template("parts/refusal.html", sentence=sentence_of(refused)), status
        )
    page = _AGAIN.get(current_app.view_functions.get(request.endpoint or "", _refused))
    if page and "refused" not in g:
        g.refused = refused
        return _shown_again(page, status)
    return _page(sentence_of(refused), status)


def _shown_again(page: Callable[..., Any], status: int) -> AnyResponse:
    wanted = inspect.signature(page).parameters
    known = {name: value for name, value in (request.view_args or {}).items() if name in wanted}
    try:
        return make_response(page(**known), status)
    except Refused as refused:
        return _page(sentence_of(refused), status_of(refused))


def _too_big(_error: RequestEntityTooLarge) -> AnyResponse:
    most = request.max_content_length or 0
    limit = formats.size(most - most % 1_000_000 or most)
    refused = TooBig(
        N_("Dữ liệu gửi lên lớn hơn {limit}. Hãy thu nhỏ tệp rồi tải lại."),
        field="file",
        limit=limit,
    )
    answer = as_json(refused, status=413) if _wants_json() else _page(sentence_of(refused), 413)
    answer.headers["Connection"] = "close"
    return _lingering(answer)


def _lingering(answer: AnyResponse) -> AnyResponse:
    """Send the answer first, then swallow some of the body.

    A server that closes while a browser is still sending makes the kernel throw away the answer:
    the person would see "connection reset" and no sentence.
    """
    body = answer.get_data()
    stream = request.environ["wsgi.input"]
    announced = min(request.content_length or 0, DRAIN_BYTES)

    def send() -> Iterator[bytes]:
        yield body
        left = announced
        while left > 0 and (chunk := stream.read(min(left, 1 << 16))):
            left -= len(chunk)

    return Response(send(), answer.status, answer.headers, direct_passthrough=True)


def _foreign_form(_error: CSRFError) -> AnyResponse:
    refused = Refused(N_("Trang này mở đã lâu nên không gửi được. Hãy tải lại trang rồi gửi lại."))
    if _wants_json():
        return as_json(refused, status=400)
    page = _AGAIN.get(current_app.view_functions.get(request.endpoint or "", _refused))
    if page:
        g.refused = refused
        return _shown_again(page, 400)
    return _page(sentence_of(refused), 400)


def _http(error: HTTPException) -> AnyResponse:
    if error.response is not None:
        return error.response  # type: ignore[return-value] # a plain werkzeug answer
    status = error.code or 500
    sentence = _SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500])
    if _wants_json():
        return as_json(sentence, status=status)
    return _page(gettext(sentence), status)


def _failed(error: Exception) -> AnyResponse:
    if isinstance(error, HTTPException):
        return _http(error)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return _refused(CannotWrite())
    log.error("page failed", path=request.path, method=request.method, exc_info=error)
    if current_app.testing:
        raise error
    if _wants_json():
        return as_json(_SENTENCES[500], status=500)
    return _page(gettext(_SENTENCES[500]), 500)


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _page(sentence: str, status: int) -> AnyResponse:
    return make_response(render_template("refused.html", sentence=sentence, status=status), status)
