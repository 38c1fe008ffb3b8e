"""Which displays targets mean, and whether a person may act on every one of them."""

from collections.abc import Sequence

from signage.domain.alert import EVERYTHING, checked_targets, displays_covered
from signage.domain.display import Display
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.domain.units import chain_of
from signage.store import Store


def meant(store: Store, targets: Sequence[str]) -> list[Display]:
    """The displays that `targets` mean now, whoever asks."""
    return displays_covered(targets, store.displays.all(), _chains(store))


def reached(store: Store, targets: Sequence[str], action: Action, *, by: User) -> list[Display]:
    """The displays that `targets` mean now; raises NotAllowed unless `by` may act on all."""
    # All chains at once: between the click and the alert each unit asked for by itself would cost
    # two queries.
    chains = _chains(store)
    displays = displays_covered(targets, store.displays.all(), chains)
    for unit in sorted({display.unit for display in displays}):
        require(by, action, chains[unit])
    if EVERYTHING in targets:  # also the displays of other units that may come later
        require(by, action, store.units.chain(by.unit)[-1:])
    elif not displays:
        require(by, action, store.units.chain(by.unit))
    return displays


def _chains(store: Store) -> dict[str, tuple[str, ...]]:
    """Every unit with all units above it, itself first."""
    units = store.units.by_id()
    return {unit: chain_of(unit, units) for unit in units}


def chosen(
    store: Store, targets: Sequence[str], action: Action, *, by: User
) -> tuple[list[str], list[Display]]:
    """The targets checked and in order, with their displays; raises Refused when there is none.

    Those of a person with a part of the city become the displays by name, as the sealer wants it:
    which displays a unit has is nothing that a factor confirms.
    """
    every = {display.id for display in store.displays.all(retired=True)}
    checked = checked_targets(targets, displays=every)
    displays = reached(store, checked, action, by=by)
    if not displays:
        raise Refused(
            N_("Nơi đã chọn không có màn hình nào. Hãy chọn đơn vị hoặc màn hình khác."),
            field="targets",
        )
    if len(store.units.chain(by.unit)) > 1:
        checked = checked_targets([f"display:{one.id}" for one in displays], displays=every)
    return checked, displays


def reach_of(store: Store, unit: str) -> list[str] | None:
    """What a factor for `unit` may act on: its displays and units; None for the whole city."""
    if store.units.chain(unit) == (unit,):
        return None
    units = store.units.by_id()
    under = {one for one in units if unit in chain_of(one, units)}
    displays = (one.id for one in store.displays.all() if one.unit in under)
    return sorted([*(f"unit:{one}" for one in under), *(f"display:{one}" for one in displays)])
