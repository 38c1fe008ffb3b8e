"""The authenticators of the duty officer on the journey: each code once, without waiting."""

from signage.clock import now_ms
from signage.demo.installation import Installation
from signage.domain.factor import STEP_SECONDS, WINDOW_STEPS, Factor, code_at
from signage.keys import KeyFiles
from signage.store.book import Book
from signage.workflows.sealer import officer_factors

AUTHENTICATORS = 5
"""The journey acts on alerts several times within seconds; a code is good for one act."""


class Codes:
    """Codes of the officer's own authenticator first, then of spare ones."""

    def __init__(self, installation: Installation, login: str) -> None:
        settings = installation.settings
        book = Book.open(KeyFiles(settings.keys_folder, settings.fleet).sealer_folder)
        while len(officer_factors.factors_of(book, login)) < AUTHENTICATORS:
            officer_factors.enrol_code(book, login, at=now_ms(), name="journey")
        self._factors: list[Factor] = officer_factors.factors_of(book, login)
        self._used: dict[str, int] = {}
        book.close()

    def next(self) -> str:
        """A code that the sealer takes now."""
        at = now_ms()
        step = at // 1000 // STEP_SECONDS
        for ahead in range(WINDOW_STEPS + 1):
            for factor in self._factors:
                if self._used.get(factor.id, 0) < step + ahead:
                    self._used[factor.id] = step + ahead
                    return code_at(factor.secret, at + ahead * STEP_SECONDS * 1000)
        raise AssertionError("the journey acts more often than its authenticators allow")
