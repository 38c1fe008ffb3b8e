"""The REST interface /api/v1: the whole main job for programs, with its OpenAPI document."""

from flask import Blueprint, jsonify
from flask.wrappers import Response

from signage.web.api import (
    alerts,
    commands,
    displays,
    drills,
    holds,
    media,
    panels,
    people,
    pictures,
    planning,
    playlists,
    publishing,
    reviewing,
    slides,
    supplements,
    translating,
    warnings,
)
from signage.web.api.openapi import document_of
from signage.web.api.operations import OPERATIONS, PREFIX, route
from signage.web.gate import public

interface = Blueprint("api", __name__, url_prefix=PREFIX)

SUBJECTS = (
    media,
    playlists,
    slides,
    pictures,
    reviewing,
    supplements,
    translating,
    planning,
    publishing,
    displays,
    alerts,
    warnings,
    holds,
    drills,
    commands,
    panels,
    people,
)
"""Imported for the operations they describe."""


@interface.get("/openapi.json")
@public
def document() -> Response:
    """Describe every operation (OpenAPI 3.1)."""
    return jsonify(document_of(OPERATIONS))


for _operation in OPERATIONS:
    route(interface, _operation)
