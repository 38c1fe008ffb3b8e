"""Commands to players: asked for by a person, sealed and numbered by the sealer, sent once."""

from collections import deque
from typing import NamedTuple

import msgspec

from players.contract import topics
from players.contract.commands import Command as SealedCommand
from players.contract.limits import MINUTE
from players.contract.reports import Obeyed, Status
from players.contract.signature import Kind
from signage.domain.command import COMMAND_LIFE, Command, CommandAct
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.store.ids import new_id
from signage.store.publications import Sealed
from signage.workflows.accounts.permission import demand
from signage.workflows.publication.sealing import SealingDesk, hash_of

MAX_COMMANDS_A_MINUTE = 12
MAX_RESTARTS, RESTARTS_WITHIN = 2, 5 * MINUTE


class Ordered(NamedTuple):
    """A command, what came of it (see `outcome_of`), and the player's own word for that."""

    command: Command
    outcome: str
    word: str


def order(store: Store, display_id: str, act: CommandAct, *, by: User, at: int) -> Command:
    """Ask the player of a display to do something now; raises Refused."""
    display = store.displays.get(display_id)
    demand(store, by, Action.HOLD, display.unit)
    if display.retired_at is not None:
        raise NotFound(N_("Màn hình này đã ngừng dùng."), field="display")
    latest = store.commands.latest(display_id, limit=MAX_COMMANDS_A_MINUTE)
    if len(latest) == MAX_COMMANDS_A_MINUTE and latest[-1].at > at - MINUTE:
        raise Refused(N_("Màn hình này vừa nhận nhiều lệnh. Hãy đợi một phút rồi thử lại."))
    command = Command(
        id=new_id(), display=display_id, act=act, by=by.id, at=at, expires_at=at + COMMAND_LIFE
    )
    with store.transaction():
        store.commands.save(command)
        store.audit.record(
            who=by.login,
            act="display.commanded",
            subject=f"display:{display_id}",
            unit=display.unit,
            at=at,
            detail={"act": act.value},
        )
    return command


class Restraint:
    """How often each display may be told something, by the sealer's own count.

    Commands stand in the database without anybody's factor: whoever writes there must not keep a
    player restarting, which would keep alerts off its board.
    """

    def __init__(self) -> None:
        self._told: deque[tuple[str, CommandAct, int]] = deque()

    def lets(self, command: Command, at: int) -> bool:
        """Say whether this one may be sealed now."""
        while self._told and not 0 <= at - self._told[0][2] < RESTARTS_WITHIN:
            self._told.popleft()
        mine = [(act, since) for display, act, since in self._told if display == command.display]
        restarts = sum(act is CommandAct.RESTART for act, _ in mine)
        lately = sum(at - since < MINUTE for _, since in mine)
        may_restart = command.act is not CommandAct.RESTART or restarts < MAX_RESTARTS
        return may_restart and lately < MAX_COMMANDS_A_MINUTE

    def note(self, command: Command, at: int) -> None:
        """Count one that is sealed."""
        self._told.append((command.display, command.act, at))


def seal_commands(
    store: Store, desk: SealingDesk, *, restraint: Restraint, at: int
) -> list[Sealed]:
    """Seal what was asked for and is not too old; each is sent once, and never kept by a broker.

    What is too much waits until it is too old.
    """
    waiting = store.commands.unsent(since=at - COMMAND_LIFE)
    if not waiting:
        return []
    desk.check_clock(store, at)
    sealed = []
    with store.transaction():
        for one in waiting:
            if restraint.lets(one, at):
                sealed.append(_seal(store, desk, one, at))
                restraint.note(one, at)
    return sealed


def outcome_of(command: Command, status: Status | None, *, at: int) -> str:
    """What came of a command, by the player's own sealed word.

    waiting, sent, done, refused (the status says why), or lost when it ran out of time.
    """
    if obeyed := obeyed_of(command, status):
        return "done" if obeyed.result == "done" else "refused"
    if status and command.act is CommandAct.RESTART and status.started_at > command.at:
        return "done"
    if at < command.expires_at:
        return "waiting" if command.serial is None else "sent"
    return "lost"


def obeyed_of(command: Command, status: Status | None) -> Obeyed | None:
    """What the player says of this command, as long as it is among its newest."""
    told = [status.command, *status.commands] if status else []
    return next((one for one in told if one and one.number == command.serial), None)


def ordered(store: Store, display_id: str, *, by: User, at: int) -> list[Ordered]:
    """The newest commands to a display, newest first, each with what came of it."""
    demand(store, by, Action.HOLD, store.displays.get(display_id).unit)
    reported = store.reports.status(display_id)
    status = reported.status if reported else None
    latest = store.commands.latest(display_id)
    return [
        Ordered(one, outcome_of(one, status, at=at), obeyed.result if obeyed else "")
        for one in latest
        for obeyed in [obeyed_of(one, status)]
    ]


def _seal(store: Store, desk: SealingDesk, command: Command, at: int) -> Sealed:
    name = store.displays.get(command.display).name
    sealed = desk.commit(
        store,
        kind=Kind.COMMAND,
        topic=topics.commands(desk.fleet, command.display),
        addressee=command.display,
        says=hash_of([command.id]),
        document=lambda header: SealedCommand(
            **header,
            display=command.display,
            act=command.act.value,
            expires_at=min(command.expires_at, at + COMMAND_LIFE),
            words=f"{name}\n{command.display}",
        ),
        at=at,
    )
    store.commands.save(msgspec.structs.replace(command, serial=sealed.serial))
    return sealed
