"""The parts of a process's rounds: each fails alone, and some are due only now and then."""

from collections.abc import Callable

import structlog

from signage.workflows.publication.sealing import ClockWrong

log = structlog.get_logger()


class Rounds:
    """Runs the parts of a round, so that a full disk or a wrong clock in one stops no other.

    A part that fails is told once, and once when it goes well again.
    """

    def __init__(self) -> None:
        self._failing: dict[str, str] = {}
        self._due_at: dict[str, int] = {}

    def attempt(self, what: str, part: Callable[[int], None], at: int) -> bool:
        """Run `part` of a round at `at` and say whether it went well; `what` tells what it does."""
        try:
            part(at)
        except ClockWrong as error:
            self._tell(what, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round may go well
            self._tell(what, f"{type(error).__name__}: {error}", traceback=True)
        else:
            if self._failing.pop(what, None) is not None:
                log.info("possible again", what=what)
            return True
        return False

    def is_due(self, what: str, every: int, at: int) -> bool:
        """Say, at most once in `every` ms, that something is due at `at`."""
        due_at = self._due_at.get(what, 0)
        # Further ahead than `every`: the clock was set back meanwhile.
        if at < due_at <= at + every:
            return False
        self._due_at[what] = at + every
        return True

    def _tell(self, what: str, why: str, *, traceback: bool = False) -> None:
        if self._failing.get(what) != why:
            log.error("not possible", what=what, why=why, exc_info=traceback)
        self._failing[what] = why
