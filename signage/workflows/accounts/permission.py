"""Asks the domain whether a person may do something to what a unit owns."""

from signage.domain.people import Action, User, may, require
from signage.domain.units import chain_of
from signage.store import Store


def demand(store: Store, by: User, action: Action, unit: str) -> None:
    """Raise NotAllowed unless `by` may do `action` on things of `unit`; NotFound for no unit."""
    require(by, action, store.units.chain(unit))


def visible_units(store: Store, user: User, action: Action = Action.VIEW) -> frozenset[str]:
    """Return the ids of all units on whose things `user` may do `action`."""
    units = store.units.by_id()
    return frozenset(unit for unit in units if may(user, action, chain_of(unit, units)))
