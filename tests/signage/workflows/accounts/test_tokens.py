"""API tokens act for a person, within scopes, until a date."""

import pytest

from signage.domain.people import Action, NotAllowed
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.accounts import people
from signage.workflows.content import editing
from tests.signage.pleiku import ADMINISTRATOR, NOON, OFFICER, OTHER_OFFICER, WARD

DAY = 86_400_000


def issue(store: Store, *scopes: Action, days: int = 30) -> str:
    return people.issue_token(
        store,
        name="Cổng thông tin",
        scopes=scopes,
        expires_at=NOON + days * DAY,
        by=OFFICER,
        at=NOON,
    )


def test_a_token_acts_for_its_person(store: Store) -> None:
    secret = issue(store, Action.VIEW, Action.EDIT)
    program = people.user_of_token(store, secret, at=NOON)
    assert program is not None
    assert program.login == OFFICER.login
    created = editing.create_playlist(store, unit=WARD.id, title="Tin", by=program, at=NOON)
    assert created.created_by == OFFICER.id


def test_a_token_stays_within_its_scopes(store: Store) -> None:
    program = people.user_of_token(store, issue(store, Action.VIEW), at=NOON)
    assert program is not None
    with pytest.raises(NotAllowed):
        editing.create_playlist(store, unit=WARD.id, title="Tin", by=program, at=NOON)


def test_a_token_ends_on_its_date_when_revoked_and_when_its_person_is_locked(store: Store) -> None:
    secret = issue(store, Action.VIEW)
    assert people.user_of_token(store, secret, at=NOON + 30 * DAY) is None
    people.update_user(store, OFFICER.id, active=False, by=ADMINISTRATOR, at=NOON)
    assert people.user_of_token(store, secret, at=NOON) is None
    people.update_user(store, OFFICER.id, active=True, by=ADMINISTRATOR, at=NOON)
    [token] = people.tokens(store, by=OFFICER)
    people.revoke_token(store, token.id, by=OFFICER, at=NOON)
    assert people.user_of_token(store, secret, at=NOON) is None


def test_a_made_up_secret_is_nobody(store: Store) -> None:
    assert people.user_of_token(store, "sgn_" + "a" * 43, at=NOON) is None


def test_a_scope_beyond_the_role_and_a_date_beyond_a_year_are_refused(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        issue(store, Action.ALERT)
    assert refused.value.field == "scopes"
    with pytest.raises(Refused) as refused:
        issue(store, Action.VIEW, days=400)
    assert refused.value.field == "expires_at"


def test_a_token_makes_no_further_tokens(store: Store) -> None:
    program = people.user_of_token(store, issue(store, Action.VIEW), at=NOON)
    assert program is not None
    with pytest.raises(NotAllowed):
        people.issue_token(
            store, name="x", scopes=[Action.VIEW], expires_at=NOON + DAY, by=program, at=NOON
        )


def test_a_token_is_revoked_by_its_person_only(store: Store) -> None:
    issue(store, Action.VIEW)
    [token] = people.tokens(store, by=OFFICER)
    with pytest.raises(NotAllowed):
        people.revoke_token(store, token.id, by=OTHER_OFFICER, at=NOON)
