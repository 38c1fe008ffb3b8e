"""Commands to a player: what can be asked of it now, by whom, and what came of it."""

from enum import StrEnum

import msgspec

from players.contract.limits import MINUTE

COMMAND_LIFE = 2 * MINUTE
"""A command that has not reached its player by then is not carried out any more."""


class CommandAct(StrEnum):
    """What a player can be told to do; the words are those of the contract."""

    IDENTIFY = "identify"
    SCREENSHOT = "screenshot"
    TEST_PATTERN = "test_pattern"
    RESTART = "restart"


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """One command to one display. `serial` is its number once it is sealed and sent."""

    id: str
    display: str
    act: CommandAct
    by: str
    at: int
    expires_at: int
    serial: int | None = None
