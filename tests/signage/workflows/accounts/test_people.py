"""People sign in with their password, and only they."""

from pathlib import Path

import pytest

from signage.domain.people import NotAllowed, Role, User
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.accounts import people
from signage.workflows.accounts.passwords import PasswordCost
from tests.signage.pleiku import ADMINISTRATOR, CHEAP, CITY, NOON, OFFICER, WARD, person

PASSWORD = "mưa rừng Pleiku 2026"


def create(store: Store, login: str = "lan", **changes: object) -> User:
    details = {"name": "Nguyễn Thị Lan", "role": Role.WARD_OFFICER, "unit": WARD.id}
    details |= {"password": PASSWORD, "by": ADMINISTRATOR}
    return people.create_user(
        store,
        login=login,
        at=NOON,
        cost=CHEAP,
        **(details | changes),
    )


def sign_in(store: Store, login: str, password: str, cost: PasswordCost = CHEAP) -> User | None:
    return people.authenticate(store, login, password, at=NOON, cost=cost)


def test_the_right_password_signs_in_and_the_wrong_one_does_not(store: Store) -> None:
    lan = create(store)
    assert sign_in(store, " LAN ", PASSWORD) == lan
    assert sign_in(store, "lan", PASSWORD + "!") is None
    assert sign_in(store, "nobody", PASSWORD) is None


def test_a_password_typed_in_decomposed_letters_is_the_same(store: Store) -> None:
    lan = create(store, password="Hội Phú quê tôi")
    assert sign_in(store, "lan", "Hô\u0323i Phu\u0301 quê tôi") == lan


def test_a_locked_person_does_not_sign_in(store: Store) -> None:
    lan = create(store)
    people.update_user(store, lan.id, active=False, by=ADMINISTRATOR, at=NOON)
    assert sign_in(store, "lan", PASSWORD) is None


def test_a_person_without_a_password_does_not_sign_in(store: Store) -> None:
    assert sign_in(store, OFFICER.login, "") is None
    assert sign_in(store, OFFICER.login, "nobody has this password") is None


def test_a_login_belongs_to_one_person(store: Store) -> None:
    create(store)
    with pytest.raises(Refused, match="đã có người dùng") as refused:
        create(store, login="Lan")
    assert refused.value.field == "login"


@pytest.mark.parametrize(
    ("field", "value"), [("login", "Bà Lan"), ("name", " "), ("password", "ngắn"), ("unit", "x")]
)
def test_a_person_needs_a_good_login_name_password_and_unit(
    store: Store, field: str, value: str
) -> None:
    before = store.users.all()
    with pytest.raises(Refused):
        create(store, **({"login": value} if field == "login" else {field: value}))
    assert store.users.all() == before


def test_only_an_administrator_creates_people(store: Store) -> None:
    with pytest.raises(NotAllowed):
        create(store, by=OFFICER)


def test_an_administrator_of_a_ward_creates_nobody_for_the_city(store: Store) -> None:
    ward_administrator = person(Role.ADMINISTRATOR, WARD.id)
    with pytest.raises(NotAllowed):
        create(store, by=ward_administrator, unit=CITY.id)


def test_nobody_changes_the_own_role(store: Store) -> None:
    with pytest.raises(NotAllowed):
        people.update_user(store, ADMINISTRATOR.id, role=Role.APPROVER, by=ADMINISTRATOR, at=NOON)


def test_a_new_password_ends_the_old_one_and_its_sessions(store: Store) -> None:
    lan = create(store)
    stamp = store.users.session_stamp(lan.id)
    with pytest.raises(Refused) as refused:
        people.change_password(store, "sai rồi nhé", "nắng lên rồi đó", by=lan, at=NOON, cost=CHEAP)
    assert refused.value.field == "old_password"
    people.change_password(store, PASSWORD, "nắng lên rồi đó", by=lan, at=NOON, cost=CHEAP)
    assert sign_in(store, "lan", PASSWORD) is None
    assert sign_in(store, "lan", "nắng lên rồi đó") == lan
    assert store.users.session_stamp(lan.id) != stamp


def test_an_administrator_gives_a_new_password(store: Store) -> None:
    lan = create(store)
    people.reset_password(store, lan.id, "mật khẩu tạm 01", by=ADMINISTRATOR, at=NOON, cost=CHEAP)
    assert sign_in(store, "lan", "mật khẩu tạm 01") == lan


def test_a_stronger_setting_renews_the_hash_at_the_next_sign_in(store: Store) -> None:
    lan = create(store)
    before = store.users.password_hash(lan.id)
    stronger = PasswordCost(passes=2, memory_kib=128, lanes=1)
    assert sign_in(store, "lan", PASSWORD, cost=stronger) == lan
    assert store.users.password_hash(lan.id) != before
    assert "m=128,t=2" in store.users.password_hash(lan.id)


def test_the_first_administrator_comes_to_an_empty_house_only(store: Store) -> None:
    with pytest.raises(NotAllowed):
        people.create_first_administrator(
            store, login="quan-tri", name="Q", unit=CITY.id, password=PASSWORD, at=NOON, cost=CHEAP
        )


def test_signing_in_and_failing_to_are_logged(store: Store) -> None:
    create(store)
    sign_in(store, "lan", PASSWORD)
    sign_in(store, "lan", "sai mật khẩu rồi")
    assert [row.act for row in store.audit.page(limit=3)] == [
        "sign-in.refused",
        "sign-in",
        "user.created",
    ]


def test_no_password_stands_in_the_database(store: Store, tmp_path: Path) -> None:
    create(store)
    files = list(tmp_path.glob("signage.sqlite3*"))
    assert files
    assert all(PASSWORD.encode() not in file.read_bytes() for file in files)
