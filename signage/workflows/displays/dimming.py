"""Sets how bright a display may be; its player follows with the next manifest."""

import msgspec

from signage.domain.display import Dimming, Display, checked_dimming
from signage.domain.people import Action, User
from signage.store import Store
from signage.workflows.accounts.permission import demand


def set_dimming(store: Store, display_id: str, dimming: Dimming, *, by: User, at: int) -> Display:
    """Keep the limits; raises Refused when they contradict each other."""
    checked = checked_dimming(dimming)
    with store.transaction():
        display = store.displays.get(display_id)
        demand(store, by, Action.PROVISION, display.unit)
        changed = msgspec.structs.replace(display, dimming=checked)
        if changed != display:
            store.displays.save(changed)
            store.audit.record(
                who=by.login,
                act="display.dimmed",
                subject=f"display:{display.id}",
                unit=display.unit,
                detail=msgspec.structs.asdict(checked),
                at=at,
            )
    return changed
