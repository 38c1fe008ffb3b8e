"""Holds by REST: place, list, extend and lift."""

from signage.domain.hold import Hold, HoldKind
from signage.domain.people import Action
from signage.web.api.confirming import MaybeByCode, for_sets
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.sets import holding


class Wanted(MaybeByCode, frozen=True, kw_only=True):
    """A hold: blank, safe or meeting; targets as of an alert; its end in ms."""

    kind: HoldKind
    targets: list[str]
    until: int
    why: str = ""


class OtherEnd(MaybeByCode, frozen=True, kw_only=True):
    """Another end of a hold, in ms."""

    until: int


@operation(
    "POST",
    "/holds",
    needs=Action.HOLD,
    summary="Keep displays dark, on the safe slide or in a meeting",
    body=Wanted,
    gives=Hold,
    status=201,
)
def place_hold(body: Wanted) -> Hold:
    return holding.place(
        store(),
        body.kind,
        targets=body.targets,
        until=body.until,
        why=body.why,
        authorise=for_sets(body.code),
        by=person(),
        at=now(),
    )


@operation(
    "GET", "/holds", needs=Action.HOLD, summary="List the holds that run now", gives=list[Hold]
)
def list_holds() -> list[Hold]:
    return store().holds.live(now())


@operation("GET", "/holds/<hold_id>", needs=Action.HOLD, summary="Read a hold", gives=Hold)
def read_hold(hold_id: str) -> Hold:
    return holding.get(store(), hold_id)


@operation(
    "POST",
    "/holds/<hold_id>/extend",
    needs=Action.HOLD,
    summary="Let a hold end at another time",
    body=OtherEnd,
    gives=Hold,
)
def extend_hold(hold_id: str, body: OtherEnd) -> Hold:
    return holding.extend(
        store(),
        hold_id,
        until=body.until,
        authorise=for_sets(body.code),
        by=person(),
        at=now(),
    )


@operation(
    "POST",
    "/holds/<hold_id>/lift",
    needs=Action.HOLD,
    summary="Give the displays back to their schedule",
    body=MaybeByCode,
    gives=Hold,
)
def lift_hold(hold_id: str, body: MaybeByCode) -> Hold:
    return holding.lift(store(), hold_id, authorise=for_sets(body.code), by=person(), at=now())
