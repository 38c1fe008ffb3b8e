"""One installation for all attacks; each begins with an alert on the board, as on a bad day."""

import itertools
from collections.abc import Iterator

import pytest

from signage.domain.alert import Alert
from tests.journeys.attacks.field import Field
from tests.mosquitto import running

NUMBERS = itertools.count(1)


@pytest.fixture(scope="package")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    folder = tmp_path_factory.mktemp("field")
    with running(folder) as broker:
        field = Field(folder, broker)
        field.start()
        try:
            yield field
        finally:
            field.close()


@pytest.fixture
def alert(field: Field) -> Iterator[Alert]:
    """A real alert that an officer has raised; it is on the board."""
    raised = field.raises(f"Lũ trên sông Ba, tin số {next(NUMBERS)}")
    field.shows_alert(raised)
    yield raised
    field.clears(raised)
    field.shows("safe")
