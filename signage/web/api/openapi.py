"""Writes the OpenAPI 3.1 document out of the table of operations."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from signage.web.api import uploads
from signage.web.api.operations import PREFIX, Operation

_TEMPLATE = "#/components/schemas/{name}"
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """Why something was refused, in both languages, and which field is at fault."""

    message_vi: str
    message_en: str
    field: str | None
    sign_in: str | None = None


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of every refused request."""

    error: Error


def document_of(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document as plain values."""
    shapes = [*uploads.SHAPES, *(shape for one in operations for shape in _shapes(one))]
    schemas, components = msgspec.json.schema_components([Refusal, *shapes], ref_template=_TEMPLATE)
    by_shape = dict(zip(map(repr, [Refusal, *shapes]), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        path = _PLACE.sub(r"{\1}", PREFIX + one.path)
        paths.setdefault(path, {})[one.method.lower()] = _described(one, by_shape)
    paths |= uploads.paths(*(by_shape[repr(shape)] for shape in (Refusal, *uploads.SHAPES)))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Signage controller",
            "version": "1",
            "description": "Times are ms since the epoch, UTC; dates are local, YYYY-MM-DD.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _shapes(one: Operation) -> list[Any]:
    shapes = [
        shape for shape in (one.body, one.gives) if shape is not None and not isinstance(shape, str)
    ]
    fields = msgspec.structs.fields(one.query) if one.query else ()
    return [*shapes, *(field.type for field in fields)]


def _described(one: Operation, by_shape: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": one.handler.__name__,
        "summary": one.summary,
        "description": f"Needs the right “{one.needs.value}”.",
        "parameters": _parameters(one, by_shape),
        "responses": {
            str(204 if one.gives is None else one.status): _answer(one, by_shape),
            "default": {
                "description": "Refused, with a sentence in both languages.",
                "content": _json(by_shape[repr(Refusal)]),
            },
        },
    }
    if one.body == "multipart":
        described["requestBody"] = {"required": True, "content": _FILE}
    elif isinstance(one.body, str):
        content = {one.body: {"schema": {"type": "string", "format": "binary"}}}
        described["requestBody"] = {"required": True, "content": content}
    elif one.body is not None:
        described["requestBody"] = {"required": True, "content": _json(by_shape[repr(one.body)])}
    return described


_FILE = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file", "no_state_secret"],
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "no_state_secret": {"const": "yes", "description": "Declares: no state secret."},
                "unit": {"type": "string", "description": "Owner; one's own unit by default."},
            },
        }
    }
}


def _answer(one: Operation, by_shape: dict[str, Any]) -> dict[str, Any]:
    if one.gives is None:
        return {"description": "Done."}
    return {"description": "Done.", "content": _json(by_shape[repr(one.gives)])}


def _parameters(one: Operation, by_shape: dict[str, Any]) -> list[dict[str, Any]]:
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PLACE.findall(one.path)
    ]
    fields = msgspec.structs.fields(one.query) if one.query else ()
    asked = [
        {
            "name": field.name,
            "in": "query",
            "required": field.required,
            "schema": by_shape[repr(field.type)],
        }
        for field in fields
    ]
    return [*places, *asked]


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
