"""The duty officer of the bench: drafts, confirms by a code at the real sealer, clears."""

import time

from bench._fleet_city import REAL, City
from bench.publishing import DISPLAYS, DUTY
from players.contract.limits import HOUR
from signage.asking import ask
from signage.clock import now_ms
from signage.domain.act import Proposal
from signage.domain.alert import AlertWords
from signage.domain.factor import Code, code_at
from signage.wake import wake
from signage.workflows.alerts import alerting
from signage.workflows.sealer import officer_factors
from signage.workflows.sealer.at_sealer import AtSealer
from signage.workflows.sealer.authorising_sets import AuthoriseSet

GREEN_MS = 5000
"""Longer than any player takes, so that the green page is seen on each."""


class Officer:
    """Each act is confirmed by the code of an authenticator of its own, so that none waits."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._home = city.settings.home_path
        self._sealer = AtSealer(lambda request: ask(self._home, "sealer", request))
        self._number = 0

    def drafts(self) -> Proposal:
        """Words that nobody has seen before, drawn for both kinds of display."""
        self._number += 1
        words = AlertWords(
            headline=f"Lũ khẩn cấp, tin {_letters(self._number)}",
            body="Lên chỗ cao.",
            area="Hội Phú",
            sender="BCH PTDS",
            level=3,
        )
        at = now_ms()
        return alerting.draft(
            self._city.store, words, targets=["all"], until=at + HOUR, by=DUTY, at=at
        )

    def arms(self, drafted: Proposal, *, displays: tuple[str, ...] = REAL) -> None:
        """Let the pages go ahead, until they are there: what happens while the preview is read."""
        wake(self._home, "sealer")
        self._city.armed(
            {
                profile: [page.blob for page in pages]
                for profile, pages in drafted.alert.pages.items()
            },
            displays,
        )

    def confirms(self, proposal: Proposal) -> int:
        """Click; the moment of it in ns. `answered` is how long the sealer took to answer."""
        code = self._fresh_code()
        clicked = time.time_ns()
        alerting.confirm(
            self._city.store,
            proposal.id,
            authorise=self._sealer.confirmer(code),
            expected_displays=DISPLAYS,
            by=DUTY,
            at=now_ms(),
        )
        self.answered = time.time_ns() - clicked
        return clicked

    def clears(self, proposal: Proposal) -> int:
        """Give the all clear to what was raised; the moment of the click in ns."""
        over = alerting.propose_all_clear(
            self._city.store, proposal.alert.id, green_for=GREEN_MS, by=DUTY, at=now_ms()
        )
        return self.confirms(over)

    def for_sets(self) -> AuthoriseSet:
        """What asks the sealer for one act on a hold or a drill."""
        return self._sealer.for_sets(self._fresh_code())

    def _fresh_code(self) -> Code:
        book, at = self._city.book, now_ms()
        for old in officer_factors.factors_of(book, DUTY.login):
            officer_factors.remove(book, old.id, at=at)
        secret = officer_factors.enrol_code(book, DUTY.login, at=at).secret
        return Code(digits=code_at(secret, at))


def _letters(number: int) -> str:
    """A name for each alert; figures might be taken for a telephone."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))
