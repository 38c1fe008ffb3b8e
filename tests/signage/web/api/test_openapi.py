import re

import jsonschema
import pytest
from flask import Flask

from signage.web.api.openapi import document_of
from signage.web.api.operations import OPERATIONS, PREFIX
from tests.signage.web.visitor import Visitor

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture(scope="module")
def document():
    return document_of(OPERATIONS)


def test_every_route_of_the_interface_is_described(app: Flask, document) -> None:
    routes = {
        (PLACE.sub(r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX) and rule.endpoint != "api.document"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, one in document["paths"].items() for method in one}
    assert routes == described


def test_every_reference_leads_somewhere(document) -> None:
    references = set(re.findall(r"#/components/schemas/([\w.]+)", str(document)))
    assert references <= set(document["components"]["schemas"])


def test_every_schema_is_a_schema(document) -> None:
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_operations_have_names_of_their_own(document) -> None:
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


def test_the_document_is_open_to_all(stranger: Visitor) -> None:
    answer = stranger.open("/api/v1/openapi.json")
    assert answer.get_json()["openapi"] == "3.1.0"
