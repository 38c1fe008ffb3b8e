"""The pages of the small Pleiku, and visitors who open and send them without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from flask import Flask

from signage.app import create_app, settle
from signage.domain.people import User
from signage.settings import Settings
from signage.store import Store
from signage.web.sign_in_pages import limiter
from signage.workflows.accounts.passwords import hashed
from tests.signage.pleiku import CHEAP, DUTY_OFFICER, PEOPLE
from tests.signage.sealing import Phone, SealerAside
from tests.signage.web.visitor import PASSWORD, Visitor


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=str(tmp_path),
        password_passes=CHEAP.passes,
        password_memory_kib=CHEAP.memory_kib,
    )


@pytest.fixture
def at_sealer(store: Store, settings: Settings) -> Iterator[SealerAside]:
    """The sealer's book and answers, without a broker."""
    aside = SealerAside(settings, store)
    aside.start()
    yield aside
    aside.close()


@pytest.fixture
def phone(at_sealer: SealerAside) -> Phone:
    """The duty officer's authenticators."""
    return at_sealer.phone(DUTY_OFFICER.login)


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Its routes and templates are compiled once; each test settles it in a house of its own."""
    home = tmp_path_factory.mktemp("built")
    made = create_app(Settings(home=str(home)))
    made.testing = True
    return made


@pytest.fixture
def app(_built: Flask, store: Store, settings: Settings) -> Iterator[Flask]:
    cost = msgspec.structs.replace(CHEAP, lanes=2)
    kept = hashed(PASSWORD, cost)
    with store.transaction():
        for person in PEOPLE:
            store.users.set_password_hash(person.id, kept)
    before = dict(_built.config)
    settle(_built, settings, store)
    with _built.app_context():
        limiter.reset()
    yield _built
    _built.config.clear()
    _built.config.update(before)


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def visit(app: Flask) -> Callable[[User], Visitor]:
    """Sign a person in."""

    def signed_in(person: User) -> Visitor:
        visitor = Visitor(app)
        visitor.sign_in(person.login)
        return visitor

    return signed_in
