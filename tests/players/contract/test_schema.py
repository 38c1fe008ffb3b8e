"""The JSON Schemas that others read are the ones kept, and real documents fit them."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest

from players.contract import documents
from players.contract.schema import DOCUMENTS, files, schema_of
from players.contract.signature import Kind
from tests.players.contract.golden import sealed_documents, whole_documents

GOLDEN = Path(__file__).parents[2] / "golden" / "contract" / "schemas"


def test_the_schemas_kept_are_those_of_the_types() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.iterdir()}
    assert files() == kept, "run python -m players.contract.schema tests/golden/contract/schemas"


def test_the_command_writes_every_schema_into_the_folder_named(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    command = [sys.executable, "-m", "players.contract.schema", str(folder)]
    subprocess.run(command, check=True)
    assert {path.name for path in folder.iterdir()} == set(files())


def test_the_command_without_a_folder_says_how_it_is_used() -> None:
    command = [sys.executable, "-m", "players.contract.schema"]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 2
    assert "DIR" in said.stderr


def test_every_sealed_kind_has_a_schema() -> None:
    assert {kind.value for kind in Kind} <= DOCUMENTS.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_is_a_valid_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(DOCUMENTS[name]))


@pytest.mark.parametrize("name", sorted(whole_documents()))
def test_a_document_of_ours_fits_its_schema(name: str) -> None:
    document = whole_documents()[name]
    schema = schema_of(type(document))
    jsonschema.validate(json.loads(documents.encode(document)), schema)


@pytest.mark.parametrize("kind", sorted(sealed_documents()))
def test_a_sealed_document_fits_the_schema_of_the_envelope(kind: str) -> None:
    jsonschema.validate(json.loads(sealed_documents()[kind]), schema_of(DOCUMENTS["envelope"]))


def test_an_unknown_kind_of_entry_fits_the_schema_of_a_manifest() -> None:
    document = json.loads(documents.encode(whole_documents()["manifest"]))
    document["entries"].append({"kind": "live-stream", "url": "rtsp://10.0.0.1/"})
    jsonschema.validate(document, schema_of(DOCUMENTS["manifest"]))


def test_what_a_player_refuses_the_schema_refuses_too() -> None:
    document = json.loads(documents.encode(whole_documents()["manifest"]))
    document["display"] = "hoa-lu\n"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema_of(DOCUMENTS["manifest"]))
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(document), type=DOCUMENTS["manifest"])
