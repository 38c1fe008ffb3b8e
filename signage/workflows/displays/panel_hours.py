"""Sets the hours in which panels are lit and their volume; the worker publishes them."""

import msgspec

from players.contract.panel import PanelHours
from signage.domain.people import Action, User, may
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.workflows.accounts.permission import demand


def set_hours(
    store: Store,
    display_id: str,
    hours: PanelHours | None,
    *,
    alike: bool = False,
    by: User,
    at: int,
) -> int:
    """Let the panel of a display be lit in `hours`, always for None; raises Refused.

    With `alike` that of every display of the same kind that `by` may set up. Returns how many.
    """
    display = store.displays.get(display_id)
    demand(store, by, Action.PROVISION, display.unit)
    if hours is not None:
        _check(hours)
    chosen = [display]
    if alike:
        chosen = [
            one
            for one in store.displays.all()
            if one.profile == display.profile
            and may(by, Action.PROVISION, store.units.chain(one.unit))
        ]
    with store.transaction():
        for one in chosen:
            store.panels.save(one.id, hours)
            store.audit.record(
                who=by.login,
                act="display.hours",
                subject=f"display:{one.id}",
                unit=one.unit,
                at=at,
                detail={"hours": msgspec.to_builtins(hours)},
            )
    return len(chosen)


def _check(hours: PanelHours) -> None:
    """Players would refuse what can't be read; say it here instead."""
    try:
        msgspec.json.decode(msgspec.json.encode(hours), type=PanelHours)
    except msgspec.ValidationError as error:
        raise Refused(
            N_("Giờ bật hoặc âm lượng không hợp lệ ({why}). Hãy sửa lại."),
            field="on_from",
            why=str(error)[:80],
        ) from error
