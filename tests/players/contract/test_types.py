"""The words of which documents are made: no floats anywhere, and names that can do no harm."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect as types

from players.contract.manifest import Wanted
from players.contract.schema import DOCUMENTS
from players.contract.types import (
    BlobRef,
    Count,
    Hex16,
    LocalDate,
    Moment,
    Name,
    Number,
    Sha256,
    Sha256OrNone,
)
from tests.players.contract.builders import sha256
from tests.players.contract.strategies import modest

EVERYTHING = [*DOCUMENTS.values(), Wanted]
NO_JSON_OF_THEIR_OWN = (types.FloatType, types.DecimalType, types.AnyType, types.SetType)


def parts_of(kind: Any, seen: set[type]) -> Iterator[types.Type]:
    """All types inside a type, each struct once."""
    yield kind
    if isinstance(kind, types.StructType):
        if kind.cls in seen:
            return
        seen.add(kind.cls)
        for field in kind.fields:
            yield from parts_of(field.type, seen)
    for name in ("type", "item_type", "key_type", "value_type"):
        if inner := getattr(kind, name, None):
            yield from parts_of(inner, seen)
    for inner in getattr(kind, "types", ()):
        yield from parts_of(inner, seen)


@pytest.mark.parametrize("document", EVERYTHING, ids=lambda document: document.__name__)
def test_no_document_has_a_float_or_anything_else_that_is_not_canonical(document: type) -> None:
    parts = list(parts_of(types.type_info(document), set()))
    assert len(parts) > 2
    assert not [part for part in parts if isinstance(part, NO_JSON_OF_THEIR_OWN)]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=lambda document: document.__name__)
def test_every_number_of_a_document_has_a_least_and_a_most(document: type) -> None:
    numbers = [
        part
        for part in parts_of(types.type_info(document), set())
        if isinstance(part, types.IntType)
    ]
    assert all(number.ge is not None and number.le is not None for number in numbers)


@pytest.mark.parametrize("document", EVERYTHING, ids=lambda document: document.__name__)
def test_no_document_can_be_changed_once_it_is_made(document: type[msgspec.Struct]) -> None:
    assert document.__struct_config__.frozen


def accepts(kind: Any, value: object) -> bool:
    try:
        msgspec.json.decode(msgspec.json.encode(value), type=kind)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", ["hoa-lu", "led-384x192", "unit:hoi-phu", "a.b_c", "7", "a" * 80])
def test_a_name_is_lower_case_letters_digits_and_a_few_marks(name: str) -> None:
    assert accepts(Name, name)


@pytest.mark.parametrize(
    "name",
    ["", "Hoa", "-a", ".", "..", "../a", "a/b", "a+", "a#", "a b", "đ", "a\n", "a\x00", "a" * 81],
)
def test_what_could_leave_a_topic_or_a_folder_is_no_name(name: str) -> None:
    assert not accepts(Name, name)


@modest
@given(st.text(max_size=12))
def test_a_name_is_plain_enough_for_a_topic_and_a_file(text: str) -> None:
    if accepts(Name, text):
        assert text.isascii()
        assert not set(text) & set("/\\+#$ \n\r\t\0")
        assert text not in {".", ".."}


@pytest.mark.parametrize("kind", [Name, Sha256, Sha256OrNone, Hex16, LocalDate])
def test_nothing_ends_with_a_line_feed(kind: Any) -> None:
    good = {Name: "a", LocalDate: "2025-11-24", Hex16: "0" * 16}.get(kind, "0" * 64)
    assert accepts(kind, good)
    assert not accepts(kind, good + "\n")


@pytest.mark.parametrize("text", ["0" * 63, "0" * 65, "A" * 64, "g" * 64, ""])
def test_a_hash_is_64_small_hex_digits(text: str) -> None:
    assert not accepts(Sha256, text)


@pytest.mark.parametrize("text", ["2025-1-1", "20251124", "٢٠٢٥-١١-٢٤", "2025-11-24T00:00", ""])
def test_a_date_is_ten_ascii_characters(text: str) -> None:
    assert not accepts(LocalDate, text)


@pytest.mark.parametrize(
    ("kind", "least"), [(Moment, 0), (Count, 0), (Number, 1)], ids=["moment", "count", "number"]
)
def test_numbers_end_where_other_programs_lose_digits(kind: Any, least: int) -> None:
    assert accepts(kind, least)
    assert accepts(kind, 2**53)
    assert not accepts(kind, least - 1)
    assert not accepts(kind, 2**53 + 1)
    assert not accepts(kind, float(least))


@pytest.mark.parametrize("media_type", ["image/png", "application/vnd.signage.playlist+json"])
def test_a_blob_has_a_media_type(media_type: str) -> None:
    assert accepts(BlobRef, {"sha256": sha256("a"), "bytes": 1, "media_type": media_type})


@pytest.mark.parametrize("media_type", ["", "png", "text/html; charset=utf-8", "image/png\n"])
def test_a_media_type_has_no_room_for_more(media_type: str) -> None:
    assert not accepts(BlobRef, {"sha256": sha256("a"), "bytes": 1, "media_type": media_type})
