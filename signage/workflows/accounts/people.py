"""People: who has a sign-in, with which password, and in which role."""

import unicodedata
from collections.abc import Collection

import msgspec

from signage.domain.names import checked_id, checked_title
from signage.domain.people import (
    Action,
    NotAllowed,
    Role,
    User,
    checked_languages,
    checked_password,
)
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.accounts.passwords import STRONG, PasswordCost, hashed, is_outdated, matches
from signage.workflows.accounts.permission import demand, visible_units
from signage.workflows.accounts.tokens import issue_token, revoke_token, tokens, user_of_token

__all__ = [
    "STRONG",
    "PasswordCost",
    "authenticate",
    "change_password",
    "create_first_administrator",
    "create_user",
    "issue_token",
    "reset_password",
    "revoke_token",
    "tokens",
    "update_user",
    "user_of_token",
    "users",
    "visible_units",
]


def users(store: Store, *, by: User) -> list[User]:
    """Return the people whom `by` may manage, by login."""
    mine = visible_units(store, by, Action.MANAGE_PEOPLE)
    return [user for user in store.users.all() if user.unit in mine]


def create_first_administrator(
    store: Store,
    *,
    login: str,
    name: str,
    unit: str,
    password: str,
    at: int,
    cost: PasswordCost = STRONG,
) -> User:
    """Create the administrator of a new installation; raises NotAllowed when there is anybody."""
    password_hash = hashed(checked_password(_typed(password)), cost)
    user = _new_user(login=login, name=name, role=Role.ADMINISTRATOR, unit=unit)
    with store.transaction():
        if store.users.all():
            raise NotAllowed(N_("Hệ thống đã có tài khoản. Hãy nhờ quản trị hệ thống tạo thêm."))
        _save(store, user, password_hash, by=user, act="user.created", at=at)
    return user


def create_user(
    store: Store,
    *,
    login: str,
    name: str,
    role: Role,
    unit: str,
    password: str,
    by: User,
    at: int,
    languages: Collection[str] = (),
    cost: PasswordCost = STRONG,
) -> User:
    """Create a person in `unit`; raises NotAllowed, or Refused when the login is taken or bad.

    `languages` are those in which the person reviews translations.
    """
    password_hash = hashed(checked_password(_typed(password)), cost)
    user = _new_user(login=login, name=name, role=role, unit=unit)
    user = msgspec.structs.replace(user, languages=checked_languages(languages))
    with store.transaction():
        demand(store, by, Action.MANAGE_PEOPLE, unit)
        if store.users.by_login(user.login):
            raise Refused(
                N_("Tên đăng nhập “{login}” đã có người dùng. Hãy chọn tên khác."),
                field="login",
                login=user.login,
            )
        _save(store, user, password_hash, by=by, act="user.created", at=at)
    return user


def update_user(
    store: Store,
    user_id: str,
    *,
    by: User,
    at: int,
    name: str | None = None,
    role: Role | None = None,
    unit: str | None = None,
    active: bool | None = None,
    languages: Collection[str] | None = None,
) -> User:
    """Change what is given; raises NotAllowed, also for one's own role, unit, lock, languages."""
    tongues = None if languages is None else checked_languages(languages)
    given = {"role": role, "unit": unit, "active": active, "languages": tongues}
    changes = {key: value for key, value in given.items() if value is not None}
    with store.transaction():
        old = store.users.get(user_id)
        demand(store, by, Action.MANAGE_PEOPLE, old.unit)
        if changes and by.id == user_id:
            raise NotAllowed(N_("Bạn không được tự đổi quyền của mình. Hãy nhờ quản trị khác."))
        if unit is not None:
            demand(store, by, Action.MANAGE_PEOPLE, unit)
        if name is not None:
            changes["name"] = checked_title(name, field="name", what=N_("Họ tên"))
        new = msgspec.structs.replace(old, **changes)
        _save(store, new, None, by=by, act="user.changed", at=at)
    return new


def authenticate(
    store: Store, login: str, password: str, *, at: int, cost: PasswordCost = STRONG
) -> User | None:
    """Return the active person with this login and password, or None; as slow for strangers."""
    user = store.users.by_login(login.strip().lower())
    kept = store.users.password_hash(user.id) if user else None
    if not matches(kept, _typed(password), cost) or user is None or not user.active:
        with store.transaction():
            who = user.login if user else "?"
            store.audit.record(who=who, act="sign-in.refused", subject=f"user:{who}", at=at)
        return None
    renewed = hashed(_typed(password), cost) if kept and is_outdated(kept, cost) else None
    with store.transaction():
        if renewed:
            store.users.set_password_hash(user.id, renewed)
        store.audit.record(
            who=user.login, act="sign-in", subject=f"user:{user.login}", unit=user.unit, at=at
        )
    return user


def change_password(
    store: Store, old: str, new: str, *, by: User, at: int, cost: PasswordCost = STRONG
) -> None:
    """Change one's own password; raises Refused when `old` is wrong or `new` is too weak."""
    if not matches(store.users.password_hash(by.id), _typed(old), cost):
        raise Refused(N_("Mật khẩu hiện tại không đúng. Hãy nhập lại."), field="old_password")
    password_hash = hashed(checked_password(_typed(new)), cost)
    with store.transaction():
        _save(store, by, password_hash, by=by, act="user.password-changed", at=at)


def reset_password(
    store: Store, user_id: str, new: str, *, by: User, at: int, cost: PasswordCost = STRONG
) -> None:
    """Give a person a new password; open sessions of that person end."""
    password_hash = hashed(checked_password(_typed(new)), cost)
    with store.transaction():
        user = store.users.get(user_id)
        demand(store, by, Action.MANAGE_PEOPLE, user.unit)
        _save(store, user, password_hash, by=by, act="user.password-reset", at=at)


def _new_user(*, login: str, name: str, role: Role, unit: str) -> User:
    return User(
        id=new_id(),
        login=checked_id(login.strip().lower(), field="login"),
        name=checked_title(name, field="name", what=N_("Họ tên")),
        role=role,
        unit=unit,
    )


def _save(
    store: Store, user: User, password_hash: str | None, *, by: User, act: str, at: int
) -> None:
    store.units.get(user.unit)
    # A token's scopes belong to the request, never to the row.
    store.users.save(msgspec.structs.replace(user, scopes=None))
    if password_hash is not None:
        store.users.set_password_hash(user.id, password_hash)
    detail = {"role": user.role.value, "active": user.active, "languages": list(user.languages)}
    subject = f"user:{user.login}"
    store.audit.record(who=by.login, act=act, subject=subject, unit=user.unit, detail=detail, at=at)


def _typed(password: str) -> str:
    # Vietnamese keyboards differ in whether they send composed or decomposed letters.
    return unicodedata.normalize("NFC", password)
