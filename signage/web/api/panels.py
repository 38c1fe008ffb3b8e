"""Panel hours by REST."""

import msgspec

from players.contract.panel import PanelHours
from signage.domain.people import Action
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.displays import panel_hours


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """The hours, none for always; `alike`: for all displays of the same kind."""

    hours: PanelHours | None
    alike: bool = False


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """How many displays were changed."""

    displays: int


@operation(
    "PUT",
    "/displays/<display_id>/panel",
    needs=Action.PROVISION,
    summary="Set the hours in which the panel is lit, and its volume",
    body=Hours,
    gives=Changed,
)
def set_panel(display_id: str, body: Hours) -> Changed:
    changed = panel_hours.set_hours(
        store(), display_id, body.hours, alike=body.alike, by=person(), at=now()
    )
    return Changed(displays=changed)
