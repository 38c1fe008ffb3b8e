"""Sealed envelopes kept in the repository: made the same today, and still opened."""

import base64
import json

import pytest

from players.contract import documents
from players.contract.schema import DOCUMENTS
from players.contract.signature import Kind, open_sealed
from tests.players.contract.builders import fixed_key, trusted
from tests.players.contract.golden import (
    FOLDER,
    KEYS,
    SIGNERS,
    sealed_documents,
    whole_documents,
)

KINDS = sorted(SIGNERS)


@pytest.mark.parametrize("kind", KINDS)
def test_sealing_gives_the_bytes_that_are_kept(kind: Kind) -> None:
    assert sealed_documents()[kind.value] == (FOLDER / f"{kind.value}.json").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_bytes_that_are_kept_open_to_the_document(kind: Kind) -> None:
    sealed = (FOLDER / f"{kind.value}.json").read_bytes()
    payload, _ = open_sealed(sealed, kind, trusted(fixed_key(KEYS[SIGNERS[kind]])))
    document = documents.decode(payload, DOCUMENTS[kind.value])
    # Compared as bytes: entries are kept raw, and raw values are never equal.
    assert documents.encode(document) == documents.encode(whole_documents()[kind.value])


def test_every_kind_is_kept() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {kind.value for kind in Kind}


def test_an_envelope_is_what_dsse_says() -> None:
    envelope = json.loads((FOLDER / "beat.json").read_bytes())
    assert envelope.keys() == {"payloadType", "payload", "signatures"}
    assert envelope["payloadType"] == "application/vnd.signage.beat+json"
    assert json.loads(base64.b64decode(envelope["payload"]))["fleet"] == "pleiku"
    (signature,) = envelope["signatures"]
    assert signature.keys() == {"keyid", "sig"}
    assert len(base64.b64decode(signature["sig"])) == 64
