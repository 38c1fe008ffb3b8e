from collections.abc import Callable

import pytest

from tests.signage.pleiku import OFFICER
from tests.signage.web.visitor import PASSWORD, Visitor, words

Visit = Callable[..., Visitor]
NEW = "mot mat khau khac"


def test_the_new_password_works_and_the_old_one_no_longer(visit: Visit, stranger: Visitor) -> None:
    visitor = visit(OFFICER)
    visitor.open("/account")
    visitor.send("/account", old_password=PASSWORD, password=NEW, again=NEW, follow=True)
    assert stranger.sign_in(OFFICER.login, PASSWORD).status_code == 422
    assert stranger.sign_in(OFFICER.login, NEW).status_code == 303


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"old_password": "sai", "password": NEW, "again": NEW}, "old_password"),
        ({"old_password": PASSWORD, "password": "ngan", "again": "ngan"}, "password"),
        ({"old_password": PASSWORD, "password": NEW, "again": "khac"}, "again"),
    ],
)
def test_a_mistake_is_told_at_its_field(visit: Visit, values, field: str) -> None:
    visitor = visit(OFFICER)
    visitor.open("/account")
    answer = visitor.send("/account", **values)
    assert answer.status_code == 422
    assert f'id="account-{field}-wrong"' in answer.text
    assert NEW not in words(answer)
