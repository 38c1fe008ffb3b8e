"""Which displays an alert means, and whether a person may alert on all of them."""

from collections.abc import Sequence

import msgspec

from signage.domain.alert import (
    EVERYTHING,
    Alert,
    AlertState,
    checked_targets,
    displays_covered,
)
from signage.domain.display import Display, Profile
from signage.domain.hold import HoldKind
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.domain.units import chain_of
from signage.store import Store


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


class HeldNow(msgspec.Struct, frozen=True, kw_only=True):
    """How many displays are in a meeting, which an alert interrupts, and how many stay dark."""

    meeting: int
    dark: int


def held_now(store: Store, displays: Sequence[Display], *, at: int) -> HeldNow:
    """How many of `displays` are held at a moment (ms), for the page of confirmation."""
    units = store.units.by_id()
    chains = {unit: chain_of(unit, units) for unit in units}
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for hold in store.holds.live(at):
        mine = displays_covered(hold.targets, displays, chains)
        found[hold.kind is HoldKind.MEETING] |= {display.id for display in mine}
    return HeldNow(meeting=len(found[True]), dark=len(found[False]))


def require_alerting(store: Store, by: User) -> None:
    """Raise NotAllowed unless `by` may alert at all."""
    require(by, Action.ALERT, store.units.chain(by.unit))


def checked(store: Store, targets: Sequence[str]) -> list[str]:
    """Return `targets` sorted, each once; raises Refused for what is no display, unit or tag."""
    every = {display.id for display in store.displays.all(retired=True)}
    return checked_targets(targets, displays=every)


def covered(store: Store, targets: Sequence[str], by: User) -> list[Display]:
    """The displays meant; raises unless there is one and `by` may alert on all of them."""
    displays = _allowed(store, targets, by)
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
    displays = _allowed(store, alert.targets, by)
    if not displays:
        require_alerting(store, by)
    return displays


def _allowed(store: Store, targets: Sequence[str], by: User) -> list[Display]:
    units = store.units.by_id()
    chains = {unit: chain_of(unit, units) for unit in units}
    displays = displays_covered(targets, store.displays.all(), chains)
    for display in displays:
        require(by, Action.ALERT, chains[display.unit])
    if EVERYTHING in targets:  # also the displays of other units that may come later
        require(by, Action.ALERT, chains[by.unit][-1:])
    return displays


def profiles_of(store: Store, displays: Sequence[Display]) -> list[Profile]:
    """The profiles of `displays`, each once."""
    every = store.profiles.by_id()
    return [every[profile] for profile in sorted({display.profile for display in displays})]
