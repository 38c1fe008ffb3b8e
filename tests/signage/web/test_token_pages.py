import re
from collections.abc import Callable

from signage.store import Store
from signage.workflows.accounts import people
from tests.signage.pleiku import NOON, OFFICER
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_a_token_is_shown_once_and_works(visit: Visit, stranger: Visitor) -> None:
    visitor = visit(OFFICER)
    visitor.open("/tokens")
    page = visitor.send("/tokens", name="Máy chủ thời tiết", scopes=["view", "edit"], days="30")
    secret = re.search(r"sgn_[\w-]+", page.text)
    assert secret
    assert secret[0] not in visitor.open("/tokens").text
    answer = stranger.open("/api/v1/playlists", headers={"Authorization": f"Bearer {secret[0]}"})
    assert answer.status_code == 200


def test_a_token_has_scopes_of_its_person_only(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    visitor.open("/tokens")
    answer = visitor.send("/tokens", name="x", scopes=["alert"], days="30")
    assert answer.status_code == 422
    assert 'id="token-scopes-wrong"' in answer.text
    assert people.tokens(store, by=OFFICER) == []


def test_a_token_is_ended_at_once(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    visitor.open("/tokens")
    visitor.send("/tokens", name="x", scopes=["view"], days="30")
    (token,) = people.tokens(store, by=OFFICER)
    visitor.open("/tokens")
    page = visitor.send(f"/tokens/{token.id}/revoke", follow=True)
    assert "Đã thu hồi" in words(page)
    assert not people.tokens(store, by=OFFICER)[0].is_good_at(NOON)
