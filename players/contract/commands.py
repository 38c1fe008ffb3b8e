"""A command to one player: to be done now or not at all."""

from typing import Annotated, Final

from msgspec import Meta

from players.contract import limits
from players.contract.types import END, Document, Moment, Name, ShortText

IDENTIFY: Final = "identify"
SCREENSHOT: Final = "screenshot"
TEST_PATTERN: Final = "test_pattern"
RESTART: Final = "restart"


class Command(Document, frozen=True, kw_only=True):
    """Numbered by its serial and dead after `expires_at`: a command heard again does nothing.

    `act` says what to do; one not known here is told as such in the status (rule V). `words` is
    what `identify` writes over the picture.
    """

    display: Name
    act: Annotated[str, Meta(pattern=r"^[a-z_]{1,20}" + END)]
    expires_at: Moment
    words: ShortText = ""


def refusal_of_command(command: Command) -> str | None:
    """Say what is wrong inside a command that can be read, or None."""
    if command.expires_at - command.issued_at > limits.MAX_COMMAND_LIFE:
        return "command would stay valid for more than 10 minutes"
    return None


def is_of_now(command: Command, now: int) -> bool:
    """Say whether a command may be carried out at player time `now`."""
    return command.issued_at - limits.MAX_AHEAD <= now < command.expires_at
