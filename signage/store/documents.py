"""Domain values to JSON text and back: how a document lies in one column."""

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_text(document: Any) -> str:
    """Return `document` as JSON text with sorted keys, so that equal documents are equal texts."""
    return msgspec.json.encode(document, order="deterministic").decode()


def from_text(text: str, shape: type[T]) -> T:
    """Return the value of type `shape` that `text` holds; raises msgspec.ValidationError."""
    return msgspec.json.decode(text, type=shape)
