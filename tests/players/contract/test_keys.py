"""The key list: a key signs what its role allows, in its time, and not once it is revoked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.contract import documents
from players.contract.keys import SIGNED_BY, Key, KeyList, Role, refusal_of_keys, root_set
from players.contract.limits import DAY, MAX_CONTENT_KEY_LIFE
from players.contract.signature import Kind, Unsealed, encoded, key_id, open_sealed, seal
from tests.players.contract.builders import (
    MONDAY,
    base64_of,
    fixed_key,
    key_list,
    key_of,
    trusted,
)
from tests.players.contract.strategies import modest

CONTENT, ALERT, BEAT, ROOT, NEXT_ROOT = (fixed_key(number) for number in (1, 2, 3, 100, 101))
HOLDER = {role: fixed_key(number) for number, role in enumerate(Role, 5)}
HOLDER |= {Role.CONTENT: CONTENT, Role.ALERT: ALERT, Role.BEAT: BEAT}
FLEET_KEYS = key_list(*(key_of(key, role) for role, key in HOLDER.items()))


@pytest.mark.parametrize("kind", list(SIGNED_BY))
def test_only_the_key_of_the_right_role_signs_a_kind(kind: Kind) -> None:
    holder = HOLDER[SIGNED_BY[kind]]
    assert FLEET_KEYS.trusted_for(kind, MONDAY).keys() == {key_id(holder.public_key())}


def test_the_content_key_raises_no_alert() -> None:
    sealed = seal(b"{}", Kind.ALERTS, CONTENT)
    with pytest.raises(Unsealed):
        open_sealed(sealed, Kind.ALERTS, FLEET_KEYS.trusted_for(Kind.ALERTS, MONDAY))


def test_players_and_the_root_set_sign_what_the_table_leaves_out() -> None:
    assert set(Kind) - SIGNED_BY.keys() == {Kind.KEYS, Kind.STATUS, Kind.PLAYS, Kind.SCREENSHOT}


@modest
@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.booleans())
def test_a_key_signs_from_its_first_moment_to_its_last_unless_revoked(
    first: int, last: int, moment: int, revoked: bool
) -> None:
    key = key_of(ALERT, Role.ALERT, not_before=first, not_after=last, revoked=revoked)
    signs = bool(key_list(key).trusted_for(Kind.ALERTS, moment))
    assert signs == (first <= moment <= last and not revoked)


def test_a_revoked_key_is_named_so_that_what_it_sealed_can_be_undone() -> None:
    keys = key_list(key_of(CONTENT, revoked=True), key_of(ALERT, Role.ALERT))
    assert keys.revoked_ids() == {key_id(CONTENT.public_key())}


def test_a_good_key_list_has_nothing_wrong() -> None:
    assert refusal_of_keys(FLEET_KEYS) is None


def wrong(*keys: Key, **fields: object) -> str:
    sentence = refusal_of_keys(key_list(*keys, **fields))
    assert sentence is not None
    return sentence


def test_a_key_under_the_id_of_another_is_refused() -> None:
    posing = key_of(ALERT, Role.ALERT, id=key_id(BEAT.public_key()))
    assert "does not belong to its id" in wrong(posing)


def test_a_key_that_is_no_key_is_refused() -> None:
    assert "32 bytes" in wrong(key_of(ALERT, Role.ALERT, public="AAAA"))


def test_a_key_of_zeros_is_refused() -> None:
    assert "anybody can sign" in wrong(key_of(ALERT, Role.ALERT, public=base64_of(bytes(32))))


def test_a_content_key_lives_at_most_90_days() -> None:
    life = {"not_before": MONDAY, "not_after": MONDAY + MAX_CONTENT_KEY_LIFE}
    assert refusal_of_keys(key_list(key_of(CONTENT, **life))) is None
    life["not_after"] += 1
    assert "90 days" in wrong(key_of(CONTENT, **life))


def test_an_alert_key_may_live_for_years() -> None:
    long_lived = key_of(ALERT, Role.ALERT, not_after=MONDAY + 1825 * DAY)
    assert refusal_of_keys(key_list(long_lived)) is None


def test_one_key_in_two_roles_is_refused() -> None:
    assert "more than once" in wrong(key_of(BEAT, Role.BEAT), key_of(BEAT, Role.ALERT))


def test_a_key_both_revoked_and_not_is_refused() -> None:
    assert "more than once" in wrong(key_of(CONTENT, revoked=True), key_of(CONTENT))


def test_a_threshold_above_the_number_of_different_roots_is_refused() -> None:
    root = encoded(ROOT.public_key())
    assert "2 root signatures of 1" in wrong(roots=[root], threshold=2)
    assert "2 root signatures of 1" in wrong(roots=[root, root], threshold=2)


def test_a_root_set_that_could_sign_nothing_any_more_is_refused() -> None:
    assert "root set" in wrong(roots=["no key at all"])


def test_keys_of_a_role_that_is_not_known_are_skipped() -> None:
    later = Key(
        id="0" * 16,
        public="of another algorithm",
        role="billing",
        not_before=0,
        not_after=2**53,
    )
    keys = key_list(later, key_of(ALERT, Role.ALERT))
    assert refusal_of_keys(keys) is None
    assert all(later.id not in keys.trusted_for(kind, MONDAY) for kind in SIGNED_BY)


def test_the_next_root_set_is_trusted_through_the_one_before() -> None:
    handing_over = key_list(roots=[encoded(NEXT_ROOT.public_key())])
    sealed = seal(documents.encode(handing_over), Kind.KEYS, ROOT)
    payload, _ = open_sealed(sealed, Kind.KEYS, root_set([encoded(ROOT.public_key())]))
    new_roots = root_set(documents.decode(payload, KeyList).roots)
    assert new_roots.keys() == trusted(NEXT_ROOT).keys()
    with pytest.raises(Unsealed):
        open_sealed(sealed, Kind.KEYS, new_roots)


def test_a_root_set_that_can_not_be_read_is_refused() -> None:
    with pytest.raises(Unsealed):
        root_set(["AAAA"])
