"""Programs that act for people by token."""

from collections.abc import Callable

import pytest
from flask import Flask

from signage.domain.people import User, granted_to
from signage.store import Store
from signage.web.context import now
from signage.workflows.accounts import people
from tests.signage.web.api.program import Program


@pytest.fixture
def program(app: Flask, store: Store) -> Callable[..., Program]:
    """Give a program a token of a person, with all rights of the role or those named."""

    def with_token(person: User, *scopes: str) -> Program:
        chosen = [one for one in granted_to(person) if not scopes or one.value in scopes]
        at = now()
        secret = people.issue_token(
            store, name="test", scopes=chosen, expires_at=at + 3_600_000, by=person, at=at
        )
        return Program(app, secret)

    return with_token
