"""What a person can choose from in forms: units as a tree, displays by unit, profiles."""

from typing import Any

import msgspec
from flask import Flask

from signage.domain.display import Display
from signage.domain.people import Action
from signage.domain.units import Unit, chain_of
from signage.web import naming
from signage.web.context import person, store
from signage.workflows.accounts import people


class UnitChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A unit with how deep it lies and the displays it owns itself."""

    unit: Unit
    depth: int
    displays: list[Display]

    @property
    def title(self) -> str:
        """The name, set in as deep as the unit lies."""
        return "\u2003" * self.depth + self.unit.name


def units_for(action: Action) -> list[UnitChoice]:
    """Return the units in which this person may do `action`, in the order of the tree."""
    mine = people.visible_units(store(), person(), action)
    units = naming.units()
    displays = store().displays.all()
    chains = {unit: tuple(reversed(chain_of(unit, units))) for unit in mine}
    top = min((len(chain) for chain in chains.values()), default=1)
    in_order = sorted(mine, key=lambda unit: [units[one].name for one in chains[unit]])
    return [
        UnitChoice(
            unit=units[unit],
            depth=len(chains[unit]) - top,
            displays=sorted(
                (one for one in displays if one.unit == unit),
                key=lambda one: naming.as_counted(one.name),
            ),
        )
        for unit in in_order
    ]


def displays_for(action: Action) -> list[UnitChoice]:
    """Return the units in which this person may do `action` and that own displays."""
    return [choice for choice in units_for(action) if choice.displays]


def tags_for(action: Action) -> list[tuple[str, int]]:
    """Return the tags of the displays in reach with how many have each, where all of them are."""
    mine = {one.id for choice in displays_for(action) for one in choice.displays}
    having: dict[str, list[str]] = {}
    for display in store().displays.all():
        for tag in display.tags:
            having.setdefault(tag, []).append(display.id)
    return [(tag, len(ids)) for tag, ids in sorted(having.items()) if mine.issuperset(ids)]


def unit_options(units: list[UnitChoice]) -> list[tuple[str, str]]:
    """Return units as values and words of a drop-down list."""
    return [(choice.unit.id, choice.title) for choice in units]


def pairs(things: list[Any]) -> list[tuple[str, str]]:
    """Return things that have an id and a name as values and words of a drop-down list."""
    return [(thing.id, thing.name) for thing in things]


def teach(app: Flask) -> None:
    """Make the lists known to the templates of `app`."""
    app.add_template_global(unit_options, "unit_options")
    app.add_template_global(pairs, "pairs")
