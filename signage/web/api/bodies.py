"""Bodies and queries that several operations share."""

from typing import Annotated

import msgspec
from msgspec import Meta

Limit = Annotated[int, Meta(ge=1, le=200)]
Offset = Annotated[int, Meta(ge=0)]


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a list; `search` ignores accents."""

    search: str = ""
    limit: Limit = 50
    offset: Offset = 0


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Every change names the version of the playlist that it was made on."""

    version: int


class Place(Change, frozen=True, kw_only=True):
    """A place in the order; 0 is first."""

    place: int
