"""Units of the administration: who owns displays and content, as a tree with dates of validity."""

from collections.abc import Mapping

import msgspec

MAX_DEPTH = 16


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A city, ward or commune, with local dates YYYY-MM-DD; `valid_to` None means it still stands.

    A merger ends the old units and begins a new one, so old records keep their old names.
    """

    id: str
    name: str
    parent: str | None
    kind: str
    valid_from: str
    valid_to: str | None = None

    def is_valid_on(self, day: str) -> bool:
        """Say whether the unit exists on the local date `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def chain_of(unit: str, units: Mapping[str, Unit]) -> tuple[str, ...]:
    """Return `unit` and all units above it, itself first. Raises KeyError for a stranger."""
    chain = [unit]
    while (parent := units[chain[-1]].parent) is not None:
        if parent in chain or len(chain) == MAX_DEPTH:
            raise ValueError(f"the units above {unit} form no tree")
        chain.append(parent)
    return tuple(chain)


def units_within(unit: str, units: Mapping[str, Unit]) -> frozenset[str]:
    """Return `unit` and all units below it."""
    return frozenset(other for other in units if unit in chain_of(other, units))
