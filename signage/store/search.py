"""Search that ignores accents and case, within units: the same for every list of the pages."""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import Select, Table

from signage.domain.names import without_accents

S = TypeVar("S", bound="Select[*tuple[Any, ...]]")


def matching(statement: S, table: Table, units: Collection[str], search: str) -> S:
    """Narrow `statement` to rows of these units that contain every word of `search`.

    The table has the columns `unit` and `search`, the latter filled by `without_accents`.
    """
    found = statement.select_from(table).where(table.c.unit.in_(units))
    words = without_accents(search).split()
    return found.where(*(table.c.search.contains(word, autoescape=True) for word in words))
