"""Rows of people and of the tokens by which programs act for them."""

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, ForeignKey, RowMapping, Table, Text, insert, select, update

from signage.domain.names import NotFound
from signage.domain.people import Action, Role, User
from signage.domain.sentences import N_
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("languages", Json, nullable=False, server_default="[]"),
    Column("password_hash", Text, nullable=False, server_default=""),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user", Text, ForeignKey("users.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("secret_hash", Text, nullable=False, unique=True),
    Column("scopes", Json, nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("expires_at", Millis, nullable=False),
    Column("revoked_at", Millis),
)

_USER = [column for column in users.c if column.name != "password_hash"]


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of an API token: never the secret. Times are milliseconds since the epoch."""

    id: str
    user: str
    name: str
    scopes: frozenset[Action]
    created_at: int
    expires_at: int
    revoked_at: int | None = None

    def is_good_at(self, moment: int) -> bool:
        """Say whether the token may be used at `moment`."""
        return self.revoked_at is None and moment < self.expires_at


class Users:
    """People with a sign-in."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> list[User]:
        """Return everybody, by login."""
        return [_user(row) for row in self._rows.all(select(*_USER).order_by(users.c.login))]

    def get(self, user_id: str) -> User:
        """Return one person; raises NotFound."""
        row = self._rows.first(select(*_USER).where(users.c.id == user_id))
        if row is None:
            raise NotFound(N_("Không có tài khoản này. Hãy tải lại danh sách."), field="user")
        return _user(row)

    def by_login(self, login: str) -> User | None:
        """Return the person who signs in with `login`, or None."""
        row = self._rows.first(select(*_USER).where(users.c.login == login))
        return None if row is None else _user(row)

    def save(self, user: User) -> None:
        """Add or change a person; leaves the password alone."""
        values: dict[str, Any] = {"login": user.login, "name": user.name, "role": user.role.value}
        values |= {"unit": user.unit, "active": user.active}
        values |= {"languages": to_text(user.languages)}
        self._rows.save(users, {"id": user.id}, values)

    def password_hash(self, user_id: str) -> str:
        """Return the argon2 hash, or an empty text when there is no password yet."""
        found = self._rows.scalar(select(users.c.password_hash).where(users.c.id == user_id))
        return str(found or "")

    def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Keep a new argon2 hash."""
        self._rows.write(
            update(users).where(users.c.id == user_id).values(password_hash=password_hash)
        )

    def session_stamp(self, user_id: str) -> str:
        """Return a text that changes with the password, so that old sessions can be refused."""
        return hashlib.sha256(self.password_hash(user_id).encode()).hexdigest()[:16]


class Tokens:
    """API tokens, found by the hash of their secret."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, token: Token, *, secret_hash: str) -> None:
        """Keep a new token."""
        values = msgspec.structs.asdict(token) | {"scopes": to_text(token.scopes)}
        self._rows.write(insert(tokens).values(**values, secret_hash=secret_hash))

    def by_hash(self, secret_hash: str) -> Token | None:
        """Return the token with this hash of its secret, good or not, or None."""
        row = self._rows.first(select(tokens).where(tokens.c.secret_hash == secret_hash))
        return None if row is None else _token(row)

    def get(self, token_id: str) -> Token:
        """Return one token; raises NotFound."""
        row = self._rows.first(select(tokens).where(tokens.c.id == token_id))
        if row is None:
            raise NotFound(N_("Không có mã truy cập này. Hãy tải lại danh sách."))
        return _token(row)

    def of_user(self, user_id: str) -> list[Token]:
        """Return all tokens of a person, newest first."""
        mine = select(tokens).where(tokens.c.user == user_id)
        return [_token(row) for row in self._rows.all(mine.order_by(tokens.c.created_at.desc()))]

    def revoke(self, token_id: str, *, at: int) -> None:
        """Mark a token as no longer good."""
        self._rows.write(update(tokens).where(tokens.c.id == token_id).values(revoked_at=at))


def _user(row: RowMapping) -> User:
    languages = from_text(row["languages"], tuple[str, ...])
    return User(**{**row, "role": Role(row["role"]), "languages": languages})


def _token(row: RowMapping) -> Token:
    values = {name: value for name, value in row.items() if name != "secret_hash"}
    return Token(**{**values, "scopes": from_text(row["scopes"], frozenset[Action])})
