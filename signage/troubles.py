"""What goes wrong in a process that goes on: told once when it begins, once when it is over."""

from collections.abc import Callable

import structlog

from signage.workflows.sealing import ClockWrong

log = structlog.get_logger()


class Troubles:
    """Runs the parts of a round, so that a full disk or a wrong clock in one stops no other."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}

    def attempt(self, what: str, part: Callable[[int], None], at: int) -> bool:
        """Run `part` of a round at `at` and say whether it went well; `what` tells what it does."""
        try:
            part(at)
        except ClockWrong as error:
            self._tell(what, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round may go well
            self._tell(what, f"{type(error).__name__}: {error}", traceback=True)
        else:
            if self._now.pop(what, None) is not None:
                log.info("possible again", what=what)
            return True
        return False

    def _tell(self, what: str, why: str, *, traceback: bool = False) -> None:
        if self._now.get(what) != why:
            log.error("not possible", what=what, why=why, exc_info=traceback)
        self._now[what] = why
