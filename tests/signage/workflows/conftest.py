"""The sealer's book, a house around it, and a template that was approved in it."""

from collections.abc import Iterator

import pytest

from signage.domain.alert_template import AlertTemplate
from signage.store.book import Book
from signage.workflows.alerts import alert_templates
from tests.signage.pleiku import APPROVER, DUTY_OFFICER, NOON
from tests.signage.workflows.alarm import FLOOD
from tests.signage.workflows.house import House


@pytest.fixture
def book(tmp_path) -> Iterator[Book]:
    book = Book.open(tmp_path / "keys" / "sealer")
    yield book
    book.close()


@pytest.fixture
def house(book, store) -> House:
    return House(book, store, two_people_from=0)


@pytest.fixture
def template(store, house) -> AlertTemplate:
    written = alert_templates.write(
        store,
        title="Lũ",
        words=FLOOD,
        areas=["Phường Hội Phú", "Phường Diên Hồng"],
        minutes=60,
        by=DUTY_OFFICER,
        at=NOON,
    )
    return alert_templates.approve(
        store, house.sealer, written.id, house.code(APPROVER), by=APPROVER, at=NOON
    )
