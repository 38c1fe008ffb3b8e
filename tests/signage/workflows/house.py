"""A sealer whose officers, approver among them, have authenticators; no socket and no broker."""

from players.contract.limits import DAY
from signage.domain.act import Act
from signage.domain.factor import APPROVE, Code, code_at
from signage.domain.people import Role
from signage.domain.two_people import Policy
from signage.store import Store
from signage.store.book import Book
from signage.workflows.sealer import officer_factors
from signage.workflows.sealer.at_sealer import AtSealer
from signage.workflows.sealer.officer_factors import Site
from signage.workflows.sealer.sealer_answers import Answers
from signage.workflows.sealer.sealer_talk import GrantStanding
from tests.signage.pleiku import APPROVER, DUTY_OFFICER, NOON, WARD, person

OTHER = person(Role.DUTY_OFFICER, "pleiku-city", "truc-ban-2")


class House:
    """A sealer with a policy of two people, and everybody's authenticators."""

    def __init__(self, book: Book, store: Store, *, two_people_from: int) -> None:
        self.book, self.at = book, NOON
        answers = Answers(
            book,
            Site(origin="https://x"),
            clock=lambda: self.at,
            authorised=lambda: None,
            policy=Policy(two_people_from=two_people_from),
            profiles=store.profiles.by_id,
        )
        self.sealer = AtSealer(answers.answer)
        self.secrets = {
            login: officer_factors.enrol_code(book, login, at=NOON, may=may).secret
            for login, may in (
                (DUTY_OFFICER.login, "alert"),
                (OTHER.login, "alert"),
                (APPROVER.login, APPROVE),
            )
        }

    def code(self, who) -> Code:
        """The next code of somebody's authenticator."""
        self.at += 30_000
        return Code(digits=code_at(self.secrets[who.login], self.at))

    def confirm(self, act: Act, who, *, alone: bool = False):
        return self.sealer.confirmer(self.code(who), alone=alone)(act, who, self.at)


def granted(house, template, **changes) -> str:
    asked = {
        "login": DUTY_OFFICER.login,
        "sender": "CAP",
        "templates": [template.id],
        "targets": [f"unit:{WARD.id}"],
        "until": NOON + DAY,
        "given": house.code(DUTY_OFFICER),
    }
    return house.sealer.grant(GrantStanding(**(asked | changes)))
