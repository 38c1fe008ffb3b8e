"""Commands to players by REST."""

import msgspec

from signage.domain.command import Command, CommandAct
from signage.domain.people import Action
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.displays import commanding


class Ordered(msgspec.Struct, frozen=True, kw_only=True):
    """What the player shall do: identify, screenshot, test_pattern or restart."""

    act: CommandAct


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A command and what came of it: waiting, sent, done, refused or lost."""

    command: Command
    outcome: str


@operation(
    "POST",
    "/displays/<display_id>/commands",
    needs=Action.HOLD,
    summary="Have the player of a display do something now",
    body=Ordered,
    gives=Command,
    status=201,
)
def order_command(display_id: str, body: Ordered) -> Command:
    return commanding.order(store(), display_id, body.act, by=person(), at=now())


@operation(
    "GET",
    "/displays/<display_id>/commands",
    needs=Action.HOLD,
    summary="List the newest commands to a display with what came of them",
    gives=list[Outcome],
)
def list_commands(display_id: str) -> list[Outcome]:
    ordered = commanding.ordered(store(), display_id, by=person(), at=now())
    return [Outcome(command=one, outcome=outcome) for one, outcome, _ in ordered]
