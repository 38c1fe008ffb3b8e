"""Operations of people: who has an account, and the languages in which each reviews."""

import msgspec

from signage.domain.people import Action, Role, User
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.accounts import people


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person with a sign-in; `languages` are the tags of those in which they review."""

    id: str
    login: str
    name: str
    role: Role
    unit: str
    active: bool
    languages: tuple[str, ...]


class Tongues(msgspec.Struct, frozen=True, kw_only=True):
    """All languages in which a person reviews: jra, bdq, en."""

    languages: list[str]


@operation(
    "GET",
    "/people",
    needs=Action.MANAGE_PEOPLE,
    summary="List the people whom one may manage, by login",
    gives=list[Person],
)
def list_people() -> list[Person]:
    return [_shown(one) for one in people.users(store(), by=person())]


@operation(
    "PUT",
    "/people/<user_id>/languages",
    needs=Action.MANAGE_PEOPLE,
    summary="Say in which languages a person reviews translations",
    body=Tongues,
    gives=Person,
)
def set_languages(user_id: str, body: Tongues) -> Person:
    return _shown(
        people.update_user(store(), user_id, languages=body.languages, by=person(), at=now())
    )


def _shown(user: User) -> Person:
    return msgspec.convert(user, Person, from_attributes=True)
