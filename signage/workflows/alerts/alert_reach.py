"""Which displays an alert means, and whether a person may alert on all of them."""

from collections.abc import Sequence

import msgspec

from signage.domain.alert import Alert, AlertState
from signage.domain.display import Display, Profile
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.workflows.displays.reach import reached


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """The displays an alert means, and how many of them are online now."""

    displays: list[Display]
    online: int


def covered_by(store: Store, alert: Alert, *, by: User) -> Covered:
    """The displays that `alert` means now, for the number in the confirmation."""
    is_new = alert.state is AlertState.DRAFT
    displays = covered(store, alert.targets, by) if is_new else require_reach(store, alert, by)
    presences = store.reports.presences()
    online = [d for d in displays if (p := presences.get(d.id)) and p.presence.state == "online"]
    return Covered(displays=displays, online=len(online))


def require_alerting(store: Store, by: User) -> None:
    """Raise NotAllowed unless `by` may alert at all."""
    require(by, Action.ALERT, store.units.chain(by.unit))


def covered(store: Store, targets: Sequence[str], by: User) -> list[Display]:
    """The displays meant; raises unless there is one and `by` may alert on all of them."""
    displays = reached(store, targets, Action.ALERT, by=by)
    if not displays:
        raise Refused(
            N_("Khu vực đã chọn không có màn hình nào. Hãy chọn đơn vị hoặc màn hình khác."),
            field="targets",
        )
    return displays


def require_reach(store: Store, alert: Alert, by: User) -> list[Display]:
    """The displays of a running alert; raises unless `by` may alert on all of them.

    There may be none left: then who may alert at all may end it.
    """
    return reached(store, alert.targets, Action.ALERT, by=by)


def profiles_of(store: Store, displays: Sequence[Display]) -> list[Profile]:
    """The profiles of `displays`, each once."""
    every = store.profiles.by_id()
    return [every[profile] for profile in sorted({display.profile for display in displays})]
