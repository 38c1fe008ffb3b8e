"""Drills by REST: draft, plan, stop, and the report."""

import msgspec

from signage.domain.alert import AlertWords
from signage.domain.drill import Drill
from signage.domain.people import Action
from signage.web.api.confirming import ByCode, for_sets
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.sets import drilling


class Exercise(msgspec.Struct, frozen=True, kw_only=True):
    """A drill: words, targets as of an alert, beginning and end in ms."""

    words: AlertWords
    targets: list[str]
    begins_at: int
    expires_at: int


class DrillRow(msgspec.Struct, frozen=True, kw_only=True):
    """How a drill came to one display; `state` is shown, received or waiting."""

    display: str
    name: str
    state: str
    took_ms: int | None


@operation(
    "POST",
    "/drills",
    needs=Action.ALERT,
    summary="Draft a drill; nothing is shown yet",
    body=Exercise,
    gives=Drill,
    status=201,
)
def draft_drill(body: Exercise) -> Drill:
    return drilling.draft(
        store(),
        body.words,
        targets=body.targets,
        begins_at=body.begins_at,
        expires_at=body.expires_at,
        by=person(),
        at=now(),
    )


@operation(
    "POST",
    "/drills/<drill_id>/plan",
    needs=Action.ALERT,
    summary="Let a drafted drill begin at its hour",
    body=ByCode,
    gives=Drill,
)
def plan_drill(drill_id: str, body: ByCode) -> Drill:
    return drilling.plan(store(), drill_id, authorise=for_sets(body.code), by=person(), at=now())


@operation(
    "GET", "/drills", needs=Action.ALERT, summary="List drills, latest first", gives=list[Drill]
)
def list_drills() -> list[Drill]:
    return store().drills.recent()


@operation("GET", "/drills/<drill_id>", needs=Action.ALERT, summary="Read a drill", gives=Drill)
def read_drill(drill_id: str) -> Drill:
    return drilling.get(store(), drill_id)


@operation(
    "POST",
    "/drills/<drill_id>/stop",
    needs=Action.ALERT,
    summary="End a drill, or call it off",
    body=ByCode,
    gives=Drill,
)
def stop_drill(drill_id: str, body: ByCode) -> Drill:
    return drilling.stop(store(), drill_id, authorise=for_sets(body.code), by=person(), at=now())


@operation(
    "GET",
    "/drills/<drill_id>/report",
    needs=Action.ALERT,
    summary="Tell which displays showed it, and after how long",
    gives=list[DrillRow],
)
def report_drill(drill_id: str) -> list[DrillRow]:
    drill = drilling.get(store(), drill_id)
    return [
        DrillRow(
            display=row.display.id, name=row.display.name, state=row.state, took_ms=row.took_ms
        )
        for row in drilling.report(store(), drill, by=person())
    ]
