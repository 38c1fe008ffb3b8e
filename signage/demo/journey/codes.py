"""The authenticators of the duty officer on the journey: each code once, without waiting."""

from collections.abc import Sequence

from signage.clock import now_ms
from signage.demo.installation import Installation
from signage.domain.factor import STEP_SECONDS, WINDOW_STEPS, Factor, code_at
from signage.keys import KeyFiles
from signage.store.book import Book
from signage.workflows.sealer import officer_factors

AUTHENTICATORS = 5
"""The journey acts on alerts several times within seconds; a code is good for one act."""


class Codes:
    """Codes of the authenticators that it is given, the officer's own first."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        self._factors = factors
        self._used: dict[str, int] = {}

    @classmethod
    def of(cls, installation: Installation, login: str) -> "Codes":
        """Those of `login`, with as many spare ones as the journey needs."""
        settings = installation.settings
        book = Book.open(KeyFiles(settings.keys_folder, settings.fleet).sealer_folder)
        while len(officer_factors.factors_of(book, login)) < AUTHENTICATORS:
            officer_factors.enrol_code(book, login, at=now_ms(), name="journey")
        factors = officer_factors.factors_of(book, login)
        book.close()
        return cls(factors)

    def next(self) -> str:
        """A code that the sealer takes now."""
        at = now_ms()
        step = at // 1000 // STEP_SECONDS
        for ahead in range(WINDOW_STEPS + 1):
            for factor in self._factors:
                if self._used.get(factor.id, 0) < step + ahead:
                    self._used[factor.id] = step + ahead
                    return code_at(factor.secret, at + ahead * STEP_SECONDS * 1000)
        raise AssertionError("more acts within half a minute than there are authenticators")
