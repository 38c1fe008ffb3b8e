"""A sealer aside of the pages under test: its book, its answers, and the phones of officers."""

from datetime import UTC, datetime
from pathlib import Path

from signage.asking import Answering, asking_path
from signage.clock import now_ms
from signage.demo.journey.codes import Codes
from signage.domain.act import Act
from signage.domain.alert import Alert
from signage.domain.factor import MAX_FACTORS
from signage.domain.people import Role, User
from signage.domain.two_people import Policy
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.store.ledger import Ledger
from signage.workflows.alerts.alert_mirror import mirror
from signage.workflows.sealer import authorising, authorising_sets, officer_factors
from signage.workflows.sealer.authorising import Authorise
from signage.workflows.sealer.authorising_sets import Asked, AuthoriseSet
from signage.workflows.sealer.officer_factors import Site
from signage.workflows.sealer.sealer_answers import Answers
from tests.signage.pleiku import person


def freely_set(ledger: Ledger) -> AuthoriseSet:
    """Authorise whatever is asked of holds and drills, for tests of what comes before or after."""

    def authorise(act: Asked, by: User, at: int, /) -> Asked:
        with ledger.transaction():
            done = authorising_sets.result_of(ledger, act, at=at)
            authorising_sets.record(ledger, done, who=by.login, unit=by.unit, at=at)
        return done

    return authorise


def freely(ledger: Ledger) -> Authorise:
    """Authorise whatever is asked of alerts, for tests of what comes before or after."""

    def authorise(act: Act, by: User, at: int) -> Alert:
        with ledger.transaction():
            alert = authorising.result_of(ledger, act, at=at)
            authorising.record(ledger, alert, act, who=by.login, unit=by.unit, at=at)
        return alert

    return authorise


class Phone:
    """Authenticators of one person: each code once, so that no test waits for the next."""

    def __init__(self, book: Book, login: str) -> None:
        while len(officer_factors.factors_of(book, login)) < MAX_FACTORS - 2:
            officer_factors.enrol_code(book, login, at=now_ms())
        self._codes = Codes(officer_factors.factors_of(book, login))

    def code(self) -> str:
        """A code that the sealer takes now."""
        return self._codes.next()


class SealerAside:
    """Answers as `signage sealer` does, and tells the database; it has no broker."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.store = store
        self.book = Book.open(settings.keys_folder / "sealer")
        site = Site(origin=settings.controller_url)
        self._site = site
        self.answers = Answers(
            self.book,
            site,
            clock=now_ms,
            authorised=self.tell,
            profiles=store.profiles.by_id,
        )
        self.other = person(Role.DUTY_OFFICER, "pleiku-city", "truc-ban-2")
        self._server: Answering | None = None
        self._path: Path = asking_path(settings.home_path, "sealer")

    def two_people(self) -> None:
        """From now on two people must confirm every alert."""
        self.answers = Answers(
            self.book,
            self._site,
            clock=now_ms,
            authorised=self.tell,
            policy=Policy(two_people_from=0),
        )
        self.stop()
        self.start()

    def now(self) -> int:
        return now_ms()

    def tomorrow(self) -> str:
        return datetime.fromtimestamp(now_ms() / 1000 + 86_400, UTC).strftime("%d/%m/%Y")

    def tell(self) -> None:
        mirror(self.book, self.store, at=now_ms())

    def authorise(self, act: Act, by: User, at: int) -> Alert | None:
        """Authorise without a factor, as if it had been given."""
        done = freely(self.book)(act, by, at)
        self.tell()
        return done

    def authorise_set(self, act: Asked, by: User, at: int, /) -> Asked:
        """Authorise an act on a hold or a drill without a factor, as if it had been given."""
        done = freely_set(self.book)(act, by, at)
        self.tell()
        return done

    def phone(self, login: str) -> Phone:
        return Phone(self.book, login)

    def start(self) -> None:
        self._server = Answering(self._path, self.answers.answer)

    def stop(self) -> None:
        if self._server:
            self._server.close()
        self._server = None

    def close(self) -> None:
        self.stop()
        self.book.close()
