"""What an operation of the interface is: described once, for Flask and for the OpenAPI document."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, abort, request

from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.web.gate import allowed, takes

PREFIX = "/api/v1"

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation: where, what for, what it takes and gives.

    `body` is a Struct read from JSON, "multipart" for a file, or a media type of bytes; `query` a
    Struct of the query string; `gives` any type that msgspec can write, None for an empty answer.
    """

    method: str
    path: str
    needs: Action
    summary: str
    handler: Callable[..., Any]
    body: Any = None
    query: Any = None
    gives: Any = None
    status: int = 200
    limit: int | None = None


OPERATIONS: list[Operation] = []


def operation(
    method: str, path: str, *, needs: Action, summary: str, **shapes: Any
) -> Callable[[Handler], Handler]:
    """Describe a function as an operation; `path` in Flask's words, such as /playlists/<id>."""

    def describe(handler: Handler) -> Handler:
        OPERATIONS.append(
            Operation(
                method=method, path=path, needs=needs, summary=summary, handler=handler, **shapes
            )
        )
        return handler

    return describe


def route(blueprint: Blueprint, one: Operation) -> None:
    """Let Flask answer `one`."""

    def view(**values: Any) -> Response:
        if one.body is not None and not isinstance(one.body, str):
            values["body"] = _body(one.body)
        if one.query is not None:
            values["query"] = _query(one.query)
        given = one.handler(**values)
        if one.gives is None:
            return Response(status=204)
        return Response(msgspec.json.encode(given), one.status, mimetype="application/json")

    view.__name__ = one.handler.__name__
    marked = allowed(one.needs)(view)
    if one.limit is not None:
        marked = takes(one.limit)(marked)
    blueprint.add_url_rule(one.path, view_func=marked, methods=[one.method])


def _body(shape: Any) -> Any:
    if request.mimetype != "application/json":
        abort(415)
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _wrong(error) from error


def _query(shape: Any) -> Any:
    try:
        return msgspec.convert(request.args.to_dict(), shape, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong(error) from error


def _wrong(error: Exception) -> Refused:
    found = re.search(r"`\$\.?([^`]*)`", str(error))
    return Refused(
        N_("Dữ liệu gửi lên chưa đúng: {reason}. Hãy xem mô tả tại {document}."),
        field=(found[1] or None) if found else None,
        reason=str(error)[:200],
        document=f"{PREFIX}/openapi.json",
    )
