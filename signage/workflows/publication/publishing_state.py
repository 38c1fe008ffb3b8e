"""How publishing stands for a person: whether it is held, what failed, what is missing."""

import msgspec

from signage.domain.people import Action, User, may
from signage.domain.programme import Missing
from signage.store import Store
from signage.workflows.accounts.permission import demand, visible_units
from signage.workflows.publication import overtaken, publishing


class PublishingState(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker said in its last round, as far as it concerns the person's units.

    `ahead` are the displays (ids) that hold newer content than the database; publishing of the
    whole fleet is held while there are any. `failures` gives an English reason by display.
    """

    is_held: bool
    ahead: list[str]
    may_release: bool
    failures: dict[str, str]
    missing: list[Missing]


def publishing_state(store: Store, *, by: User) -> PublishingState:
    """Return how publishing stands. Raises NotAllowed for who may not read the audit log."""
    demand(store, by, Action.READ_AUDIT, by.unit)
    units = visible_units(store, by, Action.READ_AUDIT)
    shown = {one.id for one in store.displays.all(retired=True) if one.unit in units}
    ahead = overtaken.ahead(store)
    return PublishingState(
        is_held=ahead is not None,
        ahead=ahead or [],
        may_release=may(by, Action.PROVISION, store.units.chain(by.unit)[-1:]),
        failures={name: why for name, why in publishing.failures(store).items() if name in shown},
        missing=[
            one
            for one in publishing.missing(store)
            if store.submissions.get(one.submission).unit in units
        ],
    )
